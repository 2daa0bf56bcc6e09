package etal.hub.reconcile;

import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.reconcile.Sources.Key;
import etal.protocol.card.CardCertificate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the stored bytes say of one day: of each ledger what came after its last closing of a day before, that closing included;
 * the sales that were undone in it; and all records of the cards that it names. As much as a day is, however long the
 * fund's history.
 */
final class DaySources {
    private final Connection connection;
    private final List<Came> came = new ArrayList<>();
    private final TreeMap<String, byte[]> cards = new TreeMap<>();
    private final TreeMap<String, byte[]> undone = new TreeMap<>();

    /** Array not copied: nobody may change it. */
    private record Came(byte[] bytes, long receivedMillis) {}

    private DaySources(Connection connection) {
        this.connection = connection;
    }

    static Sources read(Connection connection, Fund fund, ZoneId zone, String day) throws SQLException {
        DaySources reading = new DaySources(connection);
        for (LedgerId ledger : reading.ledgers()) {
            reading.entries(ledger, day);
        }
        reading.undoneBefore();
        Sources sources = new Sources(connection, fund, zone);
        for (byte[] card : reading.cards.values()) {
            records(connection, card, sources);
        }
        reading.came.forEach(each -> sources.entry(each.bytes(), each.receivedMillis(), true));
        sources.heard(connection);
        return sources;
    }

    private List<LedgerId> ledgers() throws SQLException {
        return Sql.list(
                connection,
                "SELECT terminal, epoch FROM ledger ORDER BY terminal, epoch",
                row -> new LedgerId(row.getLong(1), row.getLong(2)));
    }

    private void entries(LedgerId ledger, String day) throws SQLException {
        long before = Sql.number(
                connection,
                "SELECT COALESCE(MAX(number), 0) FROM closing WHERE terminal = ? AND epoch = ? AND period = ? AND day < ?",
                ledger.terminal(),
                ledger.epoch(),
                Body.Closing.DAY,
                day);
        Sql.list(
                connection,
                "SELECT bytes, received_millis FROM entry WHERE terminal = ? AND epoch = ? AND number >= ? ORDER BY number",
                this::came,
                ledger.terminal(),
                ledger.epoch(),
                before);
    }

    private boolean came(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes(1);
        try {
            switch (SignedEntry.decode(bytes).entry().body()) {
                case Body.Sale sale -> names(sale.card());
                case Body.Cancellation cancelled -> {
                    names(cancelled.card());
                    undone.put(Hash.hex(cancelled.saleHash()), cancelled.saleHash());
                }
                default -> {}
            }
        } catch (Malformed e) {
            // The sources name it when they hear it.
            return came.add(new Came(bytes, row.getLong(2)));
        }
        return came.add(new Came(bytes, row.getLong(2)));
    }

    /** A sale of a day before that was undone on this one. */
    private void undoneBefore() throws SQLException {
        came.forEach(each -> undone.remove(Hash.hex(Hash.sha256(each.bytes()))));
        for (byte[] hash : undone.values()) {
            came.addAll(
                    0,
                    Sql.list(
                            connection,
                            "SELECT e.bytes, e.received_millis FROM sale AS s JOIN entry AS e ON e.terminal = s.terminal"
                                    + " AND e.epoch = s.epoch AND e.number = s.number WHERE s.entry_hash = ?"
                                    + " AND s.branch = 'chain' ORDER BY e.number",
                            row -> new Came(row.getBytes(1), row.getLong(2)),
                            hash));
        }
    }

    private static void records(Connection connection, byte[] card, Sources sources) throws SQLException {
        Sql.list(
                connection,
                "SELECT card, counter, bytes FROM card_record WHERE card = ? ORDER BY counter",
                row -> sources.record(new Key(Hash.hex(row.getBytes(1)), row.getLong(2)), row.getBytes(3)),
                card);
    }

    private void names(@Nullable CardProof proof) throws Malformed {
        if (proof != null) {
            byte[] card = CardCertificate.decode(proof.certificate()).cardId();
            cards.put(Hash.hex(card), card);
        }
    }
}
