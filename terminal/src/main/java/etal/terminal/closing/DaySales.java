package etal.terminal.closing;

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
 * The sales since a closing. Count and card money come from the entries, so that they hold also for entries taken back from
 * the second medium, whose details are gone.
 */
record DaySales(long count, long cardCents, Totals totals) {
    static DaySales after(Connection connection, long closing, long perpetualCents) throws SQLException {
        List<Row> rows = Sql.rows(
                connection,
                "SELECT entry.bytes, details.blob FROM entry LEFT JOIN details ON details.entry = entry.number"
                        + " WHERE entry.number > ? ORDER BY entry.number",
                row -> new Row(row.getBytes(1), row.getBytes(2)),
                closing);
        DaySales sales = new DaySales(0, 0, Totals.none(perpetualCents));
        for (Row row : rows) {
            sales = sales.plus(row);
        }
        return sales;
    }

    private record Row(byte[] entry, byte @Nullable [] details) {}

    private DaySales plus(Row row) {
        try {
            if (SignedEntry.decode(row.entry()).entry().body() instanceof Body.Sale sale) {
                byte[] details = row.details();
                return new DaySales(
                        count + 1,
                        Math.addExact(cardCents, paidCents(sale.card())),
                        details == null ? totals : totals.plus(Details.decodeOwn(details)));
            }
            return this;
        } catch (Malformed malformed) {
            throw new IllegalStateException("an own entry does not read", malformed);
        }
    }

    private static long paidCents(@Nullable CardProof card) throws Malformed {
        if (card == null) {
            return 0;
        }
        Deltas deltas = CardRecord.decode(card.record()).deltas();
        return -deltas.allocation() - deltas.bonus() - deltas.earnable();
    }
}
