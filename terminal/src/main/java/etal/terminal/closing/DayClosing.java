package etal.terminal.closing;

import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.terminal.basket.Details;
import etal.terminal.ledger.Ledger;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import etal.terminal.ledger.Writing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * Closes a day: one entry with the fund's totals, and the seller's own totals bound to it by a salted hash. Asking again
 * when nothing was sold since is the same closing. Used from the loop only.
 */
public final class DayClosing {
    private static final String LAST = "closing entry";

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
            Closed before = last == 0 ? null : read(connection, last);
            List<Details> sales = salesAfter(connection, last);
            if (before != null && sales.isEmpty() && before.closing().day().equals(day.toString())) {
                return before;
            }
            long perpetualCents = before == null ? 0 : before.totals().perpetualCents();
            long perpetualCardCents = before == null ? 0 : before.closing().perpetualCardCents();
            Totals totals = Totals.none(perpetualCents);
            for (Details sale : sales) {
                totals = totals.plus(sale);
            }
            Body.Closing closing = new Body.Closing(
                    Body.Closing.DAY,
                    day.toString(),
                    sales.size(),
                    totals.cardCents(),
                    Math.addExact(perpetualCardCents, totals.cardCents()),
                    Hash.sha256(salt, totals.encode()));
            return enter(writing, closing, totals, salt);
        });
    }

    private static Closed enter(Writing writing, Body.Closing closing, Totals totals, byte[] salt) throws SQLException {
        SignedEntry entry = writing.append(closing);
        Sql.update(
                writing.connection(),
                "INSERT INTO details(entry, salt, blob) VALUES(?, ?, ?)",
                entry.entry().number(),
                salt,
                totals.encode());
        TerminalStore.setCounter(writing.connection(), LAST, entry.entry().number());
        return new Closed(entry.entry().number(), closing, totals);
    }

    /** Every details blob after a closing is a sale's: closings come one after the other. */
    private static List<Details> salesAfter(Connection connection, long entry) throws SQLException {
        return Sql.rows(
                connection,
                "SELECT blob FROM details WHERE entry > ? ORDER BY entry",
                row -> Details.decodeOwn(row.getBytes(1)),
                entry);
    }

    private static Closed read(Connection connection, long number) throws SQLException {
        try {
            byte[] bytes = Sql.first(
                            connection, "SELECT bytes FROM entry WHERE number = ?", row -> row.getBytes(1), number)
                    .orElseThrow(() -> new IllegalStateException("a closing without its entry"));
            byte[] blob = Sql.first(
                            connection, "SELECT blob FROM details WHERE entry = ?", row -> row.getBytes(1), number)
                    .orElseThrow(() -> new IllegalStateException("a closing without its totals"));
            if (SignedEntry.decode(bytes).entry().body() instanceof Body.Closing closing) {
                return new Closed(number, closing, Totals.decode(blob));
            }
            throw new IllegalStateException("entry " + number + " is no closing");
        } catch (Malformed malformed) {
            throw new IllegalStateException("an own closing does not read", malformed);
        }
    }
}
