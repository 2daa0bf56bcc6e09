package etal.hub.settle;

import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.members.PointOfSale;
import etal.hub.restore.Restored;
import etal.port.CentralFund.Payout;
import etal.port.CentralFund.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Payouts that a restored hub has ordered after its backup and forgotten, known again by the lines of the bank's statement:
 * what was paid is owed no more. Used from the loop only, within a transaction.
 */
final class ForgottenRuns {
    /** What a payout is identified by: the run's name, its generation if it was after a restore, the point of sale. */
    static final Pattern IDENTIFICATION =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]{0,23})(\\.[0-9a-z]{1,7})?-([1-9][0-9]{0,9})");

    /** A bank's day may begin before the backup's hour. */
    private static final Duration DAY = Duration.ofDays(1);

    private final Fund fund;
    private final Settlement settlement;
    private final ZoneId zone;
    private final Journal journal;

    ForgottenRuns(Fund fund, Settlement settlement, ZoneId zone, Journal journal) {
        this.fund = fund;
        this.settlement = settlement;
        this.zone = zone;
        this.journal = journal;
    }

    /** Whether the run is known by the bank's statement alone. */
    static boolean isForgotten(Connection connection, String run) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM payout_run WHERE run = ? AND recognised = 1", run) > 0;
    }

    /** Enters and posts the payout of a line, if the hub may have forgotten it; true if it is there now. */
    boolean recognise(Connection connection, Statement line, Instant now) throws SQLException {
        Matcher name = IDENTIFICATION.matcher(line.endToEndId());
        if (!name.matches()
                || !Restored.forgot(
                        connection,
                        line.bookedAt().plus(DAY).toEpochMilli(),
                        line.bookedAt().minus(DAY).toEpochMilli())) {
            return false;
        }
        long id = Long.parseLong(name.group(3));
        Optional<PointOfSale> point =
                fund.pointsOfSale().stream().filter(one -> one.id() == id).findFirst();
        OptionalLong unitCents = unitCents(line.amountCents());
        if (point.isEmpty() || unitCents.isEmpty()) {
            return false;
        }
        enter(connection, run(connection, name.group(1)), line, point.get(), unitCents.getAsLong(), now);
        return true;
    }

    /** A name that was used again since names another run. */
    private static String run(Connection connection, String name) throws SQLException {
        long others = Sql.number(connection, "SELECT COUNT(*) FROM payout_run WHERE run = ? AND recognised = 0", name);
        return others == 0 ? name : name + ".";
    }

    private void enter(
            Connection connection, String run, Statement line, PointOfSale point, long unitCents, Instant now)
            throws SQLException {
        LocalDate day = line.bookedAt().atZone(zone).toLocalDate();
        if (!isForgotten(connection, run)) {
            PayoutRuns.store(connection, day, run, line.bookedAt(), day);
            Sql.update(connection, "UPDATE payout_run SET recognised = 1 WHERE run = ?", run);
        }
        Payout payout =
                new Payout(line.endToEndId(), point.creditor(), point.iban(), unitCents, "Reversement " + point.name());
        PayoutRuns.store(connection, run, point, payout);
        journal.post(connection, PayoutRuns.ordered(day, run, point, payout), now.toEpochMilli());
    }

    /** What the books hold of an amount of the bank; nothing if no amount of theirs gives it. */
    private OptionalLong unitCents(long bankCents) {
        long below = 0;
        long above = Math.max(1, bankCents) * 1_000;
        while (below < above) {
            long middle = (below + above) / 2;
            if (settlement.currencyCents(middle) < bankCents) {
                below = middle + 1;
            } else {
                above = middle;
            }
        }
        return below > 0 && settlement.currencyCents(below) == bankCents
                ? OptionalLong.of(below)
                : OptionalLong.empty();
    }
}
