/** A market that goes on by itself, a sale every few seconds, for as long as anyone looks. */
@NullMarked
package etal.fleet.world.calm;

import org.jspecify.annotations.NullMarked;
