package etal.hub.settle;

import etal.hub.books.Booking;
import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.members.Fund.Debtor;
import etal.hub.members.PointOfSale;
import etal.hub.restore.Gates;
import etal.hub.restore.Restored;
import etal.port.CentralFund;
import etal.port.CentralFund.Payout;
import etal.port.CentralFund.PayoutRun;
import etal.port.CentralFund.Statement;
import etal.port.Database;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.iban4j.Iban4jException;

/**
 * Payout runs: each pays out what account 4673 owes to the points of sale at that moment, once. A balance that is zero or
 * negative is carried forward. Used from the loop only.
 */
public final class PayoutRuns {
    /** What a run may be called: with the number of a point of sale it stays within the bank's 35 characters. */
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,23}");

    private static final int IDENTIFICATION_MAX = 35;

    private static final String DEBITED = "payout-debited";
    private static final String REJECTED = "payout-rejected";

    private final Fund fund;
    private final Settlement settlement;
    private final ZoneId zone;
    private final Journal journal;
    private final ForgottenRuns forgotten;
    private boolean caughtUp;

    /** Runs of that fund, paid in that money, posted to that journal; days are of that zone. */
    public PayoutRuns(Fund fund, Settlement settlement, ZoneId zone, Journal journal) {
        this.fund = fund;
        this.settlement = settlement;
        this.zone = zone;
        this.journal = journal;
        forgotten = new ForgottenRuns(fund, settlement, zone, journal);
    }

    /** What came of a run. */
    public sealed interface Ordered {
        /** The run with its document, the same each time. */
        record Submitted(PayoutRun run, byte[] document) implements Ordered {}

        /** No point of sale is owed anything. */
        record NothingDue() implements Ordered {}

        /** The hub was restored from a backup and has not read back what it may have paid already. */
        record Closed() implements Ordered {}

        /** The run was handed in before the hub forgot it: the bank's statement says so, and nothing is handed in again. */
        record Forgotten() implements Ordered {}
    }

    /** Whether a payout may have gone to the bank under that identification. */
    public static boolean isIdentification(String endToEndId) {
        return ForgottenRuns.IDENTIFICATION.matcher(endToEndId).matches();
    }

    /** The point of sale that an identification names; 0 if it is none. */
    public static long pointOfSale(String endToEndId) {
        var name = ForgottenRuns.IDENTIFICATION.matcher(endToEndId);
        return name.matches() ? Long.parseLong(name.group(3)) : 0;
    }

    /** Whether a run may have that name. */
    public static boolean isName(String run) {
        return RUN.matcher(run).matches();
    }

    /**
     * Orders a run, or hands an earlier one of that name in again.
     *
     * @throws PeerUnreachable when it is unknown whether the order arrived; order it again
     */
    public Ordered order(Database database, CentralFund bank, LocalDate day, String run, Instant now)
            throws StorageFailed, PeerUnreachable {
        if (!isName(run)) {
            throw new IllegalArgumentException("not the name of a run: " + run);
        }
        Optional<Ordered> refused = database.inTransaction(connection -> refused(connection, run));
        if (refused.isPresent()) {
            return refused.get();
        }
        // Posted before it is handed in: a run that is lost on the way is handed in again, never computed again.
        Optional<PayoutRun> ordered = database.inTransaction(connection -> {
            Optional<PayoutRun> known = find(connection, run);
            return known.isPresent() ? known : release(connection, day, run, now);
        });
        if (ordered.isEmpty()) {
            return new Ordered.NothingDue();
        }
        return submit(database, bank, run, ordered.get());
    }

    private static Optional<Ordered> refused(Connection connection, String run) throws SQLException {
        if (ForgottenRuns.isForgotten(connection, run)) {
            return Optional.of(new Ordered.Forgotten());
        }
        return Gates.closed(connection) ? Optional.of(new Ordered.Closed()) : Optional.empty();
    }

    private Ordered submit(Database database, CentralFund bank, String run, PayoutRun ordered)
            throws StorageFailed, PeerUnreachable {
        byte[] submitted = bank.submit(ordered).document();
        // What was handed in first stays, also when the fund has moved to another bank since.
        byte[] document = database.inTransaction(connection -> {
            Sql.update(
                    connection,
                    "UPDATE payout_run SET document = ?, debtor_name = ?, debtor_iban = ?, debtor_bic = ?"
                            + " WHERE run = ? AND document IS NULL",
                    submitted,
                    fund.debtor().name(),
                    fund.debtor().iban(),
                    fund.debtor().bic(),
                    run);
            return Sql.first(connection, "SELECT document FROM payout_run WHERE run = ?", row -> row.getBytes(1), run)
                    .orElseThrow();
        });
        return new Ordered.Submitted(ordered, document);
    }

    /** Runs whose payouts are not those of the file that was handed in, one sentence each. */
    public List<String> faults(Connection connection) throws SQLException {
        List<String> faults = new ArrayList<>();
        for (String run : Sql.list(
                connection,
                "SELECT run FROM payout_run WHERE document IS NOT NULL ORDER BY run",
                row -> row.getString(1))) {
            byte[] document = Sql.first(
                            connection, "SELECT document FROM payout_run WHERE run = ?", row -> row.getBytes(1), run)
                    .orElseThrow();
            if (!Arrays.equals(document, rewritten(connection, run))) {
                faults.add("payout run " + run + ": its payouts are not those of its file");
            }
        }
        return faults;
    }

    private byte[] rewritten(Connection connection, String run) throws SQLException {
        try {
            return PayoutFile.write(find(connection, run).orElseThrow(), debtor(connection, run), settlement);
        } catch (Iban4jException | IllegalArgumentException e) {
            // Payouts of which no file can be written are not those of the file either.
            return new byte[0];
        }
    }

    /** Whose account the run was ordered from: the fund may have moved to another bank since. */
    private Debtor debtor(Connection connection, String run) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT debtor_name, debtor_iban, debtor_bic FROM payout_run WHERE run = ?"
                                + " AND debtor_iban IS NOT NULL",
                        row -> new Debtor(row.getString(1), row.getString(2), row.getString(3)),
                        run)
                .orElse(fund.debtor());
    }

    /** Posts what the bank has said of our payouts; returns how many lines were new. */
    public int readBack(Database database, CentralFund bank, Instant now) throws StorageFailed, PeerUnreachable {
        List<Statement> lines = bank.statements().toList();
        return database.inTransaction(connection -> {
            Set<String> settled = settled(connection);
            int posted = 0;
            for (Statement line : lines) {
                boolean done = settled.contains((line.rejected() ? REJECTED : DEBITED) + "/" + line.endToEndId());
                posted += !done && post(connection, line, now) ? 1 : 0;
            }
            return posted;
        });
    }

    /**
     * Posts what the bank has said in a line that was just entered. The first time since the hub started it is all that the bank
     * has ever said, because the plug may have been pulled before a line was posted.
     *
     * @return how many lines were new
     */
    public int readBack(Database database, CentralFund bank, Statement entered, Instant now)
            throws StorageFailed, PeerUnreachable {
        if (caughtUp) {
            return database.inTransaction(connection -> post(connection, entered, now) ? 1 : 0);
        }
        int posted = readBack(database, bank, now);
        caughtUp = true;
        return posted;
    }

    /** The references of what is posted of the bank's words, all in one look. */
    private static Set<String> settled(Connection connection) throws SQLException {
        return new LinkedHashSet<>(Sql.list(
                connection,
                "SELECT e.reference FROM payout AS p JOIN event AS e ON e.reference = '" + DEBITED
                        + "/' || p.end_to_end_id OR e.reference = '" + REJECTED
                        + "/' || p.end_to_end_id ORDER BY e.reference",
                row -> row.getString(1)));
    }

    private Optional<PayoutRun> release(Connection connection, LocalDate day, String run, Instant now)
            throws SQLException {
        List<Payout> payouts = new ArrayList<>();
        List<PointOfSale> paid = new ArrayList<>();
        String prefix = prefix(connection, run);
        for (PointOfSale point : fund.pointsOfSale()) {
            long owedCents = journal.creditCents(connection, "points-of-sale", point.third())
                    - HeldBack.cents(connection, fund, point);
            if (owedCents > 0) {
                requireFits(prefix + point.id());
                paid.add(point);
                payouts.add(new Payout(
                        prefix + point.id(),
                        point.creditor(),
                        point.iban(),
                        owedCents,
                        "Reversement " + day + " " + point.name()));
            }
        }
        if (payouts.isEmpty()) {
            return Optional.empty();
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate execution = TargetCalendar.nextAfter(day.isAfter(today) ? day : today);
        store(connection, day, run, now, execution);
        for (int i = 0; i < paid.size(); i++) {
            store(connection, run, paid.get(i), payouts.get(i));
            journal.post(connection, ordered(day, run, paid.get(i), payouts.get(i)), now.toEpochMilli());
        }
        return Optional.of(new PayoutRun(run, now, execution.toString(), payouts));
    }

    /** A bank takes an identification once: a run of a name that the hub has forgotten must not give the same again. */
    private static String prefix(Connection connection, String run) throws SQLException {
        long restores = Sql.number(connection, "SELECT COUNT(*) FROM restored");
        return restores == 0
                ? run + "-"
                : run + "." + Long.toString(Restored.generation(connection), Character.MAX_RADIX) + "-";
    }

    private static void requireFits(String identification) {
        if (identification.length() > IDENTIFICATION_MAX) {
            throw new IllegalArgumentException("too long for a bank, a shorter name for the run: " + identification);
        }
    }

    static Booking ordered(LocalDate day, String run, PointOfSale point, Payout payout) {
        return new Booking(
                "payout-ordered",
                "payout-ordered/" + run + "/" + point.id(),
                day.toString(),
                Map.of("paid", payout.amountCents()),
                Map.of("point-of-sale", point.third()),
                null);
    }

    /** A rejected payout was debited before it came back: both are posted, and the fund owes it again. */
    private boolean post(Connection connection, Statement line, Instant now) throws SQLException {
        Optional<Owed> owed = Sql.first(
                        connection,
                        "SELECT point_of_sale, amount_cents FROM payout WHERE end_to_end_id = ?",
                        row -> new Owed(Long.toString(row.getLong(1)), row.getLong(2)),
                        line.endToEndId())
                // The bank speaks of its currency, the books of the fund's unit.
                .filter(payout -> settlement.currencyCents(payout.unitCents()) == line.amountCents());
        if (owed.isEmpty()) {
            return forgotten.recognise(connection, line, now) && post(connection, line, now);
        }
        boolean debited = journal.post(connection, said(DEBITED, line, owed.get()), now.toEpochMilli());
        boolean rejected =
                line.rejected() && journal.post(connection, said(REJECTED, line, owed.get()), now.toEpochMilli());
        return debited || rejected;
    }

    private record Owed(String third, long unitCents) {}

    private Booking said(String event, Statement line, Owed owed) {
        return new Booking(
                event,
                event + "/" + line.endToEndId(),
                line.bookedAt().atZone(zone).toLocalDate().toString(),
                Map.of("paid", owed.unitCents()),
                Map.of("point-of-sale", owed.third()),
                null);
    }

    static void store(Connection connection, LocalDate day, String run, Instant now, LocalDate execution)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO payout_run (run, day, created_millis, execution_day) VALUES (?, ?, ?, ?)",
                run,
                day.toString(),
                now.toEpochMilli(),
                execution.toString());
    }

    static void store(Connection connection, String run, PointOfSale point, Payout payout) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO payout (run, point_of_sale, end_to_end_id, creditor, iban, remittance, amount_cents)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                run,
                point.id(),
                payout.endToEndId(),
                payout.creditorName(),
                payout.iban(),
                payout.remittance(),
                payout.amountCents());
    }

    private static Optional<PayoutRun> find(Connection connection, String run) throws SQLException {
        List<Payout> payouts = Sql.list(
                connection,
                "SELECT end_to_end_id, creditor, iban, amount_cents, remittance FROM payout WHERE run = ?"
                        + " ORDER BY point_of_sale",
                row -> new Payout(
                        row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getString(5)),
                run);
        return Sql.first(
                connection,
                "SELECT created_millis, execution_day FROM payout_run WHERE run = ?",
                row -> new PayoutRun(run, Instant.ofEpochMilli(row.getLong(1)), row.getString(2), payouts),
                run);
    }
}
