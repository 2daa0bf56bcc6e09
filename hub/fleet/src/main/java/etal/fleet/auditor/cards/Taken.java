package etal.fleet.auditor.cards;

import java.util.Set;
import java.util.SortedMap;

/**
 * What the tills' ledgers have taken of the cards. Immutable.
 *
 * @param sold debits that are a sale, as card and counter
 * @param refunded debits that a till gives back
 * @param cancelled cancellations in the ledgers
 * @param soldCents the cards' money in the sales, by stall, less what was cancelled
 * @param forkedCents what the hub may owe a stall besides for what forked cards have signed, or less: from and to
 */
record Taken(
        Set<String> sold,
        Set<String> refunded,
        Set<String> cancelled,
        SortedMap<Long, Long> soldCents,
        SortedMap<Long, Range> forkedCents) {
    /** From and to. */
    record Range(long least, long most) {
        Range plus(long cents) {
            return new Range(least + Math.min(0, cents), most + Math.max(0, cents));
        }
    }
}
