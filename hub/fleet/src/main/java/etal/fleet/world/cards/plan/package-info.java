/** What is played of a seed: how large the game is, its steps, and what is left out of it. */
@NullMarked
package etal.fleet.world.cards.plan;

import org.jspecify.annotations.NullMarked;
