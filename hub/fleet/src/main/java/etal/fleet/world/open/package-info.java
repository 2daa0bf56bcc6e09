/** The open demo: the market that goes on by itself, and the stall that a visitor tries in the browser. */
@NullMarked
package etal.fleet.world.open;

import org.jspecify.annotations.NullMarked;
