package etal.terminal.archive;

import etal.edge.keys.Pem;
import etal.edge.speech.Speech;
import etal.port.Database;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerFile;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.trust.TrustFile;
import etal.terminal.ledger.Identity;
import etal.terminal.sale.Seller;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The archive of a period: the ledger in its open form from the first entry to the period's last, what the seller keeps of
 * the period's sales and closings, tables of both, how to check all of it by hand, and one signature over everything.
 * Arrays are not copied: nobody may change them.
 *
 * @param folder in which all of it lies
 * @param files by their names within the folder, in the order of names
 * @param sales in the period, those since cancelled among them
 * @param lost sales, cancellations, closings and training sales of the period whose details are gone
 */
public record Archive(
        String folder,
        Map<String, byte[]> files,
        long firstNumber,
        long lastNumber,
        long sales,
        long lost,
        boolean closed) {
    private static final String SUMS = "SHA256SUMS";

    /** Whose archive, and who signs it when, in whose words. */
    public record By(Identity identity, Seller seller, TrustFile trust, String trustPem, Instant at, Speech speech) {}

    /**
     * The archive of the days from one to another, both in it; empty where nothing was written then.
     *
     * @throws StorageFailed when the store cannot be read, or what it holds does not fit together
     */
    public static Optional<Archive> of(Database database, LocalDate from, LocalDate to, By by) throws StorageFailed {
        Kept kept = Kept.read(database, by.identity().signer().publicKey());
        Optional<Stretch> stretch = Stretch.of(kept.entries(), from, to, kept.zone());
        try {
            return stretch.isEmpty() ? Optional.empty() : Optional.of(of(kept, stretch.get(), from + "_" + to, by));
        } catch (Malformed malformed) {
            throw new StorageFailed("the details of a sale or closing do not read", malformed);
        }
    }

    private static Archive of(Kept kept, Stretch stretch, String days, By by) throws Malformed {
        String ledger = by.identity().id().toString();
        List<SignedEntry> entries = kept.entries().subList(0, (int) stretch.lastNumber());
        List<SignedEntry> within = entries.subList((int) stretch.firstNumber() - 1, entries.size());
        byte[] file = ledgerFile(kept, entries);
        long before = file.length
                - entries.stream().mapToLong(entry -> entry.bytes().length).sum();
        SaleTables sales = SaleTables.of(within, kept, by.seller().pointOfSale().seller());
        ClosingTables closings = ClosingTables.of(within, kept);
        Map<String, byte[]> files = new TreeMap<>();
        files.put(ledger + ".etal", file);
        files.put("ecritures.csv", EntryTable.all(entries, before, kept, stretch, by.speech()));
        files.put("evenements.csv", EntryTable.events(within, kept.zone(), by.speech()));
        files.put("ventes.csv", sales.sales());
        files.put("lignes.csv", sales.lines());
        files.put("clotures.csv", closings.closings());
        files.put("tva.csv", closings.rates());
        files.put("ecole.csv", TrainingTable.of(within, kept));
        long lost = details(within, kept, files);
        trust(files, by);
        Description.put(files, ledger, days, kept.zone(), by);
        byte[] sums = sums(files);
        files.put(SUMS, sums);
        files.put(
                SUMS + ".p7s",
                DetachedSignature.of(sums, by.identity().chain(), by.identity().signer(), by.at()));
        return new Archive(
                ledger + "_" + days,
                files,
                stretch.firstNumber(),
                stretch.lastNumber(),
                sales.count(),
                lost,
                stretch.closed());
    }

    /** As the ledger stood at the end of the period: what the hub said later is of entries that are not in it. */
    private static byte[] ledgerFile(Kept kept, List<SignedEntry> entries) {
        List<byte[]> checkpoints = kept.checkpoints().stream()
                .filter(word -> word.checkpoint().number() <= entries.size())
                .map(SignedCheckpoint::bytes)
                .toList();
        return new LedgerFile(
                        kept.certificates(),
                        checkpoints,
                        entries.stream().map(SignedEntry::bytes).toList())
                .encode();
    }

    /** Salt and details of each entry as one file, whose SHA-256 is the one that the entry names; how many are lost. */
    private static long details(List<SignedEntry> within, Kept kept, Map<String, byte[]> files) {
        long lost = 0;
        for (SignedEntry signed : within) {
            long number = signed.entry().number();
            Kept.Secret secret = kept.details().get(number);
            if (secret != null) {
                files.put(String.format(Locale.ROOT, "details/%06d.bin", number), secret.salted());
            } else if (Kept.detailsHash(signed.entry().body()).isPresent()) {
                lost++;
            }
        }
        return lost;
    }

    private static void trust(Map<String, byte[]> files, By by) {
        List<byte[]> chain = by.identity().chain();
        files.put("certificats/terminal.pem", pem(chain.subList(0, 1)));
        files.put("certificats/autorite.pem", pem(chain.subList(1, chain.size())));
        files.put("certificats/racine.pem", pem(List.of(by.trust().root())));
        files.put("trust.pem", by.trustPem().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] pem(List<byte[]> certificates) {
        return Pem.certificates(certificates).getBytes(StandardCharsets.US_ASCII);
    }

    /** In the form that {@code sha256sum --check} reads. */
    private static byte[] sums(Map<String, byte[]> files) {
        StringBuilder sums = new StringBuilder();
        files.forEach((name, bytes) -> sums.append(Hash.hex(Hash.sha256(bytes)))
                .append("  ")
                .append(name)
                .append('\n'));
        return sums.toString().getBytes(StandardCharsets.UTF_8);
    }
}
