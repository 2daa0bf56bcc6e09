/**
 * An independent model of cards at a market: it knows who meant to buy what where, what was granted, and what each card says
 * of itself, whose bytes it reads on its own; and nothing of the programs it judges.
 */
@NullMarked
package etal.fleet.auditor.cards;

import org.jspecify.annotations.NullMarked;
