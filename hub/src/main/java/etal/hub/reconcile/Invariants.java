package etal.hub.reconcile;

import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.members.PointOfSale;
import etal.hub.prices.PooledPrices;
import etal.hub.reconcile.Reconciliation.Bank;
import etal.hub.reconcile.Reconciliation.Granted;
import etal.hub.reconcile.Reconciliation.PointOfSaleDay;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The three invariants as the postings have them: sums by SQL. */
final class Invariants {
    private final Connection connection;
    private final Fund fund;
    private final Journal journal;

    Invariants(Connection connection, Fund fund, Journal journal) {
        this.connection = connection;
        this.fund = fund;
        this.journal = journal;
    }

    /** I1: granted + bonus = not loaded + on cards + net card debits + expired, for now and for good. */
    Granted granted() throws SQLException {
        long expiredForGood = Sql.number(
                connection,
                "SELECT COALESCE(SUM(credit_cents), 0) FROM posting JOIN event ON event.id = posting.event"
                        // What was never meant to be granted is taken back, and has not expired.
                        + " WHERE account = ? AND event.name NOT IN ('month-adjusted', 'correction-loaded')",
                number("allocations"));
        long granted = expiredForGood - balance("allocations");
        long bonus = -balance("bonuses");
        long notLoaded = balance("rights");
        long onCards = balance("card-allocation") + balance("card-bonus");
        long spent = Sql.number(
                connection,
                "SELECT COALESCE(SUM(credit_cents - debit_cents), 0) FROM posting JOIN event ON event.id = posting.event"
                        + " WHERE event.name IN ('sale', 'orphan-payable', 'orphan-withdrawn', 'cancelled',"
                        + " 'orphan-cancel-charged')"
                        + " AND account = ?",
                number("points-of-sale"));
        long suspense = balance("suspense");
        long expired = balance("expiry") + expiredForGood;
        boolean holds = granted + bonus == notLoaded + onCards + spent + suspense + expired;
        return new Granted(granted, bonus, notLoaded, onCards, spent, suspense, expired, holds);
    }

    /** I2 for each point of sale: opening + card debits + shortfalls - surpluses - cancellations = ordered less rejected + closing. */
    List<PointOfSaleDay> pointsOfSale(String day, Closings closings) throws SQLException {
        List<PointOfSaleDay> days = new ArrayList<>();
        for (PointOfSale point : fund.pointsOfSale()) {
            long opening = moved(point, "day < ?", day);
            long debits = moved(point, "day = ? AND name IN ('sale', 'orphan-payable')", day);
            long shortfalls = moved(point, "day = ? AND name IN (" + both(PooledPrices.SHORTFALL) + ")", day);
            long surpluses = -moved(point, "day = ? AND name IN (" + both(PooledPrices.SURPLUS) + ")", day);
            long cancelled = -moved(
                    point, "day = ? AND name IN ('cancelled', 'orphan-cancel-charged', 'orphan-withdrawn')", day);
            long ordered = -moved(point, "day = ? AND name IN ('payout-ordered', 'payout-rejected')", day);
            long closing = moved(point, "day <= ?", day);
            long count = Sql.number(
                    connection,
                    "SELECT COUNT(*) FROM sale WHERE point_of_sale = ? AND day = ? AND branch = 'chain'",
                    point.id(),
                    day);
            boolean holds = opening + debits + shortfalls - surpluses - cancelled == ordered + closing
                    && closings.agree(point.terminal());
            days.add(new PointOfSaleDay(
                    point.id(),
                    point.name(),
                    opening,
                    debits,
                    shortfalls,
                    surpluses,
                    cancelled,
                    ordered,
                    closing,
                    count,
                    closings.sales(point.terminal()),
                    closings.cardCents(point.terminal()),
                    holds));
        }
        return days;
    }

    /** What was posted for a price, and what was taken back of it. */
    private static String both(String event) {
        return "'" + event + "', '" + event + PooledPrices.UNDONE + "'";
    }

    /** I3: the bank holds at least what is owed; a point of sale that owes the fund takes nothing from that. */
    Bank bank() throws SQLException {
        long bank = -balance("bank");
        long notLoaded = balance("rights");
        long onCards = balance("card-allocation") + balance("card-bonus");
        long owed = pointsOfSale("owed > 0");
        long payouts = balance("payouts");
        long expired = balance("expiry");
        long pooled = pooledCents(-pointsOfSale("owed < 0"));
        long suspense = balance("suspense");
        boolean holds = bank >= notLoaded + onCards + owed + payouts + expired + pooled + suspense;
        return new Bank(bank, notLoaded, onCards, owed, payouts, expired, pooled, suspense, holds);
    }

    /** What was taken for the pooled fund and sits in tills yet, the bank need not hold: who has taken it owes it. */
    private long pooledCents(long owingCents) throws SQLException {
        long pooled = balance("pooled-prices");
        return pooled > 0 ? Math.max(0, pooled - owingCents) : pooled;
    }

    private long pointsOfSale(String which) throws SQLException {
        return Sql.number(
                connection,
                "SELECT COALESCE(SUM(owed), 0) FROM (SELECT SUM(credit_cents - debit_cents) AS owed FROM posting"
                        + " WHERE account = ? GROUP BY third) AS thirds WHERE " + which,
                number("points-of-sale"));
    }

    private long moved(PointOfSale point, String which, String day) throws SQLException {
        return Sql.number(
                connection,
                "SELECT COALESCE(SUM(credit_cents - debit_cents), 0) FROM posting JOIN event ON event.id = posting.event"
                        + " WHERE account = ? AND third = ? AND " + which,
                number("points-of-sale"),
                point.third(),
                day);
    }

    private long balance(String role) throws SQLException {
        return journal.creditCents(connection, role);
    }

    private String number(String role) {
        return journal.chart().account(role).number();
    }
}
