package etal.terminal.basket;

import etal.port.StorageFailed;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.Envelope;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What the pooled fund may still give this stall today. What it has given stands beside the sales, written with them: it
 * holds over a pulled plug, and comes back with the entries from the second medium. Used from the loop only.
 */
public final class PriceEnvelope {
    private final TerminalStore store;

    /** Over that store. */
    public PriceEnvelope(TerminalStore store) {
        this.store = store;
    }

    /** What is left at that moment, on its day in the scheme's zone. */
    public Envelope left(Scheme scheme, long timeMillis) throws StorageFailed {
        if (scheme.tariffs().isEmpty()) {
            return new Envelope(0);
        }
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(timeMillis), scheme.zone());
        long usedCents = store.inTransaction(connection -> Sql.first(
                        connection,
                        "SELECT COALESCE(SUM(shortfall_cents), 0) FROM price_chosen WHERE time_millis >= ?"
                                + " AND time_millis < ?",
                        row -> row.getLong(1),
                        beginMillis(day, scheme),
                        beginMillis(day.plusDays(1), scheme))
                .orElse(0L));
        return Envelope.of(scheme.tariffs().get(), usedCents);
    }

    private static long beginMillis(LocalDate day, Scheme scheme) {
        return day.atStartOfDay(scheme.zone()).toInstant().toEpochMilli();
    }
}
