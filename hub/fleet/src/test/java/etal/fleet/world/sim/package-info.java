/** The simulated world as a specification. */
@NullMarked
package etal.fleet.world.sim;

import org.jspecify.annotations.NullMarked;
