package etal.terminal.order;

import etal.port.Database.Damaged;
import etal.port.StorageFailed;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.sync.CardOrders;
import etal.protocol.sync.Document;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.sync.WantedRecords;
import etal.protocol.trust.TrustFile;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import etal.terminal.rules.VouchedDocuments;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Orders and key updates as the hub's newest documents have them. Orders are many, so they lie in a table by card and a tap
 * reads those of one card; key updates are few and are held in memory. Used from the loop only.
 *
 * <p>An order's own signature is not looked at here: only the card knows which issuing keys it has, its word is the one that
 * counts, and the document around the order is signed by the hub. A useless order costs the time of one refusal.
 */
public final class OrderBook {
    private final TerminalStore store;
    private final VouchedDocuments documents;
    private KeyUpdates keys = KeyUpdates.none();
    private WantedRecords wanted = WantedRecords.none();

    private OrderBook(TerminalStore store, TrustFile trust) {
        this.store = store;
        this.documents = new VouchedDocuments(store, trust);
    }

    /** Reads what is in store, and trusts what the fund has signed. */
    public static OrderBook open(TerminalStore store, TrustFile trust) throws StorageFailed {
        OrderBook book = new OrderBook(store, trust);
        book.reload();
        return book;
    }

    /** Reads key updates and wanted records again after a document of them came. */
    public void reload() throws StorageFailed {
        List<Document> newestKeys = documents.of(Document.KEYS);
        List<Document> newestWanted = documents.of(Document.WANTED);
        try {
            keys = newestKeys.isEmpty()
                    ? KeyUpdates.none()
                    : KeyUpdates.decode(newestKeys.getLast().content());
            wanted = newestWanted.isEmpty()
                    ? WantedRecords.none()
                    : WantedRecords.decode(newestWanted.getLast().content());
        } catch (Malformed malformed) {
            throw new StorageFailed("a document in store is damaged", malformed);
        }
    }

    /** Which of a card's records the hub knows of and lacks, by counter. */
    List<WantedRecords.Span> wantedOf(byte[] cardId) {
        return wanted.of(cardId);
    }

    /** Puts a document of orders in the place of the one before, in the transaction that stores it. */
    public static void enter(Connection connection, CardOrders orders) throws SQLException {
        Sql.update(connection, "DELETE FROM card_order WHERE shard = ?", orders.shard());
        List<Object[]> rows = new ArrayList<>();
        for (CardOrder order : orders.orders()) {
            rows.add(new Object[] {order.head().cardId(), rows.size(), orders.shard(), order.encode()});
        }
        Sql.updateEach(connection, "INSERT INTO card_order(card, place, shard, bytes) VALUES(?, ?, ?, ?)", rows);
    }

    /** What stands for a card, in the order in which it is shown. */
    public List<CardOrder> to(byte[] cardId) throws StorageFailed {
        return store.inTransaction(connection -> Sql.rows(
                connection,
                "SELECT bytes FROM card_order WHERE card = ? ORDER BY place",
                row -> order(row.getBytes(1)),
                cardId));
    }

    /** What a card of that key generation has still to take, in order. */
    public List<KeyUpdate> keysAbove(int generation) {
        return keys.above(generation);
    }

    private static CardOrder order(byte[] bytes) throws SQLException {
        try {
            return CardOrder.decode(bytes);
        } catch (Malformed malformed) {
            throw new Damaged("an order does not read", malformed);
        }
    }
}
