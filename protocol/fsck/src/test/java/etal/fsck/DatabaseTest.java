package etal.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private final TestFund fund = new TestFund("test");
    private final TestLedger ledger = TestLedger.smallDay(fund);
    private final String head = Hash.hex(Hash.sha256(ledger.entries.getLast()));

    @TempDir
    private Path dir;

    @BeforeEach
    void the_trust_file_lies_above() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        Files.createDirectories(dir.resolve("terminals/t3"));
        Files.createDirectories(dir.resolve("hub"));
        Files.createDirectories(dir.resolve("ledgers"));
    }

    @Test
    void a_terminals_database_is_checked_like_a_file_while_it_is_open() throws Exception {
        Path database = dir.resolve("terminals/t3/terminal.db");
        try (Connection connection = open(database)) {
            terminal(connection, ledger);
            assertTrue(Files.size(dir.resolve("terminals/t3/terminal.db-wal")) > 0);
            List<Path> before = list(dir.resolve("terminals/t3"));
            Checked checked = Checked.run(dir);
            assertEquals("t3-e1 ok: 9 entries, head " + head + ", checked to checkpoint 6", checked.first());
            assertEquals(0, checked.exit());
            assertEquals(before, list(dir.resolve("terminals/t3")));
        }
    }

    @Test
    void a_hubs_database_holds_several_ledgers_and_damage_in_one_leaves_the_others() throws Exception {
        TestLedger other = new TestLedger(fund, 4, 1);
        other.genesis();
        other.add(new Body.TechnicalEvent(1, "ici"));
        other.entries.set(1, flipped(other.entries.get(1)));
        try (Connection connection = open(dir.resolve("hub/hub.db"))) {
            hub(connection, List.of(ledger, other));
        }
        Checked checked = Checked.run(dir);
        assertEquals(1, checked.exit());
        assertTrue(checked.out().startsWith("t3-e1 ok: 9 entries, "), checked.out());
        assertTrue(checked.out().contains("\nt4-e1 damaged: entry 2, the signature does not hold\n"), checked.out());
    }

    @Test
    void the_same_ledger_in_three_places_must_be_one_beginning_of_the_other() throws Exception {
        TestLedger shorter = TestLedger.smallDay(fund);
        shorter.entries.removeLast();
        Files.write(dir.resolve("ledgers/t3-e1.etal"), shorter.bytes());
        try (Connection terminal = open(dir.resolve("terminals/t3/terminal.db"));
                Connection hub = open(dir.resolve("hub/hub.db"))) {
            terminal(terminal, ledger);
            hub(hub, List.of(ledger));
        }
        Checked same = Checked.run(dir);
        assertEquals("t3-e1 ok: 9 entries, head " + head + ", checked to checkpoint 6", same.first());
        assertTrue(same.out().contains("  " + dir.resolve("ledgers/t3-e1.etal") + " ends at entry 8\n"), same.out());
        shorter.add(new Body.TechnicalEvent(1, "autre"));
        Files.write(dir.resolve("ledgers/t3-e1.etal"), shorter.bytes());
        Checked fork = Checked.run(dir);
        assertTrue(fork.first().startsWith("t3-e1 damaged: entry 9, fork: "), fork.out());
        assertEquals(1, fork.exit());
    }

    @Test
    void a_row_changed_removed_or_moved_is_named() throws Exception {
        says("UPDATE entry SET bytes = x'00' WHERE number = 5", "entry 5, not a signed message");
        says("DELETE FROM entry WHERE number = 5", "entry 5, missing: entry 6 stands in its place");
        says("UPDATE entry SET number = 12 WHERE number = 9", "entry 9, stored under number 12");
        says("DELETE FROM entry WHERE number > 5", "entry 6, missing: a checkpoint acknowledges entry 6");
        says(
                "UPDATE entry SET bytes = 'text' WHERE number = 5",
                "entry 5, not stored as bytes, or longer than any entry");
        says(
                "UPDATE entry SET bytes = zeroblob(3000000) WHERE number = 5",
                "entry 5, not stored as bytes, or longer than any entry");
        says("UPDATE checkpoint SET number = 5 WHERE number = 6", "entry 6, checkpoint: out of order");
        says(
                "DELETE FROM certificate WHERE position = 1",
                "entry 1, certificate 1: foreign, nothing here is signed under it");
        says("DELETE FROM entry", "entry 1, missing: there is no entry");
    }

    @Test
    void what_is_no_database_or_another_one_is_named() throws Exception {
        Path database = dir.resolve("terminals/t3/terminal.db");
        Files.write(database, new byte[5000]);
        assertEquals(
                "terminal damaged: entry 0, unreadable: [SQLITE_NOTADB] File opened that is not a database file"
                        + " (file is not a database)",
                Checked.run(database).first());
        Files.delete(database);
        try (Connection connection = open(database)) {
            execute(connection, "CREATE TABLE lunch (dish TEXT)");
        }
        assertEquals(
                "terminal damaged: entry 0, database: it does not hold a ledger's tables",
                Checked.run(database).first());
    }

    @Test
    void a_terminal_that_has_written_nothing_yet_is_no_damage() throws Exception {
        Path database = dir.resolve("terminals/t3/terminal.db");
        try (Connection connection = open(database)) {
            terminalTables(connection);
        }
        Checked checked = Checked.run(dir);
        assertEquals("  " + database + ": nothing written yet\n", checked.out());
        assertEquals(0, checked.exit());
    }

    @Test
    void changed_bytes_in_the_database_file_never_break_the_checker_and_never_change_an_entry_unseen()
            throws Exception {
        Path database = dir.resolve("terminals/t3/terminal.db");
        try (Connection connection = open(database)) {
            terminal(connection, ledger);
            execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        byte[] whole = Files.readAllBytes(database);
        for (int at = 0; at < whole.length; at += 397) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            Files.write(database, damaged);
            Checked checked = Checked.run(database);
            boolean unchanged = checked.first().contains(head);
            assertTrue(unchanged == (checked.exit() == 0), "byte " + at + ": " + checked.out());
        }
    }

    private void says(String change, String fault) throws Exception {
        Path database = dir.resolve("terminals/t3/terminal.db");
        Files.deleteIfExists(database);
        try (Connection connection = open(database)) {
            terminal(connection, ledger);
            execute(connection, change);
        }
        Checked checked = Checked.run(dir);
        assertFalse(checked.exit() == 0);
        assertEquals("t3-e1 damaged: " + fault, checked.first());
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[flipped.length - 1] ^= 1;
        return flipped;
    }

    private static List<Path> list(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static Connection open(Path file) throws Exception {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        execute(connection, "PRAGMA journal_mode=WAL");
        return connection;
    }

    private static void terminalTables(Connection connection) throws Exception {
        execute(connection, "CREATE TABLE entry (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
        execute(connection, "CREATE TABLE certificate (position INTEGER PRIMARY KEY, der BLOB NOT NULL)");
        execute(connection, "CREATE TABLE checkpoint (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
    }

    private static void terminal(Connection connection, TestLedger ledger) throws Exception {
        terminalTables(connection);
        rows(connection, "INSERT INTO certificate VALUES (?, ?)", ledger.certificates, 1);
        rows(connection, "INSERT INTO entry VALUES (?, ?)", ledger.entries, 1);
        rows(connection, "INSERT INTO checkpoint VALUES (? + 3, ?)", ledger.checkpoints.subList(0, 1), 1);
        rows(connection, "INSERT INTO checkpoint VALUES (? + 5, ?)", ledger.checkpoints.subList(1, 2), 1);
    }

    private static void hub(Connection connection, List<TestLedger> ledgers) throws Exception {
        execute(connection, "CREATE TABLE entry (terminal, epoch, number, bytes BLOB)");
        execute(connection, "CREATE TABLE certificate (terminal, epoch, position, der BLOB)");
        execute(connection, "CREATE TABLE checkpoint (terminal, epoch, number, bytes BLOB)");
        for (TestLedger ledger : ledgers) {
            String id = ledger.terminal + ", " + ledger.epoch;
            rows(connection, "INSERT INTO certificate VALUES (" + id + ", ?, ?)", ledger.certificates, 1);
            rows(connection, "INSERT INTO entry VALUES (" + id + ", ?, ?)", ledger.entries, 1);
        }
        rows(
                connection,
                "INSERT INTO checkpoint VALUES (3, 1, ? + 5, ?)",
                ledgers.getFirst().checkpoints.subList(1, 2),
                1);
    }

    private static void rows(Connection connection, String sql, List<byte[]> all, int from) throws Exception {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < all.size(); i++) {
                insert.setInt(1, from + i);
                insert.setBytes(2, all.get(i));
                insert.executeUpdate();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
