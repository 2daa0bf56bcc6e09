package etal.hub.view;

import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.members.PointOfSale;
import etal.hub.reconcile.Evening;
import etal.hub.sync.RollCall;
import etal.hub.sync.RollCall.Standing;
import etal.hub.view.Board.Figures;
import etal.hub.view.Board.PayoutLine;
import etal.hub.view.Board.StallLine;
import etal.protocol.ledger.LedgerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the board. Quick enough to be read with every sale. Used from the loop only, within a transaction. */
public final class Boards {
    /** The most sales on a board. */
    public static final int SALES_MAX = 50;

    /** The most payout runs on a board. */
    public static final int RUNS_MAX = 12;

    private final Fund fund;
    private final ZoneId zone;
    private final Journal journal;
    private final Evening evening;
    private final RollCall rollCall;

    /** Boards of that fund; days are of that zone. */
    public Boards(Fund fund, ZoneId zone, Journal journal, Evening evening, RollCall rollCall) {
        this.fund = fund;
        this.zone = zone;
        this.journal = journal;
        this.evening = evening;
        this.rollCall = rollCall;
    }

    /** The board of a day; without one, of the last day on which something was sold, or of today. */
    public Board board(Connection connection, Optional<LocalDate> asked, long nowMillis) throws SQLException {
        LocalDate today = Instant.ofEpochMilli(nowMillis).atZone(zone).toLocalDate();
        LocalDate day = asked.isPresent()
                ? asked.get()
                : soldOn(connection, "MAX", "<=", today).orElse(today);
        return new Board(
                day,
                soldOn(connection, "MAX", "<", day),
                soldOn(connection, "MIN", ">", day),
                figures(connection, day),
                new SaleLines(connection, fund).of(day.toString(), SALES_MAX),
                stalls(connection, day),
                payouts(connection),
                evening.glance(connection, day.toString(), nowMillis));
    }

    private static Optional<LocalDate> soldOn(Connection connection, String which, String where, LocalDate day)
            throws SQLException {
        return Sql.first(
                connection,
                "SELECT " + which + "(day) FROM sale WHERE day " + where + " ? HAVING " + which + "(day) IS NOT NULL",
                row -> LocalDate.parse(row.getString(1)),
                day.toString());
    }

    private static Figures figures(Connection connection, LocalDate day) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT COUNT(*), COUNT(card), COUNT(DISTINCT card), COALESCE(SUM(card_cents), 0)"
                                + " FROM sale WHERE day = ?",
                        row -> new Figures(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                        day.toString())
                .orElseThrow();
    }

    private List<StallLine> stalls(Connection connection, LocalDate day) throws SQLException {
        List<StallLine> stalls = new ArrayList<>();
        for (PointOfSale point : fund.pointsOfSale()) {
            Optional<Newest> newest = newest(connection, point.terminal());
            long[] sold = Sql.first(
                            connection,
                            "SELECT COUNT(*), COALESCE(SUM(card_cents), 0) FROM sale WHERE day = ? AND point_of_sale = ?",
                            row -> new long[] {row.getLong(1), row.getLong(2)},
                            day.toString(),
                            point.id())
                    .orElseThrow();
            stalls.add(new StallLine(
                    point.id(),
                    point.name(),
                    point.terminal(),
                    newest.map(Newest::ledger),
                    newest.map(Newest::number).orElse(0L),
                    newest.map(this::standing),
                    sold[0],
                    sold[1],
                    journal.creditCents(connection, "points-of-sale", point.third()),
                    paidCents(connection, point)));
        }
        return stalls;
    }

    private record Newest(LedgerId ledger, long number, long receivedMillis) {}

    private static Optional<Newest> newest(Connection connection, long terminal) throws SQLException {
        return Sql.first(
                connection,
                "SELECT l.epoch, l.number, e.received_millis FROM ledger AS l JOIN entry AS e ON e.terminal = l.terminal"
                        + " AND e.epoch = l.epoch AND e.number = l.number WHERE l.terminal = ? ORDER BY l.epoch DESC",
                row -> new Newest(new LedgerId(terminal, row.getLong(1)), row.getLong(2), row.getLong(3)),
                terminal);
    }

    private Standing standing(Newest newest) {
        return rollCall.standing(newest.ledger(), newest.number(), newest.receivedMillis());
    }

    private long paidCents(Connection connection, PointOfSale point) throws SQLException {
        return Sql.number(
                connection,
                "SELECT COALESCE(SUM(debit_cents - credit_cents), 0) FROM posting JOIN event ON event.id = posting.event"
                        + " WHERE event.name IN ('payout-ordered', 'payout-rejected') AND account = ? AND third = ?",
                journal.chart().account("points-of-sale").number(),
                point.third());
    }

    private static List<PayoutLine> payouts(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT r.run, r.day, r.execution_day, COUNT(*),"
                        + " SUM(CASE WHEN EXISTS (SELECT 1 FROM event WHERE reference ="
                        + " 'payout-debited/' || p.end_to_end_id) THEN 1 ELSE 0 END),"
                        + " SUM(CASE WHEN EXISTS (SELECT 1 FROM event WHERE reference ="
                        + " 'payout-rejected/' || p.end_to_end_id) THEN 1 ELSE 0 END),"
                        + " SUM(p.amount_cents) FROM payout_run AS r"
                        + " JOIN payout AS p ON p.run = r.run GROUP BY r.run ORDER BY r.created_millis DESC, r.run DESC"
                        + " LIMIT " + RUNS_MAX,
                row -> new PayoutLine(
                        row.getString(1),
                        LocalDate.parse(row.getString(2)),
                        LocalDate.parse(row.getString(3)),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7)));
    }
}
