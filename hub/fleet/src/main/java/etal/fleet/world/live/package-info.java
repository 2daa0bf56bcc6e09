/** The live world: hub, broker, registrar and stalls as processes on loopback, and the market that drives them. */
@NullMarked
package etal.fleet.world.live;

import org.jspecify.annotations.NullMarked;
