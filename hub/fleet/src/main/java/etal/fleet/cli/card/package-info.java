/** Cards on the workbench: virtual ones laid on a reader, and a fund that is nobody's to play with. */
@NullMarked
package etal.fleet.cli.card;

import org.jspecify.annotations.NullMarked;
