/**
 * The simulated world: one till, one card and one hub in one thread, from one seed, with a fault at any moment.
 *
 * <p>Till, applet and hub are the production ones; only what lies outside the ports is simulated.
 */
@NullMarked
package etal.fleet.world.sim;

import org.jspecify.annotations.NullMarked;
