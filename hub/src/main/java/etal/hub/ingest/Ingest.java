package etal.hub.ingest;

import etal.hub.books.Booking.Source;
import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.ingest.Received.Branch;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.Loads;
import etal.hub.members.Rulebook;
import etal.hub.members.TerminalKeys;
import etal.hub.members.TerminalKeys.Known;
import etal.hub.orders.OrderDesk;
import etal.hub.orders.Refunds;
import etal.hub.orders.TakenOrders;
import etal.hub.restore.MonthTokens;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Batch;
import etal.protocol.trust.Verified;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Batches into entries and postings: a function of (batch, transaction). A batch may come any number of times and in any
 * order with others; each entry is taken once. What fails is quarantined with its reason and never dropped. An entry
 * whose content is wrong is stored and moves no money; where the chain itself breaks, nothing from there on is taken or
 * acknowledged. Used from the loop only.
 */
public final class Ingest {
    private static final int ROUNDS_MOST = 8;

    private final Fund fund;
    private final ZoneId zone;
    private final TerminalKeys terminals;
    private final Acknowledgements acknowledgements;
    private final CardRecords records;
    private final Bodies bodies;

    /** An ingest that posts by that journal, under the rules of that book and those tokens; days are of that zone. */
    public Ingest(
            Fund fund,
            ZoneId zone,
            HubKeys keys,
            Rulebook rulebook,
            Journal journal,
            OrderDesk orders,
            MonthTokens tokens) {
        this.fund = fund;
        this.zone = zone;
        terminals = new TerminalKeys(keys.rootDer(), fund.id());
        acknowledgements = new Acknowledgements(keys);
        records = new CardRecords(new Loads(journal), tokens, new TakenOrders(orders.book(), journal, orders.gates()));
        bodies = new Bodies(
                keys,
                new Sales(fund, rulebook, journal, records),
                new Cancellations(fund, journal, records),
                new SealedRecords(keys.sealScalar(), records),
                new Doubts(journal, records, new Refunds(orders.book())));
    }

    /**
     * What came of one batch.
     *
     * @param ledger whose it was
     * @param ahead number of the first entry that came too early, if one did
     */
    public record Taken(LedgerId ledger, OptionalLong ahead) {}

    /** Takes one message from a terminal; empty when it is no batch of a terminal of this fund. */
    public Optional<Taken> take(Connection connection, byte[] message, long nowMillis) throws SQLException {
        Batch batch;
        try {
            batch = Batch.decode(message);
        } catch (Malformed e) {
            Quarantine.keep(connection, Reason.MALFORMED, reason(e), null, message, null, nowMillis);
            return Optional.empty();
        }
        return new Walk(connection, batch, nowMillis).take(message);
    }

    /**
     * Takes again what failed only because the hub did not know its card, seller or rules yet. What they are known for
     * now is paid; the row in quarantine stays, marked resolved. One may have waited for another.
     */
    public void again(Connection connection, long nowMillis) throws SQLException {
        boolean more = true;
        for (int round = 0; more && round < ROUNDS_MOST; round++) {
            more = new Again(connection, bodies, zone, nowMillis).all();
        }
    }

    /** Whether records of cards have come since this was asked last: they may tell a restored hub what it has forgotten. */
    public boolean recordsCame() {
        return records.stored();
    }

    /**
     * The signed checkpoint of all that the hub holds of a ledger; empty while it holds nothing. Made once for the
     * batches of a transaction and sent only after it has committed.
     */
    public Optional<byte[]> acknowledge(Connection connection, LedgerId ledger, long nowMillis) throws SQLException {
        Chain chain = Chain.load(connection, ledger);
        return chain.number() == 0
                ? Optional.empty()
                : Optional.of(acknowledgements.of(connection, ledger, chain, nowMillis));
    }

    /** The last entry of a ledger that the hub holds without a gap; 0 while it holds none. */
    public long held(Connection connection, LedgerId ledger) throws SQLException {
        return Chain.load(connection, ledger).number();
    }

    /** The first entry the hub lacks below {@code ahead}, if it lacks one. */
    public OptionalLong missing(Connection connection, LedgerId ledger, long ahead) throws SQLException {
        long number = held(connection, ledger);
        return number < ahead ? OptionalLong.of(number + 1) : OptionalLong.empty();
    }

    /** The terminal whose chain the hub took with that ledger; empty while it holds none, or none that is valid now. */
    public Optional<Verified> terminal(Connection connection, LedgerId ledger, long nowMillis) throws SQLException {
        List<byte[]> chain = Sql.list(
                connection,
                "SELECT der FROM certificate WHERE terminal = ? AND epoch = ? ORDER BY position",
                row -> row.getBytes(1),
                ledger.terminal(),
                ledger.epoch());
        try {
            return chain.isEmpty()
                    ? Optional.empty()
                    : Optional.of(terminals.of(ledger, chain, nowMillis))
                            .filter(known -> known.vouchesFor(nowMillis, nowMillis))
                            .map(Known::leaf);
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private static String reason(Malformed e) {
        return String.valueOf(e.getMessage());
    }

    /** One batch on its way. */
    private final class Walk {
        private final Connection connection;
        private final Batch batch;
        private final LedgerId ledger;
        private final long nowMillis;
        private Chain chain;
        private OptionalLong ahead = OptionalLong.empty();

        Walk(Connection connection, Batch batch, long nowMillis) throws SQLException {
            this.connection = connection;
            this.batch = batch;
            this.nowMillis = nowMillis;
            ledger = new LedgerId(batch.terminal(), batch.epoch());
            chain = Chain.load(connection, ledger);
        }

        Optional<Taken> take(byte[] message) throws SQLException {
            Known leaf;
            try {
                leaf = terminals.of(ledger, batch.certificates(), nowMillis);
            } catch (Malformed e) {
                Quarantine.keep(connection, Reason.UNTRUSTED_CHAIN, reason(e), null, message, null, nowMillis);
                return Optional.empty();
            }
            Chain before = chain;
            for (byte[] bytes : batch.entries()) {
                if (!step(bytes, leaf)) {
                    break;
                }
            }
            if (chain.number() > before.number()) {
                if (before.number() == 0) {
                    storeCertificates();
                }
                chain.store(connection, ledger);
            }
            return Optional.of(new Taken(ledger, ahead));
        }

        /** Takes one entry; false when nothing after it can be taken. */
        private boolean step(byte[] bytes, Known known) throws SQLException {
            Verified leaf = known.leaf();
            SignedEntry signed;
            try {
                signed = SignedEntry.decode(bytes);
            } catch (Malformed e) {
                return broken(Reason.MALFORMED, reason(e), chain.number() + 1, bytes);
            }
            Entry entry = signed.entry();
            if (!entry.ledger().equals(ledger)) {
                return broken(Reason.WRONG_LEDGER, entry.ledger().toString(), entry.number(), bytes);
            }
            if (entry.number() > chain.number() + 1 && !followsFork(entry)) {
                ahead = OptionalLong.of(entry.number());
                return false;
            }
            byte[] hash = signed.hash();
            boolean next = entry.number() == chain.number() + 1;
            if (!next && Arrays.equals(hash, storedHash(entry.number()))) {
                return true;
            }
            if (!Arrays.equals(signed.kid(), leaf.leafHash()) || !signed.verify(leaf.leafPublicKey65())) {
                return broken(Reason.BAD_SIGNATURE, "", entry.number(), bytes);
            }
            if (!known.vouchesFor(entry.timeMillis(), nowMillis)) {
                if (!Epochs.vouches(connection, ledger, entry.number())) {
                    return broken(
                            Reason.UNTRUSTED_CHAIN, "written after its certificate had ended", entry.number(), bytes);
                }
                Quarantine.vouchedFor(connection, hash, nowMillis);
            }
            return next && Arrays.equals(entry.previous(), chain.head()) ? extend(signed, hash) : fork(signed, hash);
        }

        private boolean extend(SignedEntry signed, byte[] hash) throws SQLException {
            Entry entry = signed.entry();
            if ((entry.number() == 1) != (entry.body() instanceof Body.Genesis) || !genesisFits(entry.body())) {
                return broken(Reason.WRONG_GENESIS, "", entry.number(), signed.bytes());
            }
            Received received = Received.of(signed, hash, Branch.CHAIN, zone, nowMillis);
            store(received);
            chain = bodies.take(connection, received, chain).extended(entry.number(), hash);
            return true;
        }

        private boolean genesisFits(Body body) {
            if (!(body instanceof Body.Genesis genesis)) {
                return true;
            }
            List<byte[]> hashes =
                    batch.certificates().stream().map(Hash::sha256).toList();
            boolean fits =
                    genesis.fund() == fund.id() && genesis.certificateHashes().size() == hashes.size();
            for (int i = 0; fits && i < hashes.size(); i++) {
                fits = Arrays.equals(hashes.get(i), genesis.certificateHashes().get(i));
            }
            return fits;
        }

        /** Else a branch longer than the ledger would be asked for again and again, and its sales never taken. */
        private boolean followsFork(Entry entry) throws SQLException {
            return Sql.number(
                            connection,
                            "SELECT COUNT(*) FROM fork WHERE hash = ? AND terminal = ? AND epoch = ? AND number = ?",
                            entry.previous(),
                            entry.terminal(),
                            entry.epoch(),
                            entry.number() - 1)
                    > 0;
        }

        /** Both branches are kept: the one that came first as the ledger, the other beside it. */
        private boolean fork(SignedEntry signed, byte[] hash) throws SQLException {
            Entry entry = signed.entry();
            boolean known = Sql.number(connection, "SELECT COUNT(*) FROM fork WHERE hash = ?", hash) > 0;
            if (known) {
                return true;
            }
            if (!Quarantine.fitsBeside(connection, entry.terminal(), signed.bytes().length)) {
                return false;
            }
            Sql.update(
                    connection,
                    "INSERT INTO fork (hash, terminal, epoch, number, received_millis, bytes)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    hash,
                    entry.terminal(),
                    entry.epoch(),
                    entry.number(),
                    nowMillis,
                    signed.bytes());
            bodies.takeFork(connection, Received.of(signed, hash, Branch.FORK, zone, nowMillis), chain);
            return true;
        }

        private boolean broken(Reason reason, String detail, long number, byte[] bytes) throws SQLException {
            Source source = new Source(batch.terminal(), batch.epoch(), number);
            Quarantine.keep(connection, reason, detail, source, bytes, null, nowMillis);
            return false;
        }

        private byte[] storedHash(long number) throws SQLException {
            return Sql.first(
                            connection,
                            "SELECT hash FROM entry WHERE terminal = ? AND epoch = ? AND number = ?",
                            row -> row.getBytes(1),
                            batch.terminal(),
                            batch.epoch(),
                            number)
                    .orElse(new byte[0]);
        }

        private void store(Received received) throws SQLException {
            Entry entry = received.entry();
            Sql.update(
                    connection,
                    "INSERT INTO entry (terminal, epoch, number, kind, time_millis, day, received_millis, bytes, hash)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    entry.terminal(),
                    entry.epoch(),
                    entry.number(),
                    entry.body().kind(),
                    entry.timeMillis(),
                    received.day(),
                    nowMillis,
                    received.signed().bytes(),
                    received.hash());
        }

        private void storeCertificates() throws SQLException {
            for (int i = 0; i < batch.certificates().size(); i++) {
                Sql.update(
                        connection,
                        "INSERT INTO certificate (terminal, epoch, position, der) VALUES (?, ?, ?, ?)",
                        batch.terminal(),
                        batch.epoch(),
                        i,
                        batch.certificates().get(i));
            }
        }
    }
}
