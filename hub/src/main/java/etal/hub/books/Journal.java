package etal.hub.books;

import etal.hub.books.Chart.Account;
import etal.hub.books.Chart.Leg;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes events as balanced postings and adds them up again. Used from the loop only, within a transaction. */
public final class Journal {
    private final Chart chart;

    /** A journal that posts by that chart. */
    public Journal(Chart chart) {
        this.chart = chart;
    }

    /** The chart it posts by. */
    public Chart chart() {
        return chart;
    }

    /**
     * Posts an event unless its reference is posted already or it moves nothing. The store refuses what does not
     * balance.
     *
     * @return whether it was posted now
     */
    public boolean post(Connection connection, Booking booking, long nowMillis) throws SQLException {
        if (posted(connection, booking.reference())) {
            return false;
        }
        long id = Sql.number(connection, "SELECT COALESCE(MAX(id), 0) + 1 FROM event");
        boolean moved = false;
        for (Leg leg : chart.legs(booking.event())) {
            long cents = booking.amountCents(leg.amount());
            if (cents < 0) {
                throw new IllegalStateException(booking.event() + " " + leg.amount() + " is negative: " + cents);
            }
            if (cents > 0) {
                write(connection, id, leg, leg.debit(), booking, cents, 0);
                write(connection, id, leg, leg.credit(), booking, 0, cents);
                moved = true;
            }
        }
        if (moved) {
            close(connection, id, booking, nowMillis);
        }
        return moved;
    }

    /** Whether an event with that reference is posted. */
    public boolean posted(Connection connection, String reference) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM event WHERE reference = ?", reference) > 0;
    }

    /** Credits less debits of an account, over all third parties. */
    public long creditCents(Connection connection, String role) throws SQLException {
        return Sql.number(
                connection,
                "SELECT COALESCE(SUM(credit_cents - debit_cents), 0) FROM posting WHERE account = ?",
                chart.account(role).number());
    }

    /** Credits less debits of an account for one third party. */
    public long creditCents(Connection connection, String role, String third) throws SQLException {
        return Sql.number(
                connection,
                "SELECT COALESCE(SUM(credit_cents - debit_cents), 0) FROM posting WHERE account = ? AND third = ?",
                chart.account(role).number(),
                third);
    }

    /** What an event of that name has moved between two accounts so far: the debit side of one. */
    public long debitedCents(Connection connection, String event, String role, Optional<String> third)
            throws SQLException {
        return Sql.number(
                connection,
                "SELECT COALESCE(SUM(debit_cents), 0) FROM posting JOIN event ON event.id = posting.event"
                        + " WHERE event.name = ? AND account = ? AND third = COALESCE(?, third)",
                event,
                chart.account(role).number(),
                third.orElse(null));
    }

    /** The balance of each account and third party with postings, by account and third party. */
    public List<Balance> balances(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT account, third, SUM(credit_cents - debit_cents) FROM posting"
                        + " GROUP BY account, third ORDER BY account, third",
                row -> new Balance(row.getString(1), row.getString(2), row.getLong(3)));
    }

    /** Credits less debits of one account and third party. */
    public record Balance(String account, String third, long creditCents) {}

    private void write(
            Connection connection, long event, Leg leg, String role, Booking booking, long debitCents, long creditCents)
            throws SQLException {
        Account account = chart.account(role);
        Sql.update(
                connection,
                "INSERT INTO posting (event, row, account, third, debit_cents, credit_cents) VALUES (?, ?, ?, ?, ?, ?)",
                event,
                leg.row(),
                account.number(),
                third(account, booking),
                debitCents,
                creditCents);
    }

    private static String third(Account account, Booking booking) {
        if (account.third().isEmpty()) {
            return "";
        }
        String third = booking.thirds().get(account.third());
        if (third == null) {
            throw new IllegalStateException(booking.event() + " names no " + account.third());
        }
        return third;
    }

    private static void close(Connection connection, long id, Booking booking, long nowMillis) throws SQLException {
        Booking.Source source = booking.source();
        Sql.update(
                connection,
                "INSERT INTO event (id, name, reference, day, booked_millis, terminal, epoch, number)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                booking.event(),
                booking.reference(),
                booking.day(),
                nowMillis,
                source == null ? null : source.terminal(),
                source == null ? null : source.epoch(),
                source == null ? null : source.number());
    }
}
