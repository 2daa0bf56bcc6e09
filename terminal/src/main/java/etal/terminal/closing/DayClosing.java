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
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Closes a day: one entry with the fund's totals, counted from the entries, and the seller's own totals bound to it by a
 * salted hash. Asking again when nothing was sold since is the same closing. Used from the loop only.
 */
public final class DayClosing {
    private static final String LAST = TerminalStore.LAST_CLOSING + Body.Closing.DAY;

    private final Ledger ledger;
    private final Entropy entropy;

    /** On an opened ledger. */
    public DayClosing(Ledger ledger, Entropy entropy) {
        this.ledger = ledger;
        this.entropy = entropy;
    }

    /** A closing and its place in the ledger. */
    public record Closed(long entry, Body.Closing closing, Totals totals) {}

    /** Closes the day. */
    public Closed close(LocalDate day) throws StorageFailed {
        byte[] salt = entropy.bytes(Details.SALT_LENGTH);
        return ledger.commit(writing -> {
            Connection connection = writing.connection();
            long last = TerminalStore.counter(connection, LAST);
            Closed before = last == 0 ? null : closed(connection, last);
            DaySales sales = DaySales.after(connection, last, before == null ? Totals.none() : before.totals());
            if (before != null && sales.none() && before.closing().day().equals(day.toString())) {
                return before;
            }
            return enter(writing, day, sales, before, salt);
        });
    }

    private static Closed enter(Writing writing, LocalDate day, DaySales sales, @Nullable Closed before, byte[] salt)
            throws SQLException {
        long perpetualCardCents = before == null ? 0 : before.closing().perpetualCardCents();
        long perpetualBackCents = before == null ? 0 : before.closing().undone().perpetualCardCents();
        Body.Closing closing = new Body.Closing(
                Body.Closing.DAY,
                day.toString(),
                sales.count(),
                sales.cardCents(),
                Math.addExact(perpetualCardCents, sales.cardCents()),
                Hash.sha256(salt, sales.totals().encode()),
                new Undone(sales.cancelled(), sales.backCents(), Math.addExact(perpetualBackCents, sales.backCents())));
        SignedEntry entry = writing.append(closing);
        Sql.update(
                writing.connection(),
                "INSERT INTO details(entry, salt, blob) VALUES(?, ?, ?)",
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
            if (SignedEntry.decode(bytes).entry().body() instanceof Body.Closing closing) {
                return new Closed(number, closing, totals);
            }
            throw new Damaged("entry " + number + " is no closing");
        } catch (Malformed malformed) {
            throw new Damaged("a closing does not read", malformed);
        }
    }
}
