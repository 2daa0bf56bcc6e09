package etal.hub.settle;

import etal.hub.books.Sql;
import etal.hub.members.Fund.Debtor;
import etal.port.CentralFund;
import etal.port.Database;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fund that pays through its bank: payouts leave as a file for the bank, and what the bank says comes back as lines of
 * its statement, entered one by one. Used from the loop only.
 */
public final class EmbeddedFund implements CentralFund {
    private final Database database;
    private final Debtor debtor;
    private final Settlement settlement;

    /** A fund with that account, paying in that money. */
    public EmbeddedFund(Database database, Debtor debtor, Settlement settlement) {
        this.database = database;
        this.debtor = debtor;
        this.settlement = settlement;
    }

    /** The file; it follows from the run alone, so that the same run is the same file. */
    @Override
    public Submission submit(PayoutRun run) {
        return new Submission(run.id(), PayoutFile.write(run, debtor, settlement));
    }

    /** Enters a line of the bank's statement; the same line again is one line. */
    public void enter(Statement line) throws StorageFailed {
        database.inTransaction(connection -> Sql.update(
                connection,
                "INSERT INTO bank_line (end_to_end_id, rejected, amount_cents, booked_millis)"
                        + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                line.endToEndId(),
                line.rejected() ? 1 : 0,
                line.amountCents(),
                line.bookedAt().toEpochMilli()));
    }

    @Override
    public Stream<Statement> statements() throws PeerUnreachable {
        try {
            List<Statement> lines = database.inTransaction(connection -> Sql.list(
                    connection,
                    "SELECT end_to_end_id, rejected, amount_cents, booked_millis FROM bank_line"
                            + " ORDER BY booked_millis, end_to_end_id, rejected, amount_cents",
                    row -> new Statement(
                            row.getString(1),
                            row.getInt(2) != 0,
                            row.getLong(3),
                            Instant.ofEpochMilli(row.getLong(4)))));
            return lines.stream();
        } catch (StorageFailed e) {
            throw new PeerUnreachable("the bank's lines cannot be read", e);
        }
    }
}
