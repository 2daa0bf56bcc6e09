package etal.terminal.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.edge.sqlite.SqliteDatabase;
import etal.port.StorageFailed;
import etal.protocol.card.CardRecord;
import etal.terminal.intent.Intention;
import etal.terminal.intent.IntentionBook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A database of an earlier version goes on where it was: every intention in it was to pay. */
class StoreMigrationTest {
    private static final List<String> BEFORE = List.of(
            "CREATE TABLE basket(key TEXT PRIMARY KEY, state TEXT NOT NULL, lines BLOB NOT NULL,"
                    + " receipt INTEGER NOT NULL, sale INTEGER, entry INTEGER, card_cents INTEGER,"
                    + " cash_cents INTEGER, said TEXT, prints INTEGER NOT NULL DEFAULT 0)",
            "CREATE TABLE document(kind TEXT NOT NULL, version INTEGER NOT NULL,"
                    + " holds_from INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(kind, version))",
            "CREATE TABLE intention(sale INTEGER PRIMARY KEY, basket TEXT NOT NULL, card BLOB NOT NULL,"
                    + " certificate BLOB NOT NULL, newest BLOB NOT NULL, counter INTEGER NOT NULL,"
                    + " allocation INTEGER NOT NULL, bonus INTEGER NOT NULL, earnable INTEGER NOT NULL,"
                    + " scheme TEXT NOT NULL, scheme_version INTEGER NOT NULL,"
                    + " salt BLOB NOT NULL, details BLOB NOT NULL, time_seconds INTEGER NOT NULL,"
                    + " intent_hash BLOB NOT NULL, head BLOB NOT NULL,"
                    + " state TEXT NOT NULL, verdict TEXT NOT NULL)",
            "CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
            "CREATE TABLE details(entry INTEGER PRIMARY KEY, salt BLOB NOT NULL, blob BLOB NOT NULL)",
            "CREATE TABLE price_chosen(entry INTEGER PRIMARY KEY, time_millis INTEGER NOT NULL,"
                    + " shortfall_cents INTEGER NOT NULL)",
            "PRAGMA user_version = 2");

    @Test
    void payments_in_doubt_stay_in_doubt_in_their_order() throws StorageFailed {
        SqliteDatabase database = SqliteDatabase.inMemory();
        database.inTransaction(connection -> {
            for (String statement : BEFORE) {
                Sql.update(connection, statement);
            }
            for (long sale : new long[] {9, 4}) {
                Sql.update(
                        connection,
                        "INSERT INTO intention VALUES(?, ?, x'01', x'02', ?, 7, -5, 0, 0, 's', 1, x'03', x'04', 5, ?,"
                                + " x'06', 'IN_DOUBT', 'KEPT')",
                        sale,
                        "b" + sale,
                        CardRecord.first(0).encode(),
                        new byte[32]);
            }
            return true;
        });

        List<Intention> undecided = new IntentionBook(TerminalStore.open(database)).undecided();

        assertEquals(List.of(4L, 9L), undecided.stream().map(Intention::sale).toList());
        assertEquals(
                List.of(Intention.Kind.DEBIT, Intention.Kind.DEBIT),
                undecided.stream().map(Intention::kind).toList());
        assertEquals(Intention.Verdict.KEPT, undecided.getFirst().verdict());
    }
}
