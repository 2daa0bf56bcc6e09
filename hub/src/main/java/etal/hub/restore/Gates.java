package etal.hub.restore;

import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a restored hub from paying and issuing what it may have forgotten: every terminal of the register read back, the
 * bank's statement entered, cards in the field given their time. Once all is there the gates stay open. Stateless but for
 * what it is told and a card that it waited for last; within a transaction.
 */
public final class Gates {
    private static final String NEWEST =
            "SELECT c.card, (SELECT r.bytes FROM card_record AS r WHERE r.card = c.card ORDER BY r.counter DESC LIMIT 1)"
                    + " FROM card AS c WHERE NOT EXISTS (SELECT 1 FROM card_record AS b WHERE b.card = c.card"
                    + " AND b.tag = 'BLOCKED')";

    private final Fund fund;
    private final Duration cardsWindow;
    private byte @Nullable [] waitedFor;

    /**
     * The gates of that fund's hub.
     *
     * @param offlineDaysMost the scheme's days that a terminal may hear nothing
     */
    public Gates(Fund fund, int offlineDaysMost) {
        this.fund = fund;
        cardsWindow = Duration.ofDays(offlineDaysMost);
    }

    /** Whether they are closed; one look where they are not. */
    public static boolean closed(Connection connection) throws SQLException {
        return closedIn(connection).isPresent();
    }

    private record Row(long generation, long restoredMillis, long knownMillis, boolean statement) {}

    private static Optional<Row> closedIn(Connection connection) throws SQLException {
        return Sql.first(
                connection,
                "SELECT generation, restored_millis, known_millis, statement_millis FROM restored"
                        + " WHERE opened_millis IS NULL ORDER BY generation DESC",
                row -> new Row(row.getLong(1), row.getLong(2), row.getLong(3), row.getObject(4) != null));
    }

    /** What the store alone says of closed gates: neither the register nor the scheme's window stands there. */
    public static Optional<Standing> unread(Connection connection) throws SQLException {
        return closedIn(connection)
                .map(row -> new Standing(
                        row.generation(), row.restoredMillis(), row.knownMillis(), List.of(), !row.statement(), 0, 0));
    }

    /** While they are closed: the newest that the backup knew of, milliseconds since 1970. */
    public static Optional<Long> knownMillis(Connection connection) throws SQLException {
        return closedIn(connection).map(Row::knownMillis);
    }

    /** The last month whose token may be published: while the gates are closed no other than the backup knew of. */
    public static long lastPeriod(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT last_period FROM restored WHERE opened_millis IS NULL ORDER BY generation DESC",
                        row -> row.getLong(1))
                .orElse(Long.MAX_VALUE);
    }

    /** What is waited for; empty while the gates are open. */
    public Optional<Standing> standing(Connection connection, long nowMillis) throws SQLException {
        Optional<Row> closed = closedIn(connection);
        if (closed.isEmpty()) {
            return Optional.empty();
        }
        Row row = closed.get();
        long untilMillis = untilMillis(row);
        return Optional.of(new Standing(
                row.generation(),
                row.restoredMillis(),
                row.knownMillis(),
                List.copyOf(awaited(connection, row.generation())),
                !row.statement(),
                untilMillis,
                nowMillis >= untilMillis ? 0 : unseen(connection, row.restoredMillis())));
    }

    private long untilMillis(Row row) {
        return row.restoredMillis() + cardsWindow.toMillis();
    }

    /** Opens them if nothing is waited for any more; true when that happened now. */
    public boolean open(Connection connection, long nowMillis) throws SQLException {
        Optional<Row> closed = closedIn(connection);
        // In this order, because it is asked after each message, and the cards are many.
        return closed.isPresent()
                && closed.get().statement()
                && awaited(connection, closed.get().generation()).isEmpty()
                && !(nowMillis < untilMillis(closed.get())
                        && unseenYet(connection, closed.get().restoredMillis()))
                && standing(connection, nowMillis).map(Standing::nothingAwaited).orElse(false)
                && Sql.update(
                                connection,
                                "UPDATE restored SET opened_millis = ? WHERE opened_millis IS NULL",
                                nowMillis)
                        > 0;
    }

    /**
     * A terminal has said itself, after the restore, how far it has come, and the hub holds all of it.
     *
     * @param saidMillis its time when it said so
     * @return whether it counts as read back now
     */
    public boolean readBack(Connection connection, LedgerId ledger, long saidMillis, long nowMillis)
            throws SQLException {
        Optional<Row> closed = closedIn(connection);
        return closed.isPresent()
                && saidMillis >= closed.get().restoredMillis()
                && newest(connection, ledger)
                && awaited(connection, closed.get().generation()).contains(ledger.terminal())
                && note(connection, closed.get().generation(), ledger.terminal(), null, nowMillis) > 0;
    }

    /** An older epoch's word says nothing of what the terminal has sold since. */
    private static boolean newest(Connection connection, LedgerId ledger) throws SQLException {
        return ledger.epoch()
                >= Sql.number(
                        connection, "SELECT COALESCE(MAX(epoch), 0) FROM ledger WHERE terminal = ?", ledger.terminal());
    }

    /**
     * The operator's word that a terminal will never be read back: what only it had is left to cards and second media.
     *
     * @return whether it was waited for
     */
    public boolean lost(Connection connection, long terminal, String by, long nowMillis) throws SQLException {
        Optional<Row> closed = closedIn(connection);
        return closed.isPresent()
                && awaited(connection, closed.get().generation()).contains(terminal)
                && note(connection, closed.get().generation(), terminal, by, nowMillis) > 0;
    }

    /**
     * The operator's word that all lines of the bank's statement since the backup are entered, and all runs handed in since.
     *
     * @return whether it was waited for
     */
    public boolean statementEntered(Connection connection, String by, long nowMillis) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE restored SET statement_by = ?, statement_millis = ?"
                                + " WHERE opened_millis IS NULL AND statement_millis IS NULL",
                        by,
                        nowMillis)
                > 0;
    }

    /** Whether every terminal has been read back or is named as lost; also once the gates are open. */
    public boolean readBack(Connection connection) throws SQLException {
        Optional<Row> closed = closedIn(connection);
        return closed.isEmpty()
                || awaited(connection, closed.get().generation()).isEmpty();
    }

    private static int note(
            Connection connection, long generation, long terminal, @Nullable String lostBy, long nowMillis)
            throws SQLException {
        return Sql.update(
                connection,
                "INSERT INTO restored_terminal (generation, terminal, read_back_millis, lost_by) VALUES (?, ?, ?, ?)",
                generation,
                terminal,
                nowMillis,
                lostBy);
    }

    private TreeSet<Long> awaited(Connection connection, long generation) throws SQLException {
        TreeSet<Long> awaited = new TreeSet<>();
        fund.pointsOfSale().forEach(point -> awaited.add(point.terminal()));
        Sql.list(
                        connection,
                        "SELECT terminal FROM restored_terminal WHERE generation = ? ORDER BY terminal",
                        row -> row.getLong(1),
                        generation)
                .forEach(awaited::remove);
        return awaited;
    }

    /** Cards that may still pay and of which nothing has come that they have signed since. */
    private long unseen(Connection connection, long sinceMillis) throws SQLException {
        List<Newest> unseen = Sql.list(
                        connection, NEWEST + " ORDER BY c.card", row -> new Newest(row.getBytes(1), row.getBytes(2)))
                .stream()
                .filter(newest -> newest.signedMillis() < sinceMillis)
                .toList();
        waitedFor = unseen.isEmpty() ? null : unseen.getFirst().card();
        return unseen.size();
    }

    /** Whether the card that was waited for when all were looked at is waited for yet: mostly that tells enough. */
    private boolean unseenYet(Connection connection, long sinceMillis) throws SQLException {
        byte[] card = waitedFor;
        return card != null
                && Sql.first(
                                connection,
                                NEWEST + " AND c.card = ?",
                                row -> new Newest(row.getBytes(1), row.getBytes(2)),
                                card)
                        .filter(newest -> newest.signedMillis() < sinceMillis)
                        .isPresent();
    }

    /** A card and its newest record, if there is one. Arrays not copied: nobody may change them. */
    private record Newest(byte[] card, byte @Nullable [] record) {
        private long signedMillis() {
            byte[] bytes = record;
            return bytes == null ? Long.MIN_VALUE : Gates.signedMillis(bytes);
        }
    }

    private static long signedMillis(byte[] record) {
        try {
            return CardRecord.decode(record).timeSeconds() * 1_000;
        } catch (Malformed e) {
            // The check of the store names it; here it counts as not seen.
            return 0;
        }
    }
}
