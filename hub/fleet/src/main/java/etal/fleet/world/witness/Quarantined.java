package etal.fleet.world.witness;

import etal.edge.sqlite.SqliteDatabase;
import etal.port.StorageFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the hub has laid aside. Immutable.
 *
 * @param terminal whose, 0 when nobody can tell
 * @param entry the bytes laid aside
 */
public record Quarantined(long terminal, long number, String reason, String detail, byte[] entry) {
    /** As a sentence. */
    public String words() {
        return "in quarantine: stall " + terminal + ", entry " + number + ": " + reason + " " + detail;
    }

    /** What lies there and is not resolved, oldest first. */
    public static List<Quarantined> lying(SqliteDatabase store) throws StorageFailed {
        var lying = new ArrayList<Quarantined>();
        Rows.of(
                store,
                "SELECT terminal, number, reason, detail, bytes FROM quarantine WHERE resolved_millis IS NULL ORDER BY id",
                row -> lying.add(new Quarantined(
                        row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), row.getBytes(5))));
        return lying;
    }

    /** Why things lay there, also those that passed, one for each. */
    public static List<String> reasons(SqliteDatabase store) throws StorageFailed {
        var reasons = new ArrayList<String>();
        Rows.of(store, "SELECT reason FROM quarantine ORDER BY id", row -> reasons.add(row.getString(1)));
        return reasons;
    }

    /** The same of one terminal, each once. */
    public static Set<String> reasons(SqliteDatabase store, long terminal) throws StorageFailed {
        var reasons = new TreeSet<String>();
        Rows.of(
                store,
                "SELECT reason FROM quarantine WHERE terminal = " + terminal + " ORDER BY id",
                row -> reasons.add(row.getString(1)));
        return reasons;
    }

    /** What lies there because a card has signed it that should not have, as card and counter. */
    public static Set<String> noticed(SqliteDatabase store) throws StorageFailed {
        var noticed = new TreeSet<String>();
        Rows.of(
                store,
                "SELECT detail FROM quarantine WHERE reason IN ('card-forked', 'not-continuous') ORDER BY id",
                row -> noticed.add(row.getString(1).replace(' ', '/')));
        return noticed;
    }
}
