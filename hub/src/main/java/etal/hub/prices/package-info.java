/** Prices that buyers choose: what the pooled fund owes a stall for them, within the envelope voted for its day. */
@NullMarked
package etal.hub.prices;

import org.jspecify.annotations.NullMarked;
