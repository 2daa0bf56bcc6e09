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
import java.util.TreeMap;
import java.util.function.Predicate;

/** The three invariants as the postings have them: sums by SQL. */
final class Invariants {
    private static final List<String> NET_DEBITS =
            List.of("sale", "orphan-payable", "orphan-withdrawn", "cancelled", "orphan-cancel-charged");

    private final Connection connection;
    private final Fund fund;
    private final Journal journal;

    private final String day;
    private final List<Moved> moves;
    private final TreeMap<String, Long> balances = new TreeMap<>();

    private enum When {
        BEFORE,
        TODAY,
        AFTER
    }

    /** What the events of one name moved at one point of sale before the day, on it, or after it. */
    private record Moved(String third, String event, When when, long cents) {}

    Invariants(Connection connection, Fund fund, Journal journal, String day) throws SQLException {
        this.connection = connection;
        this.fund = fund;
        this.journal = journal;
        this.day = day;
        moves = moves(connection, journal, day);
        Sql.list(
                connection,
                "SELECT account, SUM(credit_cents - debit_cents) FROM posting GROUP BY account ORDER BY account",
                row -> balances.put(row.getString(1), row.getLong(2)));
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
        long spent = moves.stream()
                .filter(each -> NET_DEBITS.contains(each.event()))
                .mapToLong(Moved::cents)
                .sum();
        long suspense = balance("suspense");
        long expired = balance("expiry") + expiredForGood;
        boolean holds = granted + bonus == notLoaded + onCards + spent + suspense + expired;
        return new Granted(granted, bonus, notLoaded, onCards, spent, suspense, expired, holds);
    }

    /** I2 for each point of sale: opening + card debits + shortfalls - surpluses - cancellations = ordered less rejected + closing. */
    List<PointOfSaleDay> pointsOfSale(Closings closings) throws SQLException {
        List<PointOfSaleDay> days = new ArrayList<>();
        for (PointOfSale point : fund.pointsOfSale()) {
            long opening = moved(point, each -> each.when() == When.BEFORE);
            long debits = today(point, "sale", "orphan-payable");
            long shortfalls = today(point, PooledPrices.SHORTFALL, PooledPrices.SHORTFALL + PooledPrices.UNDONE);
            long surpluses = -today(point, PooledPrices.SURPLUS, PooledPrices.SURPLUS + PooledPrices.UNDONE);
            long cancelled = -today(point, "cancelled", "orphan-cancel-charged", "orphan-withdrawn");
            long ordered = -today(point, "payout-ordered", "payout-rejected");
            long closing = moved(point, each -> each.when() != When.AFTER);
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

    private long today(PointOfSale point, String... events) {
        List<String> names = List.of(events);
        return moved(point, each -> each.when() == When.TODAY && names.contains(each.event()));
    }

    private long moved(PointOfSale point, Predicate<Moved> which) {
        return moves.stream()
                .filter(each -> each.third().equals(point.third()) && which.test(each))
                .mapToLong(Moved::cents)
                .sum();
    }

    /** All that moved at points of sale, in one look: a stall at a time takes as many as there are stalls. */
    private static List<Moved> moves(Connection connection, Journal journal, String day) throws SQLException {
        return Sql.list(
                connection,
                "SELECT third, name, CASE WHEN day < ? THEN 0 WHEN day = ? THEN 1 ELSE 2 END AS moment,"
                        + " SUM(credit_cents - debit_cents) FROM posting JOIN event ON event.id = posting.event"
                        + " WHERE account = ? GROUP BY third, name, moment ORDER BY third, name, moment",
                row -> new Moved(row.getString(1), row.getString(2), When.values()[row.getInt(3)], row.getLong(4)),
                day,
                day,
                journal.chart().account("points-of-sale").number());
    }

    private long balance(String role) {
        return balances.getOrDefault(number(role), 0L);
    }

    private String number(String role) {
        return journal.chart().account(role).number();
    }
}
