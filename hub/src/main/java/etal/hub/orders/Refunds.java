package etal.hub.orders;

import etal.hub.books.Sql;
import etal.hub.orders.OrderBook.Cause;
import etal.hub.restore.Gates;
import etal.hub.restore.Restored;
import etal.port.Database.Damaged;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a card has paid for goods that stayed at the stall comes back by a voucher: one for each record that the books have
 * returned to its member. Used from the loop only, within a transaction.
 */
public final class Refunds {
    private final OrderBook book;

    /** Refunds issued into that book. */
    public Refunds(OrderBook book) {
        this.book = book;
    }

    /**
     * Issues the voucher for a record that was returned; asked again, nothing changes. A hub that was ever restored may have
     * issued it already, and looks first at what cards have taken: {@link #issueMissing} comes when it has.
     */
    public void issue(Connection connection, byte[] card, CardRecord record, long nowMillis) throws SQLException {
        if (Restored.ever(connection)) {
            book.touch(card);
        } else {
            give(connection, card, record, nowMillis);
        }
    }

    private void give(Connection connection, byte[] card, CardRecord record, long nowMillis) throws SQLException {
        book.add(
                connection,
                card,
                CardOrder.Reason.REFUND,
                deltas(record.deltas()),
                Cause.of(why(card, record.counter())),
                nowMillis);
    }

    /** Issues what is missing of records returned before the hub issued vouchers, or while it could not. */
    public void issueMissing(Connection connection, long nowMillis) throws SQLException {
        if (!Gates.closed(connection)) {
            missing(connection, "orphan-returned/", nowMillis);
        }
    }

    /** The same of one card, also while gates are closed: one that is blocked takes nothing, and what is owed to it moves on. */
    void issueMissingTo(Connection connection, byte[] blocked, long nowMillis) throws SQLException {
        missing(connection, "orphan-returned/" + Hash.hex(blocked) + "/", nowMillis);
    }

    private void missing(Connection connection, String returned, long nowMillis) throws SQLException {
        for (String record : Sql.list(
                connection,
                "SELECT substr(reference, 17) FROM event WHERE reference >= ? AND reference < ? AND NOT EXISTS (SELECT 1 FROM"
                        + " card_order WHERE why = 'refund/' || substr(reference, 17)) ORDER BY id",
                row -> row.getString(1),
                returned,
                // What comes after '/' and all digits.
                returned.substring(0, returned.length() - 1) + '0')) {
            try {
                int slash = record.indexOf('/');
                byte[] card = Hash.unhex(record.substring(0, slash));
                Optional<byte[]> bytes = Sql.first(
                        connection,
                        "SELECT bytes FROM card_record WHERE card = ? AND counter = ?",
                        row -> row.getBytes(1),
                        card,
                        Long.parseLong(record.substring(slash + 1)));
                if (bytes.isPresent()) {
                    give(connection, card, CardRecord.decode(bytes.get()), nowMillis);
                }
            } catch (Malformed e) {
                throw new Damaged("a card record does not read", e);
            }
        }
    }

    /** Why a refund is issued, once for each record. */
    public static String why(byte[] card, long counter) {
        return "refund/" + Hash.hex(card) + "/" + counter;
    }

    /**
     * What gives a payment back. It never takes from a purse, or a card that has spent its bonus meanwhile could not take
     * it: what the payment earned stays there as bonus and is less of the allocation, and can be earned again.
     */
    public static Deltas deltas(Deltas paid) {
        long allocation = -paid.allocation();
        long earned = -paid.earnable();
        long bonusSpent = earned - paid.bonus();
        long bonus = Math.max(0, bonusSpent - earned);
        long kept = Math.min(allocation, Math.max(0, earned - bonusSpent));
        // What is given back is what was paid, less what was earned with it as far as that can be taken off.
        return new Deltas(allocation - kept, bonus, Math.min(earned, bonusSpent) + kept);
    }
}
