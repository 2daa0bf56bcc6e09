package etal.hub.ingest;

import etal.hub.books.Booking.Source;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.SignedEntry;
import java.time.Instant;
import java.time.ZoneId;

/**
 * One entry whose signature stands, on its way into the books.
 *
 * @param branch whether it continues the ledger or stands beside it
 * @param day the day of its time in the fund's zone, ISO 8601
 * @param nowMillis the hub's time
 */
record Received(SignedEntry signed, byte[] hash, Branch branch, String day, long nowMillis) {
    /** Where an entry stands. */
    enum Branch {
        CHAIN,
        FORK
    }

    static Received of(SignedEntry signed, byte[] hash, Branch branch, ZoneId zone, long nowMillis) {
        String day = Instant.ofEpochMilli(signed.entry().timeMillis())
                .atZone(zone)
                .toLocalDate()
                .toString();
        return new Received(signed, hash, branch, day, nowMillis);
    }

    Entry entry() {
        return signed.entry();
    }

    Source source() {
        return new Source(entry().terminal(), entry().epoch(), entry().number());
    }
}
