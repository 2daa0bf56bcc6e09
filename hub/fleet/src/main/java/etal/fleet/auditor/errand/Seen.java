package etal.fleet.auditor.errand;

import etal.fleet.auditor.cards.CardWord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What card, till and hub say when all is over. Immutable.
 *
 * @param card all that the card remembers, oldest first
 * @param sold the sales of the till's ledger, in order
 * @param loadsCarried how often the ledger holds the card's load
 * @param refunds how often the ledger gives a payment back
 * @param quarantined what the hub has laid aside
 * @param evenings the hub's evenings, day by day
 */
public record Seen(
        List<CardWord> card, List<Sold> sold, int loadsCarried, int refunds, long quarantined, List<Evening> evenings) {
    /**
     * A sale of the ledger.
     *
     * @param record by which the card paid; null when it was for cash
     * @param version of the rules that it names
     * @param secondApplied whether the ledger had named the second version before
     */
    public record Sold(long sale, @Nullable CardWord record, long version, boolean secondApplied) {}

    /**
     * An evening of the hub.
     *
     * @param differences what does not add up, empty if nothing
     * @param sales that the hub counts
     * @param paidCents what it owes the producer for that day
     * @param suspense what waits for somebody's word, empty if nothing
     */
    public record Evening(List<String> differences, int sales, long paidCents, List<String> suspense) {}
}
