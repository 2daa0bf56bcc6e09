package etal.fsck.place;

import etal.fsck.bytes.Damage;
import etal.fsck.check.CheckedLedger;
import etal.fsck.check.Fault;
import etal.fsck.check.LedgerCheck;
import etal.fsck.check.LedgerItems;
import etal.fsck.check.Verifications;
import etal.fsck.ledger.LedgerName;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what lies in files and databases. */
public final class Places {
    private static final List<String> ENTRY = List.of("number", "bytes");
    private static final List<String> OF_LEDGER = List.of("terminal", "epoch");

    private Places() {}

    /** Checks a ledger file. */
    public static PlacedLedger file(Path file, Verifications verifications) {
        String title = title(file);
        Optional<LedgerName> named = LedgerName.parse(title);
        try (LedgerFile items = LedgerFile.open(file)) {
            CheckedLedger checked = LedgerCheck.check(items, verifications);
            if (named.isPresent()) {
                return new PlacedLedger(title, file.toString(), holding(named.get(), "file", checked));
            }
            String id = checked.name() == null ? title : checked.name().toString();
            return new PlacedLedger(id, file.toString(), checked);
        } catch (IOException unreadable) {
            return unreadable(file, "unreadable: " + unreadable.getMessage());
        }
    }

    /** Checks the ledgers in a database of a terminal or a hub; none where nothing has been written yet. */
    public static List<PlacedLedger> database(Path file, Verifications verifications) {
        try (DatabaseFile database = DatabaseFile.open(file)) {
            requireTables(database);
            if (database.has("entry", OF_LEDGER)) {
                return ledgersOfHub(file, database, verifications);
            }
            if (isEmpty(database)) {
                return List.of();
            }
            CheckedLedger checked = check(database, null, verifications);
            String id = checked.name() == null ? title(file) : checked.name().toString();
            return List.of(new PlacedLedger(id, file.toString(), checked));
        } catch (IOException unreadable) {
            return List.of(unreadable(file, "unreadable: " + unreadable.getMessage()));
        } catch (SQLException unreadable) {
            return List.of(unreadable(file, "unreadable: " + DatabaseFile.sentence(unreadable)));
        } catch (Damage damage) {
            return List.of(unreadable(file, damage.reason()));
        }
    }

    private static List<PlacedLedger> ledgersOfHub(Path file, DatabaseFile database, Verifications verifications)
            throws IOException, SQLException {
        List<PlacedLedger> ledgers = new ArrayList<>();
        for (LedgerName name : names(database)) {
            CheckedLedger checked = check(database, name, verifications);
            ledgers.add(new PlacedLedger(name.toString(), file.toString(), holding(name, "hub's row", checked)));
        }
        return ledgers;
    }

    private static CheckedLedger check(DatabaseFile database, @Nullable LedgerName only, Verifications verifications)
            throws IOException {
        try (LedgerItems items = new DatabaseLedger(database, only)) {
            return LedgerCheck.check(items, verifications);
        }
    }

    private static List<LedgerName> names(DatabaseFile database) throws SQLException {
        List<LedgerName> names = new ArrayList<>();
        String sql = "SELECT terminal, epoch FROM entry UNION SELECT terminal, epoch FROM checkpoint ORDER BY 1, 2";
        try (PreparedStatement query = database.prepare(sql);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                names.add(new LedgerName(rows.getLong(1), rows.getLong(2)));
            }
        }
        return names;
    }

    private static boolean isEmpty(DatabaseFile database) throws SQLException {
        String sql = "SELECT (SELECT count(*) FROM entry) + (SELECT count(*) FROM checkpoint)";
        try (PreparedStatement query = database.prepare(sql);
                ResultSet rows = query.executeQuery()) {
            return rows.next() && rows.getLong(1) == 0;
        }
    }

    private static void requireTables(DatabaseFile database) throws SQLException, Damage {
        if (!database.has("entry", ENTRY)
                || !database.has("certificate", List.of("position", "der"))
                || !database.has("checkpoint", ENTRY)) {
            throw new Damage("database: it does not hold a ledger's tables");
        }
    }

    private static CheckedLedger holding(LedgerName named, String what, CheckedLedger checked) {
        boolean same = checked.name() == null || checked.name().equals(named);
        if (same || checked.fault() != null) {
            return checked;
        }
        Fault fault = new Fault(1, "the " + what + " says " + named + " and holds " + checked.name());
        return new CheckedLedger(named, checked.entries(), checked.checkpointed(), checked.practised(), fault);
    }

    private static PlacedLedger unreadable(Path file, String reason) {
        CheckedLedger nothing = new CheckedLedger(null, List.of(), 0, 0, new Fault(0, reason));
        return new PlacedLedger(title(file), file.toString(), nothing);
    }

    private static String title(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
