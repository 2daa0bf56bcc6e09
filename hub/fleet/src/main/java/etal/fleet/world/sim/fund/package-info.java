/** The funds whose rules are played: each with its scheme, its product list and what a card of it loads. */
@NullMarked
package etal.fleet.world.sim.fund;

import org.jspecify.annotations.NullMarked;
