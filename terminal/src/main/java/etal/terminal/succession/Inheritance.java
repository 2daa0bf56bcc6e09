package etal.terminal.succession;

import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.ledger.Succession;
import etal.protocol.sync.SignedCheckpoint;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the epoch before, kept in tables of their own: nothing of the terminal's own ledger, its numbers or its
 * totals ever reads them. They are read from the old second medium at each start, as long as it is there, and stay here when
 * it is gone. Used from the loop only.
 */
public final class Inheritance {
    private final TerminalStore store;
    private final Predecessor before;
    private final @Nullable Said fault;
    private long last;
    private long acknowledged;
    private long generation;

    private Inheritance(TerminalStore store, Predecessor before, long last, @Nullable Said fault) {
        this.store = store;
        this.before = before;
        this.last = last;
        this.fault = fault;
    }

    /**
     * Takes over what the old second medium holds beyond what was taken over before.
     *
     * @param root the fund's root, DER
     * @throws StorageFailed when the terminal's own store cannot be read or written; an old medium that cannot is a fault
     *     that is named
     */
    public static Inheritance open(TerminalStore store, Predecessor before, byte[] root) throws StorageFailed {
        List<byte[]> held = all(store);
        List<byte[]> known = OldStick.sound(before, root, held);
        Optional<Said> fault = Optional.empty();
        if (known.size() < held.size()) {
            long from = known.size() + 1L;
            store.inTransaction(connection -> Sql.update(connection, "DELETE FROM inherited WHERE number >= ?", from));
            fault = Optional.of(Said.of("before-copy-damaged", before.ledger().toString(), from));
        }
        OldStick.Read read = OldStick.read(before, root, known);
        Optional<Said> copy = fault;
        fault = read.fault().or(() -> copy);
        boolean goesOn = read.entries().size() > known.size();
        for (int place = 0; place < Math.min(read.entries().size(), known.size()); place++) {
            if (!Arrays.equals(read.entries().get(place).bytes(), known.get(place))) {
                goesOn = false;
                fault = Optional.of(Said.of("before-differs", before.ledger().toString(), place + 1L));
                break;
            }
        }
        long last = known.size();
        if (goesOn && fits(before, read.entries())) {
            List<SignedEntry> beyond =
                    read.entries().subList(known.size(), read.entries().size());
            store.inTransaction(connection -> keep(connection, beyond));
            last = read.entries().size();
        } else if (goesOn) {
            fault = Optional.of(Said.of(
                    "before-other", before.ledger().toString(), told(before).number()));
        }
        Inheritance inheritance = new Inheritance(store, before, last, fault.orElse(null));
        inheritance.readWord();
        return inheritance;
    }

    private static Succession told(Predecessor before) {
        Succession told = before.told();
        return told == null ? new Succession(before.ledger().epoch(), 0, new byte[32]) : told;
    }

    /** What the hub has of that ledger is its past: a medium that says otherwise is another's, or another branch. */
    private static boolean fits(Predecessor before, List<SignedEntry> entries) {
        Succession told = told(before);
        boolean beyond = told.number() == 0 || told.number() > entries.size();
        return beyond || Arrays.equals(entries.get((int) told.number() - 1).hash(), told.headHash());
    }

    private static int keep(Connection connection, List<SignedEntry> entries) throws SQLException {
        for (SignedEntry signed : entries) {
            Sql.update(
                    connection,
                    "INSERT INTO inherited(number, bytes) VALUES(?, ?)",
                    signed.entry().number(),
                    signed.bytes());
            if (signed.entry().body() instanceof Body.CheckpointReceived received) {
                word(connection, received.checkpoint());
            }
        }
        return entries.size();
    }

    private static void word(Connection connection, byte[] checkpoint) throws SQLException {
        try {
            SignedCheckpoint signed = SignedCheckpoint.decode(checkpoint);
            keep(connection, signed);
        } catch (Malformed unreadable) {
            // The old terminal wrote down something else than the hub's word; then there is no word in this entry.
            return;
        }
    }

    private static int keep(Connection connection, SignedCheckpoint signed) throws SQLException {
        return Sql.update(
                connection,
                "INSERT INTO inherited_checkpoint(generation, number, bytes) VALUES(?, ?, ?)"
                        + " ON CONFLICT(generation, number) DO UPDATE SET bytes = excluded.bytes",
                signed.checkpoint().generation(),
                signed.checkpoint().number(),
                signed.bytes());
    }

    private void readWord() throws StorageFailed {
        record Word(long generation, long number) {}
        Optional<Word> word = store.inTransaction(connection -> Sql.first(
                connection,
                "SELECT generation, number FROM inherited_checkpoint ORDER BY generation DESC, number DESC LIMIT 1",
                row -> new Word(row.getLong(1), row.getLong(2))));
        generation = word.map(Word::generation).orElse(0L);
        acknowledged = word.map(Word::number).orElse(0L);
    }

    /** Which ledger it is. */
    public LedgerId ledger() {
        return before.ledger();
    }

    /** Its certificates, DER, leaf first. */
    public List<byte[]> chain() {
        return before.chain();
    }

    /** Entries held, from number 1. */
    public long last() {
        return last;
    }

    /** Up to which entry the hub has signed for, as far as is known here. */
    public long acknowledged() {
        return acknowledged;
    }

    /** The hub's generation that said so. */
    public long generation() {
        return generation;
    }

    /** What was wrong with the old medium, in words for the technician; empty when it was read whole or is not there. */
    public Optional<Said> fault() {
        return Optional.ofNullable(fault);
    }

    /**
     * What a genesis names: the end of what is here or of what the technician was told, whichever lies further; empty where
     * nothing is known.
     */
    public Optional<Succession> named() throws StorageFailed {
        Succession told = told(before);
        if (told.number() > last) {
            return Optional.of(told);
        }
        return from(last, 1, 1).stream()
                .findFirst()
                .map(head -> new Succession(before.ledger().epoch(), last, etal.protocol.cose.Hash.sha256(head)));
    }

    /** SHA-256 of an entry, if it is here. */
    public Optional<byte[]> hashOf(long number) throws StorageFailed {
        return number < 1 || number > last
                ? Optional.empty()
                : from(number, 1, 1).stream().findFirst().map(bytes -> etal.protocol.cose.Hash.sha256(bytes));
    }

    /** Whole entries from a number on: at most so many, and at most so many bytes unless the first alone is larger. */
    public List<byte[]> from(long number, int entriesMax, int bytesMax) throws StorageFailed {
        List<byte[]> found = store.inTransaction(connection -> Sql.rows(
                connection,
                "SELECT bytes FROM inherited WHERE number >= ? ORDER BY number LIMIT ?",
                row -> row.getBytes(1),
                number,
                entriesMax));
        List<byte[]> taken = new ArrayList<>();
        int bytes = 0;
        for (byte[] entry : found) {
            bytes += entry.length;
            if (!taken.isEmpty() && bytes > bytesMax) {
                break;
            }
            taken.add(entry);
        }
        return taken;
    }

    /** Keeps the hub's verified word about this ledger. */
    public void acknowledge(SignedCheckpoint signed) throws StorageFailed {
        store.inTransaction(connection -> keep(connection, signed));
        generation = signed.checkpoint().generation();
        acknowledged = signed.checkpoint().number();
    }

    private static List<byte[]> all(TerminalStore store) throws StorageFailed {
        return store.inTransaction(connection ->
                Sql.rows(connection, "SELECT bytes FROM inherited ORDER BY number", row -> row.getBytes(1)));
    }
}
