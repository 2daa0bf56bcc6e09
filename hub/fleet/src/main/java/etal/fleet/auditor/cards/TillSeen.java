package etal.fleet.auditor.cards;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a till's ledger and screen say. Immutable.
 *
 * @param epoch of its machine
 * @param sold the sales of its ledger
 * @param cancelled the cancellations of its ledger
 * @param refunded the records, hexadecimal, that its ledger gives back
 * @param basketOf which basket the till meant by the number of a card's sale
 * @param applied the rules that its ledger has named, in order
 * @param trained what its ledger says of trainings
 * @param undecided sales of which the till still asks
 * @param baskets how the screen shows each basket, by its key
 * @param gone what is left of it, if it sells no more
 */
public record TillSeen(
        long stall,
        long epoch,
        List<Sold> sold,
        List<Sold> cancelled,
        List<String> refunded,
        Map<Long, String> basketOf,
        List<Applied> applied,
        Trained trained,
        Set<Long> undecided,
        Map<String, Shown> baskets,
        @Nullable Gone gone) {
    /**
     * Of a machine that sells no more its ledger is what the hub has of it.
     *
     * @param heard how many entries that are
     * @param same whether they are those that it wrote
     * @param kept how many of them its second medium holds; 0 when that is gone too
     * @param lost the cards' records, hexadecimal, of sales behind them: they were shown as paid
     */
    public record Gone(long heard, boolean same, long kept, List<String> lost) {}

    /**
     * A sale, or its cancellation.
     *
     * @param record the card's bytes in it, hexadecimal, null when it was for cash
     * @param version of the scheme, 0 where none is named
     */
    public record Sold(long sale, @Nullable String record, long version) {}

    /**
     * From then on, milliseconds since 1970, the till goes by that version of the scheme and the list of that hash; version 0:
     * its clock was set back to then.
     */
    public record Applied(long version, String list, long atMillis) {}

    /**
     * What was practised. Immutable.
     *
     * @param sales the numbers of entries that say that something was sold for practice
     * @param astray those of them that stand outside of any training
     * @param within the numbers of entries within a training that move value or hold a card's record
     */
    public record Trained(List<Long> sales, List<Long> astray, List<Long> within) {
        /** Nothing was. */
        public static final Trained NOTHING = new Trained(List.of(), List.of(), List.of());
    }

    /** A basket on the screen. */
    public record Shown(boolean paid, long sale, long cardCents, long cashCents) {}
}
