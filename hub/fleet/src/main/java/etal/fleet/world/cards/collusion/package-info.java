/** A producer who writes a ledger of their own making, with their terminal's real key. */
@NullMarked
package etal.fleet.world.cards.collusion;

import org.jspecify.annotations.NullMarked;
