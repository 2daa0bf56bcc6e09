/** The calm market's choices, without a market. */
@NullMarked
package etal.fleet.world.calm;

import org.jspecify.annotations.NullMarked;
