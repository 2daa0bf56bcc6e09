/** The enumeration of crash points as a specification. */
@NullMarked
package etal.fleet.world.crash;

import org.jspecify.annotations.NullMarked;
