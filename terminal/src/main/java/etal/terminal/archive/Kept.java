package etal.terminal.archive;

import etal.port.Database;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.sync.SignedDocument;
import etal.terminal.ledger.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a terminal's store holds of its ledger, all of one moment. Arrays are not copied: nobody may change them.
 *
 * @param certificates X.509, DER
 * @param checkpoints the hub's words, oldest first
 * @param entries from number 1 on
 * @param details of sales, cancellations, closings and training sales, by the number of their entry
 * @param zone of the fund, in which a day begins
 */
record Kept(
        List<byte[]> certificates,
        List<SignedCheckpoint> checkpoints,
        List<SignedEntry> entries,
        Map<Long, Secret> details,
        ZoneId zone) {
    /** What the seller alone keeps of an entry, and the salt that goes before it into the entry's hash. */
    record Secret(byte[] salt, byte[] bytes) {
        byte[] salted() {
            byte[] all = Arrays.copyOf(salt, salt.length + bytes.length);
            System.arraycopy(bytes, 0, all, salt.length, bytes.length);
            return all;
        }
    }

    /**
     * Reads it, and compares every entry with the one before and with its details: what is damaged is not archived as if it
     * were whole.
     *
     * @param publicKey the terminal's, 65 bytes
     * @throws StorageFailed when the store cannot be read, or what it holds does not fit together
     */
    static Kept read(Database database, byte[] publicKey) throws StorageFailed {
        Kept kept = database.inTransaction(Kept::read);
        byte[] before = new byte[Hash.LENGTH];
        long number = 0;
        for (SignedEntry signed : kept.entries) {
            number++;
            boolean whole = signed.entry().number() == number
                    && Arrays.equals(signed.entry().previous(), before)
                    && signed.verify(publicKey);
            if (!whole) {
                throw new StorageFailed(
                        "entry " + number + " does not follow the one before, or nobody here signed it");
            }
            before = signed.hash();
            Secret secret = kept.details.get(number);
            Optional<byte[]> hash = detailsHash(signed.entry().body());
            if (secret != null && (hash.isEmpty() || !Arrays.equals(hash.get(), Hash.sha256(secret.salted())))) {
                throw new StorageFailed("the details of entry " + number + " are not those that it names");
            }
        }
        return kept;
    }

    private static Kept read(Connection connection) throws SQLException {
        try {
            List<SignedEntry> entries = new ArrayList<>();
            for (byte[] entry : blobs(connection, "SELECT bytes FROM entry ORDER BY number")) {
                entries.add(SignedEntry.decode(entry));
            }
            List<SignedCheckpoint> checkpoints = new ArrayList<>();
            for (byte[] word : blobs(connection, "SELECT bytes FROM checkpoint ORDER BY generation, number")) {
                checkpoints.add(SignedCheckpoint.decode(word));
            }
            Map<Long, Secret> details = new TreeMap<>();
            Sql.rows(
                    connection,
                    "SELECT entry, salt, blob FROM details ORDER BY entry",
                    row -> details.put(row.getLong(1), new Secret(row.getBytes(2), row.getBytes(3))));
            List<byte[]> certificates = blobs(connection, "SELECT der FROM certificate ORDER BY position");
            return new Kept(certificates, checkpoints, entries, details, zone(connection));
        } catch (Malformed malformed) {
            throw new Database.Damaged("what is kept does not read", malformed);
        }
    }

    private static List<byte[]> blobs(Connection connection, String sql) throws SQLException {
        return Sql.rows(connection, sql, row -> row.getBytes(1));
    }

    /** Where no rules ever came nothing was sold, and any zone will do. */
    private static ZoneId zone(Connection connection) throws SQLException, Malformed {
        Optional<byte[]> newest = Sql.first(
                connection,
                "SELECT bytes FROM document WHERE kind = ? ORDER BY version DESC LIMIT 1",
                row -> row.getBytes(1),
                Document.SCHEME);
        if (newest.isEmpty()) {
            return ZoneOffset.UTC;
        }
        byte[] yaml = SignedDocument.decode(newest.get()).document().content();
        return switch (SchemeFile.read(new String(yaml, StandardCharsets.UTF_8), "scheme")) {
            case SchemeReading.Read read -> read.scheme().zone();
            case SchemeReading.Faulty faulty ->
                throw new Malformed(faulty.faults().getFirst().toString());
        };
    }

    /** The hash by which an entry names what its seller keeps; empty where it names nothing. */
    static Optional<byte[]> detailsHash(Body body) {
        return switch (body) {
            case Body.Sale sale -> Optional.of(sale.detailsHash());
            case Body.Cancellation cancellation -> Optional.of(cancellation.detailsHash());
            case Body.Closing closing -> Optional.of(closing.detailsHash());
            case Body.TrainingSale practised -> Optional.of(practised.detailsHash());
            default -> Optional.empty();
        };
    }
}
