/** The closing of a day, with its totals. */
@NullMarked
package etal.terminal.closing;

import org.jspecify.annotations.NullMarked;
