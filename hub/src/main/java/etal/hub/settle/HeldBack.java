package etal.hub.settle;

import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.members.Fund.Stolen;
import etal.hub.members.PointOfSale;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What stands on a producer's account and is not paid out before the operator has said so: what a stolen terminal has brought.
 * Stateless; within a transaction.
 */
final class HeldBack {
    private static final String COVERED = " AS x LEFT JOIN entry AS e ON e.terminal = x.terminal AND e.epoch = x.epoch"
            + " AND e.number = x.number WHERE x.terminal = ? AND x.epoch = ? AND x.point_of_sale = ?"
            + " AND (x.number >= ? OR e.time_millis >= ? OR e.received_millis >= ? OR x.branch = 'fork')";

    private HeldBack() {}

    /** Of one point of sale; never negative. */
    static long cents(Connection connection, Fund fund, PointOfSale point) throws SQLException {
        long heldCents = 0;
        for (Stolen stolen : fund.stolen()) {
            if (!stolen.payable()) {
                heldCents += Math.max(0, cents(connection, stolen, point));
            }
        }
        return heldCents;
    }

    private static long cents(Connection connection, Stolen stolen, PointOfSale point) throws SQLException {
        long paid = sum(connection, "SELECT COALESCE(SUM(x.card_cents), 0) FROM sale", stolen, point);
        long back = sum(connection, "SELECT COALESCE(SUM(x.back_cents), 0) FROM cancellation", stolen, point);
        long prices = sum(
                connection,
                "SELECT COALESCE(SUM((SELECT p.owed_cents FROM price_chosen AS p WHERE p.entry_hash = x.entry_hash"
                        + " AND p.owed_cents > 0)), 0) FROM sale",
                stolen,
                point);
        return paid - back + prices;
    }

    private static long sum(Connection connection, String what, Stolen stolen, PointOfSale point) throws SQLException {
        return Sql.number(
                connection,
                what + COVERED,
                stolen.ledger().terminal(),
                stolen.ledger().epoch(),
                point.id(),
                stolen.fromEntry(),
                stolen.fromMillis(),
                stolen.fromMillis());
    }
}
