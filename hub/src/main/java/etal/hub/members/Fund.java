package etal.hub.members;

import etal.protocol.ledger.LedgerId;
import java.util.List;
import java.util.Optional;

/**
 * The fund as the hub is told of it. Immutable.
 *
 * @param id its number
 * @param pointsOfSale in the order of the file
 * @param period the month that is open, see {@link etal.protocol.card.Period}
 * @param fundersCents what funders have paid in before the first day
 * @param skewMillisMax how far a sale's time may lie before the last acknowledgement its terminal had received
 * @param stolen terminals that the operator has named as stolen
 */
public record Fund(
        long id,
        List<PointOfSale> pointsOfSale,
        Debtor debtor,
        int period,
        long fundersCents,
        long skewMillisMax,
        List<Stolen> stolen) {
    /** The fund's account, from which payouts go. */
    public record Debtor(String name, String iban, String bic) {}

    /**
     * A terminal in a thief's hands: no card stands behind some of what it says, and what cards have signed there is for the
     * producer only once the operator has looked at it.
     *
     * @param ledger its terminal and epoch
     * @param fromMillis from when on, by its own time or by that of the arrival, milliseconds since 1970
     * @param fromEntry or from which entry on, whatever the time
     * @param payable whether the operator has looked, and what cards have signed is paid out
     */
    public record Stolen(LedgerId ledger, long fromMillis, long fromEntry, boolean payable) {
        /** Whether that entry is under suspicion. */
        public boolean covers(LedgerId of, long number, long timeMillis, long receivedMillis) {
            return of.equals(ledger) && (number >= fromEntry || Math.max(timeMillis, receivedMillis) >= fromMillis);
        }
    }

    public Fund {
        pointsOfSale = List.copyOf(pointsOfSale);
        stolen = List.copyOf(stolen);
    }

    /** A fund of which no terminal was stolen. */
    public Fund(
            long id, List<PointOfSale> pointsOfSale, Debtor debtor, int period, long fundersCents, long skewMillisMax) {
        this(id, pointsOfSale, debtor, period, fundersCents, skewMillisMax, List.of());
    }

    /** Whether an entry, arriving now, is of a stolen terminal. */
    public boolean underSuspicion(LedgerId ledger, long number, long timeMillis, long receivedMillis) {
        return stolen.stream().anyMatch(one -> one.covers(ledger, number, timeMillis, receivedMillis));
    }

    /** The point of sale for which that terminal sells under that seller. */
    public Optional<PointOfSale> pointOfSale(long terminal, String siren) {
        return pointsOfSale.stream()
                .filter(point -> point.terminal() == terminal && point.siren().equals(siren))
                .findFirst();
    }
}
