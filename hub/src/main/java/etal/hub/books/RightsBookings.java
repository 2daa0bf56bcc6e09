package etal.hub.books;

import etal.hub.books.Booking.Source;
import java.time.YearMonth;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bookings by which rights come back or end (rows 8 and 9). Pure. */
public final class RightsBookings {
    private RightsBookings() {}

    /** A refund is promised by a voucher (row 8b). @param voucher its number, unique for ever */
    public static Booking refundIssued(String voucher, String card, String pointOfSale, long refundCents, String day) {
        return new Booking(
                "refund-issued",
                "refund-issued/" + voucher,
                day,
                Map.of("refund", refundCents),
                Map.of("card", card, "point-of-sale", pointOfSale),
                null);
    }

    /** The expiry date has passed; until the offline window closes it is provisional (row 9a). */
    public static Booking rightsExpired(String card, YearMonth month, long expiredCents, String day) {
        return new Booking(
                "rights-expired",
                "rights-expired/" + card + "/" + month,
                day,
                Map.of("expired", expiredCents),
                Map.of("card", card),
                null);
    }

    /** A sale dated before it arrives after it; the sale itself is posted as any other (row 9b). */
    public static Booking lateSale(String card, long counter, long lateCents, String day, @Nullable Source source) {
        return new Booking(
                "late-sale",
                "late-sale/" + card + "/" + counter,
                day,
                Map.of("late", lateCents),
                Map.of("card", card),
                source);
    }

    /**
     * The offline window has closed: what expired was not spent, so it was not granted in the end (row 9c).
     *
     * @param closedBooks whether the month granted lies in a year whose books are closed
     */
    public static Booking expiryFinal(String card, YearMonth month, long finalCents, boolean closedBooks, String day) {
        return new Booking(
                "expiry-final",
                "expiry-final/" + card + "/" + month,
                day,
                Map.of(closedBooks ? "earlier-year" : "this-year", finalCents),
                Map.of("card", card),
                null);
    }
}
