package etal.hub.reconcile;

import etal.hub.books.Sql;
import etal.hub.reconcile.Reconciliation.ForkSeen;
import etal.hub.reconcile.Reconciliation.Quarantined;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.SignedEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What failed or stands beside its ledger, each with its age. It speaks against the evening of the day on which it came or
 * which it is dated; from then on it is listed, or one message would keep every later evening from being signed.
 */
final class Waiting {
    private final Connection connection;
    private final ZoneId zone;
    private final LocalDate today;

    Waiting(Connection connection, ZoneId zone, long nowMillis) {
        this.connection = connection;
        this.zone = zone;
        today = day(nowMillis);
    }

    /** Of the day, one sentence each. */
    List<String> differences(String day) throws SQLException {
        return Sql.list(
                        connection,
                        "SELECT terminal, epoch, number, reason, detail, received_millis, bytes FROM quarantine"
                                + " WHERE resolved_millis IS NULL ORDER BY id",
                        row -> isOf(day, row.getLong(6), row.getBytes(7))
                                ? "quarantine: " + ledger(row.getString(1), row.getLong(2)) + " entry " + row.getLong(3)
                                        + ": " + row.getString(4) + " " + row.getString(5)
                                : "")
                .stream()
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    /** Of all days, oldest first. */
    List<Quarantined> quarantine() throws SQLException {
        return Sql.list(
                connection,
                "SELECT terminal, epoch, number, reason, detail, received_millis FROM quarantine"
                        + " WHERE resolved_millis IS NULL ORDER BY id",
                row -> new Quarantined(
                        ledger(row.getString(1), row.getLong(2)),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        day(row.getLong(6)).toString(),
                        ageDays(row.getLong(6))));
    }

    /** Of all days, by ledger and number. */
    List<ForkSeen> forks() throws SQLException {
        return Sql.list(
                connection,
                "SELECT terminal, epoch, number, hash, received_millis FROM fork ORDER BY terminal, epoch, number, hash",
                row -> new ForkSeen(
                        ledger(row.getString(1), row.getLong(2)),
                        row.getLong(3),
                        Hash.hex(row.getBytes(4)),
                        day(row.getLong(5)).toString(),
                        ageDays(row.getLong(5))));
    }

    private boolean isOf(String day, long receivedMillis, byte[] bytes) {
        if (day(receivedMillis).toString().equals(day)) {
            return true;
        }
        try {
            return day(SignedEntry.decode(bytes).entry().timeMillis())
                    .toString()
                    .equals(day);
        } catch (Malformed e) {
            // A whole message, or no entry at all: it has no date but that of its coming.
            return false;
        }
    }

    private long ageDays(long receivedMillis) {
        return ChronoUnit.DAYS.between(day(receivedMillis), today);
    }

    private LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    }

    private static String ledger(@Nullable String terminal, long epoch) {
        return terminal == null ? "" : "t" + terminal + "-e" + epoch;
    }
}
