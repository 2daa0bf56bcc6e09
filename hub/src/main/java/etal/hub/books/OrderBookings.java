package etal.hub.books;

import etal.hub.books.Booking.Source;
import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bookings of vouchers: when one is issued, when a card takes it, and when a card's money goes to another (row 8). Pure. */
public final class OrderBookings {
    private OrderBookings() {}

    /** A correction upwards is granted when it is issued; one downwards moves nothing before the card has taken it. */
    public static Booking correctionIssued(String card, CardOrder.Add add, String day) {
        Deltas deltas = add.deltas();
        return new Booking(
                "correction-issued",
                "correction-issued/" + card + "/" + add.number(),
                day,
                Map.of("allocation", up(deltas.allocation()), "bonus", up(deltas.bonus())),
                Map.of("card", card),
                null);
    }

    /** What a blocked card held becomes a right of the card that replaces it. */
    public static Booking transferIssued(String blocked, String replacement, Balances held, String day) {
        return new Booking(
                "transfer-issued",
                "transfer-issued/" + blocked,
                day,
                Map.of("allocation", held.allocation(), "bonus", held.bonus()),
                Map.of("card", blocked, "replacement", replacement),
                null);
    }

    /** So does what a voucher was to bring that the blocked card has never taken. */
    public static Booking rightsMoved(String blocked, String replacement, CardOrder.Add add, String day) {
        return new Booking(
                "rights-moved",
                "rights-moved/" + blocked + "/" + add.number(),
                day,
                Map.of("moved", rightsCents(add)),
                Map.of("card", blocked, "replacement", replacement),
                null);
    }

    /** The card has taken a voucher. */
    public static Booking taken(String card, long counter, CardOrder.Add add, String day, @Nullable Source source) {
        String event = switch (add.reason()) {
            case REFUND -> "refund-loaded";
            case CORRECTION -> "correction-loaded";
            case TRANSFER -> "transfer-loaded";
        };
        Deltas deltas = add.deltas();
        Map<String, Long> amounts = Map.of(
                "allocation", up(deltas.allocation()),
                "bonus", up(deltas.bonus()),
                "allocation-back", up(-deltas.allocation()),
                "bonus-back", up(-deltas.bonus()),
                // Only a refund's says that bonus was earned and is not any more.
                "unearned", up(deltas.earnable()));
        return new Booking(event, event + "/" + card + "/" + counter, day, amounts, Map.of("card", card), source);
    }

    /** What waits as a right of the card from the voucher's issue until it is taken. */
    public static long rightsCents(CardOrder.Add add) {
        Deltas deltas = add.deltas();
        long purses = up(deltas.allocation()) + up(deltas.bonus());
        return add.reason() == CardOrder.Reason.REFUND ? purses + deltas.earnable() : purses;
    }

    private static long up(long cents) {
        return Math.max(0, cents);
    }
}
