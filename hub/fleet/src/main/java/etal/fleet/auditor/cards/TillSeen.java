package etal.fleet.auditor.cards;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a till's ledger and screen say. Immutable.
 *
 * @param sold the sales of its ledger
 * @param cancelled the cancellations of its ledger
 * @param refunded the records, hexadecimal, that its ledger gives back
 * @param basketOf which basket the till meant by the number of a card's sale
 * @param undecided sales of which the till still asks
 * @param baskets how the screen shows each basket, by its key
 */
public record TillSeen(
        long stall,
        List<Sold> sold,
        List<Sold> cancelled,
        List<String> refunded,
        Map<Long, String> basketOf,
        Set<Long> undecided,
        Map<String, Shown> baskets) {
    /** A sale, or its cancellation; {@code record} are the card's bytes in it, hexadecimal, null when it was for cash. */
    public record Sold(long sale, @Nullable String record) {}

    /** A basket on the screen. */
    public record Shown(boolean paid, long sale, long cardCents, long cashCents) {}
}
