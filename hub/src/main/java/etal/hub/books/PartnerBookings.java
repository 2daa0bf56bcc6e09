package etal.hub.books;

import etal.hub.books.Booking.Source;
import etal.protocol.card.Deltas;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bookings with points of sale that give something back, and with sister funds (rows 11 and 12). Pure. */
public final class PartnerBookings {
    private PartnerBookings() {}

    /** A point of sale's share of its extra margin, by signed statement; taken off what it is owed (row 11). */
    public static Booking marginShared(String statement, String pointOfSale, long shareCents, String day) {
        return new Booking(
                "margin-shared",
                "margin-shared/" + statement,
                day,
                Map.of("share", shareCents),
                Map.of("point-of-sale", pointOfSale),
                null);
    }

    /** A sister fund's card has paid at our stall: we owe the stall, the sister owes us (row 12a). */
    public static Booking sisterCardPaid(
            long fund, String card, long counter, String pointOfSale, long paidCents, String day, Source source) {
        return new Booking(
                "sister-card-paid",
                "sister-card-paid/" + card + "/" + counter,
                day,
                Map.of("paid", paidCents),
                Map.of("fund", Long.toString(fund), "point-of-sale", pointOfSale),
                source);
    }

    /** Our card has paid at a sister fund's stall, which we owe (row 12b). */
    public static Booking ownCardAbroad(
            long fund, String card, long counter, Deltas deltas, String day, @Nullable Source source) {
        return new Booking(
                "own-card-abroad",
                "own-card-abroad/" + card + "/" + counter,
                day,
                Map.of(
                        "paid", -deltas.allocation(),
                        "earned", -deltas.earnable(),
                        "bonus", -deltas.earnable() - deltas.bonus()),
                Map.of("fund", Long.toString(fund), "card", card),
                source);
    }

    /** A sister fund has paid what it owed (row 12c). @param bankLine the statement's line, unique for ever */
    public static Booking clearingReceived(long fund, String bankLine, long clearedCents, String day) {
        return clearing("clearing-received", fund, bankLine, clearedCents, day);
    }

    /** We have paid a sister fund what we owed it (row 12c, the other side). */
    public static Booking clearingSent(long fund, String bankLine, long clearedCents, String day) {
        return clearing("clearing-sent", fund, bankLine, clearedCents, day);
    }

    private static Booking clearing(String event, long fund, String bankLine, long clearedCents, String day) {
        return new Booking(
                event,
                event + "/" + bankLine,
                day,
                Map.of("cleared", clearedCents),
                Map.of("fund", Long.toString(fund)),
                null);
    }
}
