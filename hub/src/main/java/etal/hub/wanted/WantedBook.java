package etal.hub.wanted;

import etal.hub.books.Sql;
import etal.protocol.sync.WantedRecords;
import etal.protocol.sync.WantedRecords.Span;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What is missing of each card's records as far as its ring still holds them: counters below one that has come, and those
 * that stalls have in doubt. Kept in the store, so that a message that changes nothing costs one look. Stateless; within a
 * transaction.
 */
public final class WantedBook {
    /** As many records as a card keeps, the newest included. */
    private static final int RING = 16;

    /** Questions of one card that are asked at once: whoever holds a terminal can invent as many as it likes. */
    private static final int DOUBTS_MAX = 8;

    private static final String NEWEST =
            "COALESCE((SELECT MAX(n.counter) FROM card_record AS n WHERE n.card = c.card), 0)";

    private static final String MAYBE = "SELECT c.card FROM card AS c"
            + " WHERE EXISTS (SELECT 1 FROM wanted AS w WHERE w.card = c.card)"
            + " OR EXISTS (SELECT 1 FROM doubt AS d WHERE d.card = c.card AND d.counter > " + NEWEST + " - " + RING
            + ")"
            + " OR (SELECT COUNT(*) FROM card_record AS r WHERE r.card = c.card AND r.counter > 0"
            + " AND r.counter > " + NEWEST + " - " + RING + ")"
            + " < CASE WHEN " + NEWEST + " < " + RING + " THEN " + NEWEST + " ELSE " + RING + " END"
            + " ORDER BY c.card";

    private static final long COUNTER_MAX = 0xffff_ffffL;

    private WantedBook() {}

    /**
     * Looks again at what is missing of every card: after an update of the program, or a restored store. Of most cards nothing
     * is wanted, no question is open within the ring, and all records of the ring are there: one look at all tells.
     */
    public static void all(Connection connection) throws SQLException {
        for (byte[] card : Sql.list(connection, MAYBE, row -> row.getBytes(1))) {
            of(connection, card);
        }
    }

    /** Looks again at what is missing of one card, because something of it has come. A card that is not the fund's is passed over. */
    public static void of(Connection connection, byte[] card) throws SQLException {
        List<Span> missing = missing(connection, card);
        List<Span> known = Sql.list(
                connection,
                "SELECT first_counter, last_counter FROM wanted WHERE card = ? ORDER BY first_counter",
                row -> new Span(card, row.getLong(1), row.getLong(2)),
                card);
        if (same(missing, known)) {
            return;
        }
        Sql.update(connection, "DELETE FROM wanted WHERE card = ?", card);
        for (Span span : missing) {
            Sql.update(
                    connection,
                    "INSERT INTO wanted (card, first_counter, last_counter) VALUES (?, ?, ?)",
                    card,
                    span.first(),
                    span.last());
        }
    }

    /** A record has come: mostly it follows the newest, nothing was missing, and two looks say so. */
    public static void came(Connection connection, byte[] card, long counter) throws SQLException {
        long aboutIt = Sql.number(
                connection,
                "SELECT COUNT(*) FROM card_record WHERE card = ? AND counter >= ?",
                card,
                Math.max(1, counter - 1));
        boolean follows = aboutIt == (counter > 1 ? 2 : 1);
        if (!follows || Sql.number(connection, "SELECT COUNT(*) FROM wanted WHERE card = ?", card) > 0) {
            of(connection, card);
        }
    }

    /** The stall has closed a question: what it asked for may not be wanted any more. */
    public static void closed(Connection connection, long terminal, long epoch, long sale) throws SQLException {
        for (byte[] card : Sql.list(
                connection,
                "SELECT DISTINCT card FROM doubt WHERE terminal = ? AND epoch = ? AND sale = ? ORDER BY card",
                row -> row.getBytes(1),
                terminal,
                epoch,
                sale)) {
            of(connection, card);
        }
    }

    /** What is wanted now; of more than fits one document the first cards. */
    public static WantedRecords open(Connection connection) throws SQLException {
        return new WantedRecords(Sql.list(
                connection,
                "SELECT card, first_counter, last_counter FROM wanted ORDER BY card, first_counter LIMIT "
                        + WantedRecords.SPANS_MAX,
                row -> new Span(row.getBytes(1), row.getLong(2), row.getLong(3))));
    }

    private static List<Span> missing(Connection connection, byte[] card) throws SQLException {
        boolean ours = Sql.number(connection, "SELECT COUNT(*) FROM card WHERE card = ?", card) > 0;
        if (!ours) {
            return List.of();
        }
        long newest = Sql.number(connection, "SELECT COALESCE(MAX(counter), 0) FROM card_record WHERE card = ?", card);
        TreeSet<Long> missing = new TreeSet<>();
        for (long counter = Math.max(1, newest - RING + 1); counter < newest; counter++) {
            missing.add(counter);
        }
        missing.addAll(inDoubt(connection, card, Math.max(1, newest - RING + 1)));
        missing.removeAll(Sql.list(
                connection,
                "SELECT counter FROM card_record WHERE card = ? AND counter > ? ORDER BY counter",
                row -> row.getLong(1),
                card,
                newest - RING));
        return spans(card, missing);
    }

    /** Without those that the stall itself has found not to have happened: 3, given up undone, is none of these. */
    private static List<Long> inDoubt(Connection connection, byte[] card, long least) throws SQLException {
        return Sql.list(
                connection,
                "SELECT DISTINCT d.counter FROM doubt AS d WHERE d.card = ? AND d.counter BETWEEN ? AND ?"
                        + " AND NOT EXISTS (SELECT 1 FROM card_record AS r WHERE r.card = d.card AND r.counter = d.counter)"
                        + " AND NOT EXISTS (SELECT 1 FROM abandoned AS a WHERE a.terminal = d.terminal"
                        + " AND a.epoch = d.epoch AND a.sale = d.sale AND a.cancelling = d.cancelling"
                        + " AND a.number > d.number AND a.reason <> 3)"
                        + " ORDER BY d.counter LIMIT " + DOUBTS_MAX,
                row -> row.getLong(1),
                card,
                least,
                COUNTER_MAX);
    }

    private static List<Span> spans(byte[] card, TreeSet<Long> counters) {
        List<Span> spans = new ArrayList<>();
        long first = 0;
        long last = 0;
        for (long counter : counters) {
            if (first > 0 && counter > last + 1) {
                spans.add(new Span(card, first, last));
                first = 0;
            }
            first = first == 0 ? counter : first;
            last = counter;
        }
        if (first > 0) {
            spans.add(new Span(card, first, last));
        }
        return spans;
    }

    private static boolean same(List<Span> some, List<Span> others) {
        return Arrays.equals(new WantedRecords(some).encode(), new WantedRecords(others).encode());
    }
}
