/** A market of several tills and cards in one thread and virtual time, with everything that can go wrong with a card. */
@NullMarked
package etal.fleet.world.cards;

import org.jspecify.annotations.NullMarked;
