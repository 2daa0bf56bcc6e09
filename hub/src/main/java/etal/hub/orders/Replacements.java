package etal.hub.orders;

import etal.hub.books.Booking;
import etal.hub.books.Journal;
import etal.hub.books.OrderBookings;
import etal.hub.books.Sql;
import etal.hub.orders.OrderBook.Cause;
import etal.port.Database.Damaged;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What a lost card held goes to the card in its place, once, when its last record has come: before that nobody knows how
 * much it is. Used from the loop only, within a transaction.
 */
public final class Replacements {
    private final OrderBook book;
    private final Journal journal;
    private final int period;

    /** Replacements in the fund's month {@code period}. */
    public Replacements(OrderBook book, Journal journal, int period) {
        this.book = book;
        this.journal = journal;
        this.period = period;
    }

    /** A blocked card with its last record, and the card in its place. */
    private record Pair(byte[] blocked, byte[] replacement, CardRecord last) {
        static Pair read(ResultSet row) throws SQLException {
            try {
                return new Pair(row.getBytes(1), row.getBytes(2), CardRecord.decode(row.getBytes(3)));
            } catch (Malformed e) {
                throw new Damaged("a card record does not read", e);
            }
        }
    }

    /** Issues what is due now; run again it changes nothing. */
    public void settle(Connection connection, String day, long nowMillis) throws SQLException {
        List<Pair> pairs = Sql.list(
                connection,
                "SELECT r.card, c.card, r.bytes FROM card AS c JOIN card_record AS r ON r.card = c.replaces"
                        + " WHERE r.tag = 'BLOCKED' ORDER BY r.card",
                Pair::read);
        boolean moved = true;
        // A card in another's place may itself be lost by now: what it was to bring moves on.
        while (moved) {
            moved = false;
            for (Pair pair : pairs) {
                moved |= transfer(connection, pair, day, nowMillis);
                moved |= untaken(connection, pair, day, nowMillis);
            }
        }
    }

    private boolean transfer(Connection connection, Pair pair, String day, long nowMillis) throws SQLException {
        Balances held = pair.last().after();
        // What could still be earned in its month is gone with that month.
        long earnable = pair.last().period() == period ? held.earnable() : 0;
        Deltas deltas = new Deltas(held.allocation(), held.bonus(), earnable);
        Cause cause = Cause.of("transfer/" + Hash.hex(pair.blocked()));
        Booking booking =
                OrderBookings.transferIssued(Hash.hex(pair.blocked()), Hash.hex(pair.replacement()), held, day);
        if (deltas.equals(Deltas.NONE) || done(connection, cause, booking)) {
            return false;
        }
        book.add(connection, pair.replacement(), CardOrder.Reason.TRANSFER, deltas, cause, nowMillis);
        journal.post(connection, booking, nowMillis);
        return true;
    }

    /** Which vouchers the card has taken is certain only once every record of it is there. */
    private boolean untaken(Connection connection, Pair pair, String day, long nowMillis) throws SQLException {
        long records = Sql.number(
                connection, "SELECT COUNT(*) FROM card_record WHERE card = ? AND counter > 0", pair.blocked());
        if (records < pair.last().counter()) {
            return false;
        }
        boolean moved = false;
        for (IssuedOrder issued : IssuedOrder.of(connection, pair.blocked())) {
            if (issued.order() instanceof CardOrder.Add add && issued.taken().isEmpty()) {
                moved |= move(connection, pair, add, day, nowMillis);
            }
        }
        return moved;
    }

    private boolean move(Connection connection, Pair pair, CardOrder.Add add, String day, long nowMillis)
            throws SQLException {
        String blocked = Hash.hex(pair.blocked());
        Cause cause = Cause.of("moved/" + blocked + "/" + add.number());
        Booking booking = OrderBookings.rightsMoved(blocked, Hash.hex(pair.replacement()), add, day);
        if (done(connection, cause, booking)) {
            return false;
        }
        book.add(connection, pair.replacement(), add.reason(), add.deltas(), cause, nowMillis);
        journal.post(connection, booking, nowMillis);
        return true;
    }

    /** What is booked and has lost its order is for a person to look into: it is never issued a second time. */
    private boolean done(Connection connection, Cause cause, Booking booking) throws SQLException {
        return book.find(connection, cause.why()).isPresent() || journal.posted(connection, booking.reference());
    }
}
