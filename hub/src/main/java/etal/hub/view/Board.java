package etal.hub.view;

import etal.hub.reconcile.Evening.Glance;
import etal.hub.sync.RollCall.Standing;
import etal.protocol.ledger.LedgerId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The hub at one moment, for one day. Amounts are counts of the unit's smallest part, times milliseconds since 1970.
 *
 * @param day whose sales these are
 * @param earlier the last day before it on which something was sold
 * @param later the first day after it on which something was sold
 * @param figures of the whole day
 * @param sales of the day, the newest to arrive first, at most {@link Boards#SALES_MAX}
 * @param stalls in the order of the fund's list
 * @param payouts the newest runs first, at most {@link Boards#RUNS_MAX}
 * @param glance how it adds up now
 */
public record Board(
        LocalDate day,
        Optional<LocalDate> earlier,
        Optional<LocalDate> later,
        Figures figures,
        List<SaleLine> sales,
        List<StallLine> stalls,
        List<PayoutLine> payouts,
        Glance glance) {
    /**
     * A day in figures.
     *
     * @param sales all of them
     * @param byCard those paid with a card, wholly or in part
     * @param cards how many cards have paid
     * @param cardCents what they have paid
     */
    public record Figures(long sales, long byCard, long cards, long cardCents) {}

    /**
     * One sale.
     *
     * @param number of its entry
     * @param beside whether its entry stands beside its ledger, in a fork
     * @param families of goods, each once; never the names of goods
     * @param card the first digits of the card's id, empty without card
     * @param fundedCents price of the lines the fund may pay for
     */
    public record SaleLine(
            LedgerId ledger,
            long number,
            boolean beside,
            long timeMillis,
            String stall,
            List<String> families,
            String card,
            long fundedCents,
            long cardCents) {
        /** Under which its way is shown. */
        public String name() {
            return ledger.terminal() + "-" + ledger.epoch() + "-" + number;
        }
    }

    /**
     * One point of sale with its terminal.
     *
     * @param ledger the terminal's newest, empty before anything has come of it
     * @param number of the newest entry held
     * @param standing where the terminal stands, empty before anything has come of it
     * @param sales of the day
     * @param cardCents what cards have paid there on the day
     * @param dueCents what the fund owes it now
     * @param paidCents what was ordered to be paid to it so far, less what came back
     */
    public record StallLine(
            long pointOfSale,
            String name,
            long terminal,
            Optional<LedgerId> ledger,
            long number,
            Optional<Standing> standing,
            long sales,
            long cardCents,
            long dueCents,
            long paidCents) {}

    /**
     * One payout run.
     *
     * @param executionDay when the bank is to pay
     * @param payouts how many points of sale
     * @param debited how many of them the bank has said it has paid
     * @param rejected how many of them came back
     */
    public record PayoutLine(
            String run,
            LocalDate day,
            LocalDate executionDay,
            long payouts,
            long debited,
            long rejected,
            long totalCents) {}

    /** What is owed to all points of sale together. */
    public long dueCents() {
        return stalls.stream().mapToLong(StallLine::dueCents).sum();
    }

    /** What was ordered to be paid to all points of sale so far. */
    public long paidCents() {
        return stalls.stream().mapToLong(StallLine::paidCents).sum();
    }
}
