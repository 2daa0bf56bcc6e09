/**
 * Controllable ports: the world of a node, in the hands of a test or of the simulation.
 *
 * <p>None of them sleeps, reads the system's time or draws from an unseeded source. They are for one thread, the one that
 * drives the test, unless said otherwise.
 */
@NullMarked
package etal.fake;

import org.jspecify.annotations.NullMarked;
