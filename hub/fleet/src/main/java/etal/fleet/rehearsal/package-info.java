/** The stall of no fund that the till's package brings along, to be opened once where it is installed. */
@NullMarked
package etal.fleet.rehearsal;

import org.jspecify.annotations.NullMarked;
