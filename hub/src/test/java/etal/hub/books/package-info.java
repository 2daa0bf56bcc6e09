/** What etal.hub.books promises, as tests. */
@NullMarked
package etal.hub.books;

import org.jspecify.annotations.NullMarked;
