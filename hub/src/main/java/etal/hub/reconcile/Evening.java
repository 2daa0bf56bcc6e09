package etal.hub.reconcile;

import etal.hub.books.Journal;
import etal.hub.books.Journal.Balance;
import etal.hub.books.Sql;
import etal.hub.ingest.Ingest;
import etal.hub.members.Decision;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.orders.OrderDesk;
import etal.hub.orders.Refunds;
import etal.hub.reconcile.Expected.Line;
import etal.hub.reconcile.Reconciliation.Bank;
import etal.hub.reconcile.Reconciliation.Granted;
import etal.hub.reconcile.Reconciliation.PointOfSaleDay;
import etal.hub.reconcile.Reconciliation.TerminalDay;
import etal.hub.restore.Restored;
import etal.hub.restore.Standing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * The operator's evening of one day, in the order in which people do it. Everything is computed two ways: from the
 * postings by SQL, and from the stored bytes decoded again; what differs is named. Used from the loop only, within a
 * transaction.
 */
public final class Evening {
    private final Fund fund;
    private final ZoneId zone;
    private final HubKeys keys;
    private final Journal journal;
    private final Ingest ingest;
    private final OrderDesk orders;
    private final PayoutCheck payoutCheck;
    private final LongUnaryOperator bankCents;
    private final Suspense suspense;

    /** How much of what is stored an evening looks at a second time. */
    public enum Extent {
        /**
         * What came of the day: the invariants over all postings, the day's closings, the day's sales under their rules, and of
         * each card that was used its own word against the books. What came late, of days before, is left to the next
         * evening that looks at all.
         */
        DAY,
        /** All that is stored, decoded again, and each posting that should follow from it. */
        WHOLE,
        /** That, and before it every stored hash and signature. */
        DEEP
    }

    /** Names payout runs that are no longer what was handed in. */
    @FunctionalInterface
    public interface PayoutCheck {
        /** One sentence each. */
        List<String> faults(Connection connection) throws SQLException;
    }

    /**
     * How it adds up at one moment, from the postings alone; the evening computes it a second way, from the bytes.
     *
     * @param inDoubt payments whose outcome their stalls do not know
     * @param suspense card records whose sale is not there
     * @param quarantine messages and entries that failed and have not passed since
     * @param forks entries beside their ledgers
     */
    public record Glance(
            Granted i1, List<PointOfSaleDay> i2, Bank i3, int inDoubt, int suspense, int quarantine, int forks) {
        /** Whether all three invariants hold. */
        public boolean holds() {
            return i1.holds() && i3.holds() && i2.stream().allMatch(PointOfSaleDay::holds);
        }

        /** How many things wait for a person's look. */
        public int waiting() {
            return suspense + quarantine + forks;
        }
    }

    /** An evening over that journal; days are of that zone, and {@code bankCents} turns the fund's unit into the bank's. */
    public Evening(
            Fund fund,
            ZoneId zone,
            HubKeys keys,
            Journal journal,
            Ingest ingest,
            OrderDesk orders,
            PayoutCheck payoutCheck,
            LongUnaryOperator bankCents) {
        this.payoutCheck = payoutCheck;
        this.bankCents = bankCents;
        this.fund = fund;
        this.zone = zone;
        this.keys = keys;
        this.journal = journal;
        this.ingest = ingest;
        this.orders = orders;
        suspense = new Suspense(fund, keys, journal, new Refunds(orders.book()));
    }

    /**
     * Reconciles a day. What failed for a card, seller or rules the hub did not know then is taken again, and records
     * without a sale are posted to suspense, unless the store is damaged: then nothing is posted before someone has looked.
     *
     * @param extent how much is looked at a second time; the same is named as by a larger one, or less
     */
    public Reconciliation of(Connection connection, LocalDate date, Extent extent, long nowMillis) throws SQLException {
        String day = date.toString();
        List<String> damage = extent == Extent.DEEP ? damage(connection) : List.of();
        if (damage.isEmpty()) {
            settle(connection, day, nowMillis);
        }
        List<String> differences = new ArrayList<>(damage);
        closed(connection, nowMillis).ifPresent(differences::add);
        boolean all = extent != Extent.DAY;
        Sources sources = all ? Sources.read(connection, fund, zone) : DaySources.read(connection, fund, zone, day);
        List<TerminalDay> terminals = terminals(connection, day, differences);
        Waiting waiting = new Waiting(connection, zone, nowMillis);
        differences.addAll(waiting.differences(day));
        Closings closings = all ? Closings.of(day, sources) : Closings.sinceTheLast(day, sources);
        Invariants invariants = new Invariants(connection, fund, journal, day);
        Granted i1 = invariants.granted();
        List<PointOfSaleDay> i2 = invariants.pointsOfSale(closings);
        Bank i3 = invariants.bank();
        name(i1, i2, i3, differences);
        differences.addAll(closings.differences());
        compare(connection, sources, all, differences);
        return new Reconciliation(
                day,
                extent == Extent.DEEP,
                differences.isEmpty(),
                Sql.number(connection, "SELECT COUNT(*) FROM entry"),
                Sql.number(connection, "SELECT COUNT(*) FROM sale"),
                differences,
                terminals,
                Report.inDoubt(connection),
                suspense.open(connection),
                damage.isEmpty() ? orders.open(connection, nowMillis) : List.of(),
                waiting.forks(),
                waiting.quarantine(),
                Report.rules(sources, day),
                i1,
                i2,
                i3,
                oddities(connection, sources, day));
    }

    private List<String> oddities(Connection connection, Sources sources, String day) throws SQLException {
        List<String> oddities = new ArrayList<>(Report.oddities(sources, day));
        oddities.addAll(Report.epochs(connection, day));
        oddities.addAll(Report.leftOut(connection));
        oddities.addAll(Report.recognised(connection, day, zone));
        return oddities;
    }

    /** What a restored hub still waits for: until then no evening adds up for certain. */
    private Optional<String> closed(Connection connection, long nowMillis) throws SQLException {
        return orders.gates()
                .standing(connection, nowMillis)
                .filter(standing -> !standing.nothingAwaited())
                .map(Standing::text);
    }

    private void settle(Connection connection, String day, long nowMillis) throws SQLException {
        ingest.again(connection, nowMillis);
        suspense.post(connection, day, nowMillis);
        if (Restored.ever(connection)) {
            // A card may have taken already what has just been found to be owed to it.
            ingest.again(connection, nowMillis);
        }
        orders.settle(connection, nowMillis);
    }

    /** How it adds up at this moment, from the postings alone: quick enough to be asked with every sale; changes nothing. */
    public Glance glance(Connection connection, String day, long nowMillis) throws SQLException {
        Invariants invariants = new Invariants(connection, fund, journal, day);
        Waiting waiting = new Waiting(connection, zone, nowMillis);
        return new Glance(
                invariants.granted(),
                invariants.pointsOfSale(Closings.none()),
                invariants.bank(),
                Report.inDoubt(connection).size(),
                suspense.open(connection).size(),
                waiting.quarantine().size(),
                waiting.forks().size());
    }

    /**
     * Takes the operator's word on a card's record without a sale: to the producer, or back to the member.
     *
     * @return what speaks against it, if anything does; nothing is posted then
     */
    public Optional<String> decide(Connection connection, Decision decision, LocalDate date) throws SQLException {
        return suspense.decide(connection, decision, date.toString());
    }

    private List<String> damage(Connection connection) throws SQLException {
        List<String> damage = new ArrayList<>(StoreCheck.faults(connection, keys));
        damage.addAll(payoutCheck.faults(connection));
        return damage;
    }

    private List<TerminalDay> terminals(Connection connection, String day, List<String> differences)
            throws SQLException {
        List<TerminalDay> terminals = Report.terminals(connection, fund, day);
        terminals.forEach(terminal -> expected(terminal, day, differences));
        return terminals;
    }

    private static void expected(TerminalDay terminal, String day, List<String> differences) {
        Optional<String> missing = terminal.missing(day);
        if (missing.isPresent()) {
            differences.add(missing.get());
        } else if (terminal.acknowledged() < terminal.number()) {
            differences.add(
                    terminal.ledger() + ": acknowledged to " + terminal.acknowledged() + " of " + terminal.number());
        }
    }

    private static void name(Granted i1, List<PointOfSaleDay> i2, Bank i3, List<String> differences) {
        if (!i1.holds()) {
            differences.add("I1 does not hold: " + i1);
        }
        i2.stream().filter(point -> !point.holds()).forEach(point -> differences.add("I2 does not hold: " + point));
        if (!i3.holds()) {
            differences.add("I3 does not hold: " + i3);
        }
    }

    /** The second way: what the books should say by the ledgers' and cards' own bytes. */
    private void compare(Connection connection, Sources sources, boolean all, List<String> differences)
            throws SQLException {
        List<Balance> balances = journal.balances(connection);
        List<String> postings = new ArrayList<>();
        if (all) {
            TreeMap<String, List<Line>> expected =
                    Expected.of(connection, fund, keys, journal.chart(), sources, bankCents, sources.faults());
            postings.addAll(PostingCheck.differences(connection, expected, balances));
        }
        differences.addAll(sources.faults());
        differences.addAll(Report.missingRecords(sources));
        differences.addAll(postings);
        if (all) {
            differences.addAll(IndexCheck.differences(connection, sources));
        }
        differences.addAll(CardCheck.differences(sources, journal.chart(), balances));
    }
}
