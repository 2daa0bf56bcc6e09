package etal.terminal.closing;

import etal.port.Database.Damaged;
import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Body.Closing.Undone;
import etal.protocol.ledger.SignedEntry;
import etal.terminal.basket.Details;
import etal.terminal.ledger.Ledger;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import etal.terminal.ledger.Writing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Closes a day, a month, a year: one entry with the fund's totals, counted from the entries, and the seller's own totals bound
 * to it by a salted hash. Asking again when nothing was sold since is the same closing. Used from the loop only.
 */
public final class Closings {
    private static final int SHOWN_MOST = 400;

    private final Ledger ledger;
    private final Entropy entropy;

    /** On an opened ledger. */
    public Closings(Ledger ledger, Entropy entropy) {
        this.ledger = ledger;
        this.entropy = entropy;
    }

    /** A closing and its place in the ledger. */
    public record Closed(long entry, Body.Closing closing, Totals totals) {}

    /**
     * What was sold since the last closing of a kind, closed by nothing yet.
     *
     * @param sales those since cancelled among them
     */
    public record Standing(long sales, long cancelled, Totals totals) {}

    /** Closes the day. */
    public Closed close(LocalDate day) throws StorageFailed {
        return close(Term.DAY, day);
    }

    /** Closes the day, month or year in which a day lies. */
    public Closed close(Term term, LocalDate day) throws StorageFailed {
        byte[] salt = entropy.bytes(Details.SALT_LENGTH);
        return ledger.commit(writing -> {
            Connection connection = writing.connection();
            Closed before = last(connection, term);
            DaySales sales = since(connection, before);
            if (before != null && sales.none() && before.closing().day().equals(term.name(day))) {
                return before;
            }
            return enter(writing, term, day, sales, before, salt);
        });
    }

    /** What a closing would say now. */
    public Standing standing(Term term) throws StorageFailed {
        return ledger.store().inTransaction(connection -> {
            DaySales sales = since(connection, last(connection, term));
            return new Standing(sales.count(), sales.cancelled(), sales.totals());
        });
    }

    /** The closings there are, the newest first. */
    public List<Closed> past() throws StorageFailed {
        return ledger.store().inTransaction(connection -> {
            List<Closed> past = new ArrayList<>();
            List<Long> numbers = Sql.rows(
                    connection,
                    "SELECT details.entry FROM details JOIN entry ON entry.number = details.entry"
                            + " WHERE details.closing = 1 ORDER BY details.entry DESC LIMIT ?",
                    row -> row.getLong(1),
                    SHOWN_MOST);
            for (long number : numbers) {
                past.add(closed(connection, number));
            }
            return past;
        });
    }

    /**
     * Closes what was left open: the day, month and year of the last sale, where that is not today's any more.
     *
     * @return what was closed
     */
    public List<Closed> overdue(LocalDate today, ZoneId zone) throws StorageFailed {
        List<Closed> closed = new ArrayList<>();
        for (Term term : Term.values()) {
            Optional<LocalDate> open = ledger.store().inTransaction(connection -> lastSold(connection, term, zone));
            if (open.isPresent()
                    && open.get().isBefore(today)
                    && !term.name(open.get()).equals(term.name(today))) {
                closed.add(close(term, open.get()));
            }
        }
        return closed;
    }

    /** The day of the last sale or cancellation that no closing of this kind has counted. */
    private static Optional<LocalDate> lastSold(Connection connection, Term term, ZoneId zone) throws SQLException {
        Optional<byte[]> entry = Sql.first(
                connection,
                "SELECT bytes FROM entry WHERE number = (SELECT MAX(details.entry) FROM details WHERE closing = 0)"
                        + " AND number > ?",
                row -> row.getBytes(1),
                TerminalStore.counter(connection, TerminalStore.LAST_CLOSING + term.code()));
        return entry.isEmpty()
                ? Optional.empty()
                : Optional.of(LocalDate.ofInstant(
                        Instant.ofEpochMilli(own(entry.get()).entry().timeMillis()), zone));
    }

    private static DaySales since(Connection connection, @Nullable Closed before) throws SQLException {
        return before == null
                ? DaySales.after(connection, 0, Totals.none())
                : DaySales.after(connection, before.entry(), before.totals());
    }

    private static @Nullable Closed last(Connection connection, Term term) throws SQLException {
        long last = TerminalStore.counter(connection, TerminalStore.LAST_CLOSING + term.code());
        return last == 0 ? null : closed(connection, last);
    }

    private static Closed enter(
            Writing writing, Term term, LocalDate day, DaySales sales, @Nullable Closed before, byte[] salt)
            throws SQLException {
        long perpetualCardCents = before == null ? 0 : before.closing().perpetualCardCents();
        long perpetualBackCents = before == null ? 0 : before.closing().undone().perpetualCardCents();
        Body.Closing closing = new Body.Closing(
                term.code(),
                term.name(day),
                sales.count(),
                sales.cardCents(),
                Math.addExact(perpetualCardCents, sales.cardCents()),
                Hash.sha256(salt, sales.totals().encode()),
                new Undone(sales.cancelled(), sales.backCents(), Math.addExact(perpetualBackCents, sales.backCents())));
        SignedEntry entry = writing.append(closing);
        Sql.update(
                writing.connection(),
                "INSERT INTO details(entry, salt, blob, closing) VALUES(?, ?, ?, 1)",
                entry.entry().number(),
                salt,
                sales.totals().encode());
        return new Closed(entry.entry().number(), closing, sales.totals());
    }

    /** A closing taken back from the second medium has no totals here: those start anew. */
    private static Closed closed(Connection connection, long number) throws SQLException {
        byte[] bytes = Sql.first(connection, "SELECT bytes FROM entry WHERE number = ?", row -> row.getBytes(1), number)
                .orElseThrow(() -> new Damaged("a closing without its entry"));
        Optional<byte[]> blob =
                Sql.first(connection, "SELECT blob FROM details WHERE entry = ?", row -> row.getBytes(1), number);
        try {
            Totals totals = blob.isPresent() ? Totals.decode(blob.get()) : Totals.none();
            if (own(bytes).entry().body() instanceof Body.Closing closing) {
                return new Closed(number, closing, totals);
            }
            throw new Damaged("entry " + number + " is no closing");
        } catch (Malformed malformed) {
            throw new Damaged("a closing does not read", malformed);
        }
    }

    private static SignedEntry own(byte[] entry) throws SQLException {
        try {
            return SignedEntry.decode(entry);
        } catch (Malformed malformed) {
            throw new Damaged("an entry does not read", malformed);
        }
    }
}
