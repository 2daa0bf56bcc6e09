package etal.hub.reconcile;

import etal.hub.books.Dialect;
import etal.hub.books.Sql;
import etal.hub.members.Cards;
import etal.hub.members.HubKeys;
import etal.hub.members.Member;
import etal.hub.reconcile.cards.OrderCheck;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.sync.SignedDocument;
import etal.protocol.trust.Role;
import etal.protocol.trust.Verified;
import etal.protocol.trust.X509Chain;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every stored byte once more: pages, hashes, chains and signatures. Names what a stray bit or a hand has changed. */
final class StoreCheck {
    private final Connection connection;
    private final HubKeys keys;
    private final List<String> faults = new ArrayList<>();

    private StoreCheck(Connection connection, HubKeys keys) {
        this.connection = connection;
        this.keys = keys;
    }

    /** What is damaged, one sentence each. */
    static List<String> faults(Connection connection, HubKeys keys) throws SQLException {
        StoreCheck check = new StoreCheck(connection, keys);
        check.pages();
        for (LedgerId ledger : check.ledgers()) {
            check.ledger(ledger);
        }
        check.cards();
        check.documents();
        check.faults.addAll(OrderCheck.faults(connection, keys));
        return check.faults;
    }

    /** PostgreSQL looks after its pages and references itself. */
    private void pages() throws SQLException {
        if (Dialect.of(connection) != Dialect.SQLITE) {
            return;
        }
        for (String verdict : Sql.list(connection, "PRAGMA integrity_check(10)", row -> row.getString(1))) {
            if (!verdict.equals("ok")) {
                faults.add("the store: " + verdict);
            }
        }
        for (String table : Sql.list(connection, "PRAGMA foreign_key_check", row -> row.getString(1))) {
            faults.add("the store: a row of " + table + " refers to nothing");
        }
    }

    private List<LedgerId> ledgers() throws SQLException {
        return Sql.list(
                connection,
                "SELECT terminal, epoch FROM ledger UNION SELECT terminal, epoch FROM entry"
                        + " UNION SELECT terminal, epoch FROM checkpoint UNION SELECT terminal, epoch FROM fork ORDER BY 1, 2",
                row -> new LedgerId(row.getLong(1), row.getLong(2)));
    }

    private void ledger(LedgerId ledger) throws SQLException {
        List<byte[]> chain = Sql.list(
                connection,
                "SELECT der FROM certificate WHERE terminal = ? AND epoch = ? ORDER BY position",
                row -> row.getBytes(1),
                ledger.terminal(),
                ledger.epoch());
        Verified leaf = null;
        try {
            // What came after its certificate's end was judged by the time of its writing.
            long untilMillis = X509Chain.validity(chain, keys.rootDer()).untilMillis();
            leaf = X509Chain.verify(chain, keys.rootDer(), Math.min(takenMillis(ledger), untilMillis));
            if (leaf.role() != Role.TERMINAL || !leaf.commonName().equals(ledger.toString())) {
                faults.add(ledger + ": the stored certificates are of " + leaf.commonName());
            }
        } catch (Malformed e) {
            faults.add(ledger + ": the stored certificates: " + e.getMessage());
        }
        walk(ledger, new Walk(ledger, leaf));
    }

    private void walk(LedgerId ledger, Walk walk) throws SQLException {
        Sql.list(
                connection,
                "SELECT number, bytes, hash, time_millis FROM entry WHERE terminal = ? AND epoch = ? ORDER BY number",
                walk::entry,
                ledger.terminal(),
                ledger.epoch());
        Sql.list(
                connection,
                "SELECT number, head FROM ledger WHERE terminal = ? AND epoch = ?",
                walk::head,
                ledger.terminal(),
                ledger.epoch());
        Sql.list(
                connection,
                "SELECT number, bytes FROM checkpoint WHERE terminal = ? AND epoch = ? ORDER BY number",
                walk::checkpoint,
                ledger.terminal(),
                ledger.epoch());
        Sql.list(
                connection,
                "SELECT number, bytes, hash FROM fork WHERE terminal = ? AND epoch = ? ORDER BY number, hash",
                walk::fork,
                ledger.terminal(),
                ledger.epoch());
    }

    /** Certificates expire, and what was signed before stays signed: they are judged at the moment they were taken. */
    private long takenMillis(LedgerId ledger) throws SQLException {
        return Sql.number(
                connection,
                "SELECT received_millis FROM entry WHERE terminal = ? AND epoch = ? ORDER BY number LIMIT 1",
                ledger.terminal(),
                ledger.epoch());
    }

    /** One ledger from its first entry on. */
    private final class Walk {
        private final LedgerId ledger;
        private final @Nullable Verified leaf;
        private final TreeMap<Long, byte[]> hashes = new TreeMap<>();
        private byte[] previous = new byte[32];
        private long number;

        Walk(LedgerId ledger, @Nullable Verified leaf) {
            this.ledger = ledger;
            this.leaf = leaf;
        }

        boolean entry(ResultSet row) throws SQLException {
            byte[] bytes = row.getBytes(2);
            byte[] hash = Hash.sha256(bytes);
            number++;
            String at = ledger + " entry " + row.getLong(1);
            if (row.getLong(1) != number) {
                faults.add(at + ": entry " + number + " is missing");
                number = row.getLong(1);
            }
            if (!Arrays.equals(hash, row.getBytes(3))) {
                faults.add(at + ": the bytes do not have the stored hash");
            }
            signed(at, bytes, row.getLong(4));
            previous = hash;
            hashes.put(number, hash);
            return true;
        }

        private void signed(String at, byte[] bytes, long timeMillis) {
            SignedEntry signed;
            try {
                signed = SignedEntry.decode(bytes);
            } catch (Malformed e) {
                faults.add(at + ": " + e.getMessage());
                return;
            }
            if (!signed.entry().ledger().equals(ledger)
                    || signed.entry().number() != number
                    || signed.entry().timeMillis() != timeMillis) {
                faults.add(at + ": it stands under another ledger, number or time than its own");
            }
            if (!Arrays.equals(signed.entry().previous(), previous)) {
                faults.add(at + ": it does not follow the entry before");
            }
            vouched(at, signed);
        }

        private void vouched(String at, SignedEntry signed) {
            if (leaf != null
                    && !(Arrays.equals(signed.kid(), leaf.leafHash()) && signed.verify(leaf.leafPublicKey65()))) {
                faults.add(at + ": its signature is not its terminal's");
            }
        }

        /** An entry beside the ledger carries money like any other. */
        boolean fork(ResultSet row) throws SQLException {
            String at = ledger + " entry " + row.getLong(1) + " beside the ledger";
            byte[] bytes = row.getBytes(2);
            if (!Arrays.equals(Hash.sha256(bytes), row.getBytes(3))) {
                faults.add(at + ": the bytes do not have the stored hash");
            }
            try {
                SignedEntry signed = SignedEntry.decode(bytes);
                if (!signed.entry().ledger().equals(ledger) || signed.entry().number() != row.getLong(1)) {
                    faults.add(at + ": it stands under another ledger or number than its own");
                }
                vouched(at, signed);
            } catch (Malformed e) {
                faults.add(at + ": " + e.getMessage());
            }
            return true;
        }

        boolean head(ResultSet row) throws SQLException {
            if (row.getLong(1) != number || !Arrays.equals(row.getBytes(2), previous)) {
                faults.add(ledger + ": the stored head is entry " + row.getLong(1) + ", the entries end at " + number);
            }
            return true;
        }

        boolean checkpoint(ResultSet row) throws SQLException {
            String at = ledger + " acknowledgement of entry " + row.getLong(1);
            try {
                SignedCheckpoint signed = SignedCheckpoint.decode(row.getBytes(2));
                if (!signed.verify(keys.acknowledging().publicKey())
                        || !signed.checkpoint().ledger().equals(ledger)
                        || signed.checkpoint().number() != row.getLong(1)) {
                    faults.add(at + ": it is not the hub's");
                } else if (!Arrays.equals(signed.checkpoint().head(), hashes.get(row.getLong(1)))) {
                    faults.add(at + ": the entry it acknowledges is not the one stored");
                }
            } catch (Malformed e) {
                faults.add(at + ": " + e.getMessage());
            }
            return true;
        }
    }

    private void cards() throws SQLException {
        TreeMap<String, byte[]> cardKeys = new TreeMap<>();
        for (Member member : Cards.all(connection)) {
            String card = Hash.hex(member.card());
            try {
                CardCertificate certificate = CardCertificate.decode(member.certificate());
                byte[] caKey = keys.cardCaKeys().get(certificate.caKey());
                if (caKey == null
                        || !certificate.verify(caKey)
                        || !Arrays.equals(certificate.cardId(), member.card())) {
                    faults.add("card " + card + ": its certificate is not by the fund's card CA");
                }
                cardKeys.put(card, certificate.publicKey33());
            } catch (Malformed e) {
                faults.add("card " + card + ": " + e.getMessage());
            }
        }
        Sql.list(
                connection,
                "SELECT card, counter, tag, bytes, signature FROM card_record ORDER BY card, counter",
                row -> record(cardKeys, row));
    }

    private boolean record(TreeMap<String, byte[]> cardKeys, ResultSet row) throws SQLException {
        String card = Hash.hex(row.getBytes(1));
        String at = "card " + card + " record " + row.getLong(2);
        byte[] key = cardKeys.get(card);
        try {
            CardRecord record = CardRecord.decode(row.getBytes(4));
            if (key == null || !record.verify(key, row.getBytes(5))) {
                faults.add(at + ": its signature is not its card's");
            } else if (!record.tag().name().equals(row.getString(3))) {
                faults.add(at + ": it stands under another kind than its own");
            }
        } catch (Malformed e) {
            faults.add(at + ": " + e.getMessage());
        }
        return true;
    }

    private void documents() throws SQLException {
        Sql.list(connection, "SELECT kind, id, version, bytes FROM document ORDER BY kind, id, version", row -> {
            String at = "document " + row.getString(1) + " " + row.getString(2) + " " + row.getLong(3);
            try {
                if (!keys.isOwn(SignedDocument.decode(row.getBytes(4))::verify)) {
                    faults.add(at + ": its signature is not the hub's");
                }
            } catch (Malformed e) {
                faults.add(at + ": " + e.getMessage());
            }
            return true;
        });
    }
}
