/** The market of cards as a specification. */
@NullMarked
package etal.fleet.world.cards;

import org.jspecify.annotations.NullMarked;
