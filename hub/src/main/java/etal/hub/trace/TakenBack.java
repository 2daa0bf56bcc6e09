package etal.hub.trace;

import etal.hub.books.Sql;
import etal.hub.ingest.SaleCheck;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The cancellation of a sale, if it was cancelled: its entry and the card's record, as they are stored. Arrays not copied:
 * nobody may change them.
 *
 * @param entry the whole signed entry
 * @param record what the card took back
 * @param signature the card's
 */
record TakenBack(SignedEntry entry, CardRecord record, byte[] signature) {
    private record Bytes(byte[] entry, byte[] record, byte[] signature) {}

    /** That of the sale whose entry has that hash. */
    static Optional<TakenBack> find(Connection connection, byte[] card, byte[] saleHash)
            throws SQLException, Malformed {
        Optional<Bytes> bytes = Sql.first(
                connection,
                "SELECT COALESCE(e.bytes, f.bytes), r.bytes, r.signature FROM cancellation AS c JOIN card_record AS r"
                        + " ON r.card = c.card AND r.counter = c.counter LEFT JOIN entry AS e ON e.hash = c.entry_hash"
                        + " AND e.terminal = c.terminal AND e.epoch = c.epoch AND e.number = c.number"
                        + " LEFT JOIN fork AS f ON f.hash = c.entry_hash WHERE c.sale_hash = ? AND c.card = ?",
                row -> new Bytes(row.getBytes(1), row.getBytes(2), row.getBytes(3)),
                saleHash,
                card);
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(new TakenBack(
                        SignedEntry.decode(bytes.get().entry()),
                        CardRecord.decode(bytes.get().record()),
                        bytes.get().signature()));
    }

    /** Whether the card's key signed it, and it is of this cancellation and takes back just what was paid. */
    boolean holds(byte[] cardKey, CardRecord paid) {
        return entry.entry().body() instanceof Body.Cancellation body
                && record.verify(cardKey, signature)
                && SaleCheck.takenBack(entry.entry(), body, record, paid).isEmpty();
    }
}
