package etal.hub.prices;

import etal.hub.books.Booking;
import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.members.PointOfSale;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.PooledClaim;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prices chosen, in the order in which the hub took them: the earlier one has the envelope first. Stateless; within a
 * transaction.
 */
public final class PooledPrices {
    /** What the pooled fund gives a seller (row 7a). */
    public static final String SHORTFALL = "price-shortfall";

    /** What a seller has taken for the pooled fund (row 7b). */
    public static final String SURPLUS = "price-surplus";

    /** What ends the name of an event that takes one of these back, because its sale was cancelled. */
    public static final String UNDONE = "-undone";

    private PooledPrices() {}

    /**
     * A price that was chosen.
     *
     * @param hash of the entry that says so
     * @param day of the entry, in the fund's zone
     */
    public record Chosen(Entry entry, byte[] hash, String day, PointOfSale point, PriceChosen price) {}

    /** Takes the price of a sale: it is kept, and what is owed for it is posted. */
    public static void take(Connection connection, Journal journal, Chosen chosen, Scheme scheme, long nowMillis)
            throws SQLException {
        long pointOfSale = chosen.point().id();
        DayEnvelopes envelopes = new DayEnvelopes();
        envelopes.used(pointOfSale, chosen.day(), usedCents(connection, pointOfSale, chosen.day()));
        PooledClaim claim = envelopes.claim(pointOfSale, chosen.day(), chosen.price(), scheme);
        Sql.update(
                connection,
                "INSERT INTO price_chosen (entry_hash, point_of_sale, day, owed_cents, unbacked_cents)"
                        + " VALUES (?, ?, ?, ?, ?)",
                chosen.hash(),
                pointOfSale,
                chosen.day(),
                claim.owedCents(),
                claim.unbackedCents());
        if (claim.owedCents() != 0) {
            journal.post(connection, booking(chosen, claim), nowMillis);
        }
    }

    /**
     * Takes back what was posted for the price of a sale that was cancelled. The day's envelope stays used: whoever cancels
     * gets no second one.
     *
     * @param saleHash of the sale's entry
     * @param third the point of sale
     */
    public static void undo(
            Connection connection,
            Journal journal,
            byte[] saleHash,
            Booking.Source sale,
            String third,
            String day,
            Booking.Source cancellation,
            long nowMillis)
            throws SQLException {
        Optional<PooledClaim> claim = Sql.first(
                connection,
                "SELECT owed_cents, unbacked_cents FROM price_chosen WHERE entry_hash = ? AND owed_cents <> 0",
                row -> new PooledClaim(row.getLong(1), row.getLong(2)),
                saleHash);
        if (claim.isPresent()) {
            String event = event(claim.get()) + UNDONE;
            String reference = event + "/" + new LedgerId(sale.terminal(), sale.epoch()) + "/" + sale.number();
            Map<String, String> thirds = Map.of("point-of-sale", third);
            journal.post(
                    connection,
                    new Booking(event, reference, day, amounts(claim.get()), thirds, cancellation),
                    nowMillis);
        }
    }

    /** The hashes of the entries whose prices were taken, in hexadecimal, in that order. */
    public static List<String> taken(Connection connection) throws SQLException {
        return Sql.list(
                connection, "SELECT entry_hash FROM price_chosen ORDER BY id", row -> Hash.hex(row.getBytes(1)));
    }

    /** Which event a claim is, and under what reference: a ledger's entry is posted once. */
    public static String reference(PooledClaim claim, LedgerId ledger, long number) {
        return event(claim) + "/" + ledger + "/" + number;
    }

    /** The event's name. */
    public static String event(PooledClaim claim) {
        return claim.owedCents() < 0 ? SURPLUS : SHORTFALL;
    }

    /** The event's amounts. */
    public static Map<String, Long> amounts(PooledClaim claim) {
        return Map.of("difference", Math.abs(claim.owedCents()));
    }

    private static Booking booking(Chosen chosen, PooledClaim claim) {
        Entry entry = chosen.entry();
        return new Booking(
                event(claim),
                reference(claim, entry.ledger(), entry.number()),
                chosen.day(),
                amounts(claim),
                Map.of("point-of-sale", chosen.point().third()),
                new Booking.Source(entry.terminal(), entry.epoch(), entry.number()));
    }

    private static long usedCents(Connection connection, long pointOfSale, String day) throws SQLException {
        return Sql.number(
                connection,
                "SELECT COALESCE(SUM(owed_cents), 0) FROM price_chosen WHERE point_of_sale = ? AND day = ?"
                        + " AND owed_cents > 0",
                pointOfSale,
                day);
    }
}
