/** A whole market day as processes on loopback, driven from its first key to its last posting. */
@NullMarked
package etal.fleet.world.live;

import org.jspecify.annotations.NullMarked;
