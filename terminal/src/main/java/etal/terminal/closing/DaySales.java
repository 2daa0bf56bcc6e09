package etal.terminal.closing;

import etal.port.Database.Damaged;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.SignedEntry;
import etal.terminal.basket.Details;
import etal.terminal.ledger.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sales and cancellations since a closing. Counts and card money come from the entries, so that they hold also for
 * entries taken back from the second medium, whose details are gone. What is cancelled stays counted as sold.
 */
record DaySales(long count, long cardCents, long cancelled, long backCents, Totals totals) {
    static DaySales after(Connection connection, long closing, Totals before) throws SQLException {
        List<Row> rows = Sql.rows(
                connection,
                "SELECT entry.bytes, details.blob FROM entry LEFT JOIN details ON details.entry = entry.number"
                        + " WHERE entry.number > ? ORDER BY entry.number",
                row -> new Row(row.getBytes(1), row.getBytes(2)),
                closing);
        DaySales sales = new DaySales(0, 0, 0, 0, before.next());
        for (Row row : rows) {
            sales = sales.plus(row);
        }
        return sales;
    }

    /** Whether nothing was sold or cancelled. */
    boolean none() {
        return count == 0 && cancelled == 0;
    }

    private record Row(byte[] entry, byte @Nullable [] details) {}

    private DaySales plus(Row row) throws SQLException {
        try {
            byte[] details = row.details();
            return switch (SignedEntry.decode(row.entry()).entry().body()) {
                case Body.Sale sale ->
                    new DaySales(
                            count + 1,
                            Math.addExact(cardCents, -sum(sale.card())),
                            cancelled,
                            backCents,
                            details == null ? totals : totals.plus(Details.decode(details)));
                case Body.Cancellation cancellation ->
                    new DaySales(
                            count,
                            cardCents,
                            cancelled + 1,
                            Math.addExact(backCents, sum(cancellation.card())),
                            details == null ? totals : totals.cancelled(Details.decode(details)));
                default -> this;
            };
        } catch (Malformed malformed) {
            throw new Damaged("an entry or its details do not read", malformed);
        }
    }

    private static long sum(@Nullable CardProof card) throws Malformed {
        if (card == null) {
            return 0;
        }
        Deltas deltas = CardRecord.decode(card.record()).deltas();
        return deltas.allocation() + deltas.bonus() + deltas.earnable();
    }
}
