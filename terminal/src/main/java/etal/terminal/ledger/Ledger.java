package etal.terminal.ledger;

import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.SignedCheckpoint;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The terminal's chain: one transaction commits entries and the state that changes with them; then the second medium gets
 * them, then listeners hear of it. Used from the loop only.
 */
public final class Ledger {
    private static final int PAGE = 500;

    private final TerminalStore store;
    private final Identity identity;
    private final TimeOfEntries time;
    private final SecondMedium medium;
    private final List<Runnable> listeners = new ArrayList<>();
    private Head head;
    private @Nullable SignedCheckpoint acknowledged;
    private boolean acknowledgementRecorded;
    private Body.@Nullable RulesApplied rules;
    private long unnoted;
    private long disowned;
    private boolean retired;
    private boolean training;
    private Runnable onDisowned = () -> {};
    private final Body.@Nullable Genesis genesis;

    Ledger(
            TerminalStore store,
            Identity identity,
            TimeOfEntries time,
            SecondMedium medium,
            OwnChain.Checked checked,
            long disowned) {
        this.store = store;
        this.identity = identity;
        this.time = time;
        this.medium = medium;
        this.head = checked.head();
        this.acknowledged = checked.acknowledged();
        this.acknowledgementRecorded = checked.acknowledgementRecorded();
        this.rules = checked.rules();
        this.genesis = checked.genesis();
        this.disowned = disowned;
        time.last(checked.trusted());
        this.retired = checked.retired();
        this.training = checked.training();
        if (acknowledged != null) {
            time.vouched(acknowledged.checkpoint().hubTimeMillis());
        }
    }

    /**
     * Runs {@code work} in one transaction: its entries and its other changes are durable together, or nothing of them.
     *
     * @throws StorageFailed when nothing has happened
     */
    public <T> T commit(Work<T> work) throws StorageFailed {
        record Done<T>(T result, Writing writing) {}
        Done<T> done = store.inTransaction(connection -> {
            SignedCheckpoint unrecorded = acknowledgementRecorded ? null : acknowledged;
            Writing writing =
                    new Writing(connection, identity, time, head, retired ? null : unrecorded, rules, training);
            T result = work.run(writing);
            if (retired && !writing.appended().isEmpty()) {
                throw new SQLException("ledger " + identity.id() + " is retired: nothing follows its end");
            }
            return new Done<>(result, writing);
        });
        head = done.writing().head();
        rules = done.writing().rules();
        training = done.writing().training();
        acknowledgementRecorded = done.writing().recorded();
        List<SignedEntry> appended = done.writing().appended();
        for (SignedEntry each : appended) {
            time.written(each.entry().number(), each.entry().trusted());
            retired |= each.entry().body() instanceof Body.Retirement;
        }
        if (!appended.isEmpty()) {
            copyToMedium(appended);
            List.copyOf(listeners).forEach(Runnable::run);
        }
        return done.result();
    }

    /** The rules that it has named last; empty before any. */
    public Optional<Body.RulesApplied> rulesApplied() {
        return Optional.ofNullable(rules);
    }

    private void copyToMedium(List<SignedEntry> appended) {
        boolean worked = medium.working();
        medium.append(appended);
        if (medium.working() != worked && !retired) {
            note(worked ? Body.TechnicalEvent.SECOND_MEDIUM_LOST : Body.TechnicalEvent.SECOND_MEDIUM_BACK);
        }
    }

    private void note(int event) {
        try {
            commit(writing -> writing.append(new Body.TechnicalEvent(event, null)));
        } catch (StorageFailed failed) {
            // What was committed before stands, and its caller must hear so. Only this note of the medium is missing,
            // which
            // the status shows; that the store itself fails is found by whoever commits next.
            unnoted++;
        }
    }

    /** Events of the second medium that could not be noted. */
    public long unnoted() {
        return unnoted;
    }

    /**
     * Stores a verified acknowledgement; it becomes an entry before the next other one.
     *
     * @param chain the certificates by which anyone can check it, leaf first, root left out
     */
    public void acknowledge(SignedCheckpoint checkpoint, List<byte[]> chain) throws StorageFailed {
        store.inTransaction(connection -> {
            TerminalStore.keepCertificates(connection, chain);
            return Sql.update(
                    connection,
                    "INSERT INTO checkpoint(number, generation, bytes) VALUES(?, ?, ?) ON CONFLICT(number)"
                            + " DO UPDATE SET generation = excluded.generation, bytes = excluded.bytes",
                    checkpoint.checkpoint().number(),
                    checkpoint.checkpoint().generation(),
                    checkpoint.bytes());
        });
        acknowledged = checkpoint;
        acknowledgementRecorded = false;
        long hubTimeMillis = checkpoint.checkpoint().hubTimeMillis();
        long number = checkpoint.checkpoint().number();
        long entryTimeMillis = timeOf(number);
        time.compared(number, hubTimeMillis, entryTimeMillis, head.timeMillis());
        time.vouched(hubTimeMillis);
        time.agreed(hubTimeMillis, entryTimeMillis);
    }

    /** What the hub's last word before this start showed of the clock. */
    void compareAgain() throws StorageFailed {
        SignedCheckpoint word = acknowledged;
        if (word != null && word.checkpoint().number() <= head.number()) {
            long number = word.checkpoint().number();
            time.compared(number, word.checkpoint().hubTimeMillis(), timeOf(number), head.timeMillis());
        }
    }

    /** Names who knows how long a till may be without the hub, milliseconds: a clock far beyond that is not believed. */
    public void bounded(LongSupplier windowMillis) {
        time.bounded(windowMillis);
    }

    private long timeOf(long number) throws StorageFailed {
        try {
            byte[] entry = store.entries(number, 1).getFirst();
            return SignedEntry.decode(entry).entry().timeMillis();
        } catch (Malformed malformed) {
            throw new StorageFailed("entry " + number + " in store is damaged", malformed);
        }
    }

    /**
     * The hub has signed for an entry of this ledger that is not in it: database and second medium were rolled back. It
     * holds from this call on, and in the store once the call returns.
     *
     * @param number of that entry
     */
    public void disown(long number) throws StorageFailed {
        if (disowned == 0) {
            disowned = number;
            onDisowned.run();
        }
        store.inTransaction(connection -> {
            TerminalStore.setCounter(connection, TerminalStore.DISOWNED, disowned);
            return disowned;
        });
    }

    /** The entry by whose acknowledgement the ledger learnt that it is not its own past; 0 as long as it is. */
    public long disowned() {
        return disowned;
    }

    /** Whether the ledger has ended: nothing is written any more. */
    public boolean retired() {
        return retired;
    }

    /** Why nothing is sold any more, if the ledger has ended or is not its own past. */
    public Optional<Said> endedForGood() {
        if (disowned != 0) {
            return Optional.of(Said.of("ledger-rolled-back", identity.id().toString(), disowned));
        }
        return retired ? Optional.of(Said.of("ledger-retired", identity.id().toString())) : Optional.empty();
    }

    /** Whether a training has begun and not ended: nothing is sold, and no card is asked for anything. */
    public boolean training() {
        return training;
    }

    /** Why nothing is sold now: for good, or because the till practises. */
    public Optional<Said> sellsNot() {
        return endedForGood().or(() -> training ? Optional.of(Said.of("till-practises")) : Optional.empty());
    }

    /** Names who hears when the ledger is disowned, on the loop. */
    public void onDisowned(Runnable listener) {
        onDisowned = listener;
    }

    /** The newest acknowledgement of the hub, if there ever was one. */
    public Optional<SignedCheckpoint> acknowledged() {
        return Optional.ofNullable(acknowledged);
    }

    /** Where the chain ends. */
    public Head head() {
        return head;
    }

    /** Who writes here. */
    public Identity identity() {
        return identity;
    }

    /** How the ledger began, as far as it had begun when it was opened. */
    public Optional<Body.Genesis> genesis() {
        return Optional.ofNullable(genesis);
    }

    /** The tables, for reading and for state without entries. */
    public TerminalStore store() {
        return store;
    }

    /** The time an entry written now would bear, milliseconds since 1970. */
    public long timeMillis() {
        return time.notBefore(head.timeMillis());
    }

    /** Whether the second medium takes what is appended. */
    public boolean mediumWorking() {
        return medium.working();
    }

    /** Runs after each commit that appended something, on the loop. */
    public void onAppend(Runnable listener) {
        listeners.add(listener);
    }

    /** SHA-256 of an entry, if there is one of that number. */
    public Optional<byte[]> hashOf(long number) throws StorageFailed {
        return store.entries(number, 1).stream()
                .findFirst()
                .filter(bytes -> number >= 1 && number <= head.number())
                .map(bytes -> Hash.sha256(bytes));
    }

    /** Whole entries from a number on: at most so many, and at most so many bytes unless the first alone is larger. */
    public List<byte[]> from(long number, int entriesMax, int bytesMax) throws StorageFailed {
        List<byte[]> taken = new ArrayList<>();
        int bytes = 0;
        for (byte[] entry : store.entries(number, entriesMax)) {
            bytes += entry.length;
            if (!taken.isEmpty() && bytes > bytesMax) {
                break;
            }
            taken.add(entry);
        }
        return taken;
    }

    /** All entries, oldest first. */
    public List<byte[]> all() throws StorageFailed {
        List<byte[]> all = new ArrayList<>();
        List<byte[]> page = store.entries(1, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = store.entries(all.size() + 1L, PAGE);
        }
        return all;
    }

    /** What is done within one transaction of the ledger. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run(Writing writing) throws SQLException;
    }
}
