/** What goes wrong: cut cables, torn cards, pulled plugs; planned from the seed and done for real. */
@NullMarked
package etal.fleet.fault;

import org.jspecify.annotations.NullMarked;
