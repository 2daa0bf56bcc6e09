/** The market's programs as they are laid out and run. */
@NullMarked
package etal.fleet.world.place;

import org.jspecify.annotations.NullMarked;
