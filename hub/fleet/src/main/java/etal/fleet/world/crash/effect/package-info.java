/** The effects of a market on what stays: commits, appends, sheets, commands to cards; where each may go wrong is counted here. */
@NullMarked
package etal.fleet.world.crash.effect;

import org.jspecify.annotations.NullMarked;
