package etal.hub.books;

import etal.hub.books.Booking.Source;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cose.Hash;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bookings that the records of debits and cancellations lead to. References hold card and counter: each is posted once. */
public final class CardBookings {
    private CardBookings() {}

    /** The producer's claim for a sale (rows 4, 5 and 6a). */
    public static Booking sale(byte[] card, CardRecord record, String pointOfSale, String day, Source source) {
        return moved("sale", card, record, pointOfSale, day, source);
    }

    /** A record without its sale (row 13a). */
    public static Booking orphan(byte[] card, CardRecord record, String day) {
        return moved("orphan", card, record, "", day, null);
    }

    /** An orphan turns out to be a sale (row 13b). */
    public static Booking payable(
            byte[] card, CardRecord record, String pointOfSale, String day, @Nullable Source source) {
        return resolved("orphan-payable", card, record, pointOfSale, day, source);
    }

    /** What an orphan brought a producer goes back into suspense, on the producer's own later word (row 13c). */
    public static Booking withdrawn(
            byte[] card, CardRecord record, String pointOfSale, String day, @Nullable Source source) {
        return resolved("orphan-withdrawn", card, record, pointOfSale, day, source);
    }

    /** An orphan goes back to the member (row 13b). */
    public static Booking returned(byte[] card, CardRecord record, String day, @Nullable Source source) {
        return resolved("orphan-returned", card, record, "", day, source);
    }

    /** A sale undone at the stall that made it (row 8a): its bookings the other way round. */
    public static Booking cancelled(byte[] card, CardRecord record, String pointOfSale, String day, Source source) {
        return moved("cancelled", card, record, pointOfSale, day, source);
    }

    /** A cancellation's record without its entry (row 13a). */
    public static Booking orphanCancelled(byte[] card, CardRecord record, String day) {
        return moved("orphan-cancelled", card, record, "", day, null);
    }

    /** What the card took back was the producer's (row 13b). */
    public static Booking charged(
            byte[] card, CardRecord record, String pointOfSale, String day, @Nullable Source source) {
        return back("orphan-cancel-charged", card, record, pointOfSale, day, source);
    }

    /** The producer keeps its claim, and the fund bears what the card took back (row 13b). */
    public static Booking borne(byte[] card, CardRecord record, String day) {
        return back("orphan-cancel-borne", card, record, "", day, null);
    }

    /** The reference of an event of one record. */
    public static String reference(String event, byte[] card, long counter) {
        return event + "/" + Hash.hex(card) + "/" + counter;
    }

    /** What the card has paid: allocation spent and bonus spent. What it earned at once counts as earned, then spent. */
    public static long paidCents(Deltas deltas) {
        return -deltas.allocation() + bonusSpentCents(deltas);
    }

    private static long bonusSpentCents(Deltas deltas) {
        return -deltas.earnable() - deltas.bonus();
    }

    private static Booking moved(
            String event, byte[] card, CardRecord record, String pointOfSale, String day, @Nullable Source source) {
        boolean back = record.tag() == CardRecord.Tag.CANCEL;
        Deltas deltas = back ? record.deltas().negated() : record.deltas();
        return new Booking(
                event,
                reference(event, card, record.counter()),
                day,
                Map.of(
                        "allocation", -deltas.allocation(),
                        "earned", -deltas.earnable(),
                        "bonus", bonusSpentCents(deltas)),
                Map.of("card", Hash.hex(card), "point-of-sale", pointOfSale),
                source);
    }

    private static Booking back(
            String event, byte[] card, CardRecord record, String pointOfSale, String day, @Nullable Source source) {
        return new Booking(
                event,
                reference(event, card, record.counter()),
                day,
                Map.of("back", -paidCents(record.deltas())),
                Map.of("card", Hash.hex(card), "point-of-sale", pointOfSale),
                source);
    }

    private static Booking resolved(
            String event, byte[] card, CardRecord record, String pointOfSale, String day, @Nullable Source source) {
        return new Booking(
                event,
                reference(event, card, record.counter()),
                day,
                Map.of("paid", paidCents(record.deltas())),
                Map.of("card", Hash.hex(card), "point-of-sale", pointOfSale),
                source);
    }
}
