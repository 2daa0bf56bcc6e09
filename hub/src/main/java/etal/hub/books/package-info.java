/** Double entry: the chart of accounts, the named events of the fund's money, and the store that holds them. */
@NullMarked
package etal.hub.books;

import org.jspecify.annotations.NullMarked;
