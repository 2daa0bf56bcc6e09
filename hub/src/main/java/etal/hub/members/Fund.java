package etal.hub.members;

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
 */
public record Fund(
        long id, List<PointOfSale> pointsOfSale, Debtor debtor, int period, long fundersCents, long skewMillisMax) {
    /** The fund's account, from which payouts go. */
    public record Debtor(String name, String iban, String bic) {}

    public Fund {
        pointsOfSale = List.copyOf(pointsOfSale);
    }

    /** The point of sale for which that terminal sells under that seller. */
    public Optional<PointOfSale> pointOfSale(long terminal, String siren) {
        return pointsOfSale.stream()
                .filter(point -> point.terminal() == terminal && point.siren().equals(siren))
                .findFirst();
    }
}
