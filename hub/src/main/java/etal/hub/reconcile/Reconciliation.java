package etal.hub.reconcile;

import etal.hub.orders.OpenOrder;
import java.util.List;
import java.util.Optional;

/**
 * One evening, in the order of the operator's work. Field names are those of reconciliation.json, in its order; amounts
 * are counts of the unit's smallest part. Immutable.
 *
 * @param balanced whether there is no difference
 * @param entries stored, of all ledgers
 * @param sales in the books, of all days
 * @param differences what has to be looked into before signing, one sentence each
 * @param orders to cards, vouchers and block orders that no card's record has answered yet
 * @param forks entries beside their ledgers, of all days
 * @param quarantine what failed, of all days; only what came on this day, or is dated on it, is a difference too
 * @param suspense card records whose sale is not there, each with who has to look into it
 */
public record Reconciliation(
        String day,
        boolean deep,
        boolean balanced,
        long entries,
        long sales,
        List<String> differences,
        List<TerminalDay> terminals,
        List<InDoubt> inDoubt,
        List<Suspended> suspense,
        List<OpenOrder> orders,
        List<ForkSeen> forks,
        List<Quarantined> quarantine,
        List<RulesUsed> rules,
        Granted i1,
        List<PointOfSaleDay> i2,
        Bank i3,
        List<String> oddities) {
    /**
     * An expected terminal against what was received of it.
     *
     * @param ledger such as {@code t3-e1}, empty when nothing came
     * @param number of its last entry
     * @param acknowledged the newest entry the hub has acknowledged
     * @param closed whether its closing of the day is there
     */
    public record TerminalDay(
            long terminal, String ledger, long number, String head, long acknowledged, boolean closed) {
        /** What has not come of it yet, as a difference names it: while the market is on, that is as it should be. */
        public Optional<String> missing(String day) {
            if (ledger.isEmpty()) {
                return Optional.of("terminal " + terminal + ": nothing has come");
            }
            return closed ? Optional.empty() : Optional.of(ledger + ": no closing of " + day);
        }
    }

    /** The differences but for closings that have not come yet: those that someone has to look into already now. */
    public List<String> unexplained() {
        List<String> missing = terminals.stream()
                .map(terminal -> terminal.missing(day))
                .flatMap(Optional::stream)
                .toList();
        return differences.stream()
                .filter(difference -> !missing.contains(difference))
                .toList();
    }

    /** A payment whose outcome its stall does not know; {@code state} is what the hub knows of it. */
    public record InDoubt(String ledger, long sale, String day, String card, long counter, long cents, String state) {}

    /** A card's record without its sale; {@code owner} has to look into it. */
    public record Suspended(
            String card, long counter, String ledger, long sale, String since, long cents, String owner) {}

    /** An entry beside its ledger; {@code received} is the day it came, {@code ageDays} how long ago that is. */
    public record ForkSeen(String ledger, long number, String hash, String received, long ageDays) {}

    /** Something that failed and has not passed since; {@code received} is the day it came. */
    public record Quarantined(
            String ledger, long number, String reason, String detail, String received, long ageDays) {}

    /** How many sales of the day were made under which rules. */
    public record RulesUsed(String scheme, long version, long sales) {}

    /** I1: what was granted is with the cards, or was spent, or expired. */
    public record Granted(
            long granted,
            long bonus,
            long notLoaded,
            long onCards,
            long spent,
            long suspense,
            long expired,
            boolean holds) {}

    /**
     * I2 of one point of sale.
     *
     * @param shortfalls what the pooled fund gave for prices below the fair one
     * @param surpluses what was taken for it by prices above
     * @param cancellations what cards took back of sales that were cancelled
     * @param saleCount sales of the day, with card or without
     * @param closingSales what its own closing says, -1 without one
     * @param closingCardCents what its own closing says, -1 without one
     */
    public record PointOfSaleDay(
            long pointOfSale,
            String name,
            long opening,
            long cardDebits,
            long shortfalls,
            long surpluses,
            long cancellations,
            long ordered,
            long closing,
            long saleCount,
            long closingSales,
            long closingCardCents,
            boolean holds) {}

    /**
     * I3: the bank holds what is owed.
     *
     * @param pooled of the pooled prices, less what points of sale have taken for them and still owe
     */
    public record Bank(
            long bank,
            long notLoaded,
            long onCards,
            long pointsOfSale,
            long payouts,
            long expired,
            long pooled,
            long suspense,
            boolean holds) {}
}
