package etal.hub.reconcile;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.sqlite.SqliteDatabase;
import etal.hub.core.HubCore;
import etal.hub.world.TestFund;
import etal.protocol.ledger.Body;
import etal.protocol.scheme.file.SchemeFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hand in the store, or a stray bit, is named: the second way of computing everything says other things. */
class TamperTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " # ",
            quoteCharacter = '`',
            value = {
                "UPDATE posting SET debit_cents = debit_cents + 1 WHERE account = '4672A' AND row = '4' # is posted as",
                "UPDATE posting SET third = '5' WHERE account = '4673' AND third = '3' AND row = '4' # is posted as",
                "UPDATE posting SET account = '4677' WHERE account = '4673' # is posted as",
                "DELETE FROM posting WHERE row = '3' # is posted as []",
                "UPDATE event SET reference = 'sale/00/1' WHERE id = (SELECT MAX(id) FROM event) # nothing stands behind it",
                "UPDATE entry SET bytes = substr(bytes, 1, 200) || x'00' || substr(bytes, 202) WHERE kind = 3 # entry",
                "UPDATE entry SET hash = zeroblob(32) WHERE number = 2 # do not have the stored hash",
                "UPDATE entry SET time_millis = time_millis + 1 WHERE number = 2 # another ledger, number or time",
                "DELETE FROM entry WHERE terminal = 3 AND number = 3 # is missing",
                "DELETE FROM entry WHERE terminal = 5 AND number = (SELECT MAX(number) FROM entry WHERE terminal = 5) # the stored head",
                "UPDATE ledger SET number = number + 1 WHERE terminal = 3 # the stored head",
                "UPDATE card_record SET bytes = substr(bytes, 1, 33) || x'ff' || substr(bytes, 35) WHERE counter = 2 # signature",
                "UPDATE card_record SET signature = zeroblob(64) WHERE counter = 1 # signature is not its card's",
                "DELETE FROM card_record WHERE counter = 2 # record",
                "DELETE FROM sale WHERE terminal = 5 # not among the sales",
                "UPDATE sale SET card_cents = card_cents - 5 WHERE terminal = 3 # no entry says so",
                "UPDATE card SET entitlement_cents = entitlement_cents + 100 # should be",
                "UPDATE card SET certificate = zeroblob(114) WHERE card = x'0000000000000001' # card 0000000000000001",
                "DELETE FROM card WHERE card = x'0000000000000001' # nothing stands behind it",
                "UPDATE checkpoint SET bytes = substr(bytes, 1, 100) || x'00' || substr(bytes, 102) # acknowledgement",
                "UPDATE document SET bytes = substr(bytes, 1, 99) || x'01' || substr(bytes, 101) WHERE kind = 'catalogue' # document",
                "UPDATE event SET day = '2025-04-01' WHERE name = 'sale' # no entry says so",
                "UPDATE event SET number = 9 WHERE id = (SELECT MAX(id) FROM event WHERE name = 'sale') # no entry says so",
                "UPDATE payout SET iban = 'DE89370400440532013000' WHERE point_of_sale = 3 # not those of its file",
                "UPDATE payout SET iban = 'nonsense' WHERE point_of_sale = 3 # not those of its file",
                "UPDATE payout SET amount_cents = amount_cents + 1 WHERE point_of_sale = 3 # not those of its file",
                "UPDATE certificate SET der = zeroblob(300) WHERE position = 0 # stored certificates",
            })
    void a_changed_row_is_found(String change, String named) throws Exception {
        TestFund fund = day();
        fund.tamper(change);
        Reconciliation evening = fund.evening();
        assertFalse(evening.balanced());
        assertTrue(
                evening.differences().stream().anyMatch(difference -> difference.contains(named)),
                () -> named + " in " + evening.differences());
    }

    @Test
    void a_hand_that_ignores_the_stores_own_rules_is_found_too(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("hub.db");
        TestFund fund;
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            fund = day(new TestFund(database));
        }
        try (Connection hand = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = hand.createStatement()) {
            statement.executeUpdate("DROP TRIGGER event_stays");
            assertEquals(3, statement.executeUpdate("DELETE FROM event WHERE name = 'sale'"));
        }
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            HubCore again = fund.hub(database, SchemeFile.dieulefit(), fund.scheme);
            List<String> differences = again.reconcile(TestFund.DAY, true).differences();
            assertTrue(differences.stream().anyMatch(one -> one.contains("without event")), differences::toString);
            assertTrue(differences.stream().anyMatch(one -> one.contains("refers to nothing")), differences::toString);
            assertTrue(differences.stream().anyMatch(one -> one.contains("is not posted")), differences::toString);
        }
    }

    @Test
    void an_altered_balance_moved_in_two_postings_is_found_though_it_balances() throws Exception {
        TestFund fund = day();
        fund.tamper("UPDATE posting SET debit_cents = debit_cents * 2, credit_cents = credit_cents * 2"
                + " WHERE event = (SELECT MIN(id) FROM event WHERE name = 'sale')");
        Reconciliation evening = fund.evening();
        assertTrue(evening.i1().holds(), "the postings agree with themselves");
        assertFalse(evening.balanced());
        assertTrue(evening.differences().stream().anyMatch(one -> one.startsWith("account 4673 3: the books say")));
    }

    @Test
    void the_store_itself_refuses_what_does_not_balance_and_what_changes_money() throws Exception {
        TestFund fund = day();
        for (String change : List.of(
                "UPDATE posting SET credit_cents = 1",
                "DELETE FROM posting",
                "UPDATE event SET day = ''",
                "DELETE FROM event",
                "UPDATE entry SET bytes = x''",
                "DELETE FROM entry",
                "UPDATE card_record SET bytes = x''",
                "DELETE FROM card_record",
                "INSERT INTO event (id, name, reference, day, booked_millis) VALUES (9999, 'sale', 'x', '', 0)",
                "INSERT INTO posting (event, row, account, third, debit_cents, credit_cents) VALUES (1, '4', '4673', '3', 5, 0)",
                "INSERT INTO posting (event, row, account, third, debit_cents, credit_cents) VALUES (9999, '4', '4673', '3', 5, 0)")) {
            org.junit.jupiter.api.Assertions.assertThrows(
                    etal.port.StorageFailed.class,
                    () -> fund.database.inTransaction(connection -> etal.hub.books.Sql.update(connection, change)),
                    change);
        }
        assertEquals(List.of(), fund.evening().differences());
    }

    @Test
    void a_producers_closing_that_says_something_else_is_named() throws Exception {
        TestFund fund = day();
        fund.three.append(new Body.Closing(Body.Closing.DAY, "2025-04-02", 7, 700, 700, new byte[32]));
        fund.syncAll();
        Reconciliation evening = fund.evening();
        assertTrue(
                evening.differences().stream().anyMatch(one -> one.contains("closing says 7 sales and 700 by card")));
        assertFalse(evening.i2().getFirst().holds());
    }

    @Test
    void a_terminal_that_was_expected_and_sent_nothing_is_named() throws Exception {
        TestFund fund = new TestFund();
        fund.three.close("2025-04-02");
        fund.deliver(fund.three.batch());
        assertEquals(List.of("terminal 5: nothing has come"), fund.evening().differences());
    }

    @Test
    void more_owed_than_the_bank_holds_breaks_the_third_invariant() throws Exception {
        TestFund fund = day();
        fund.tamper("UPDATE posting SET debit_cents = 1 WHERE account = '512'");
        Reconciliation evening = fund.evening();
        assertFalse(evening.i3().holds());
        assertTrue(evening.differences().stream().anyMatch(one -> one.startsWith("I3 does not hold")));
    }

    /** Two sales at terminal 3, one at terminal 5, all by the first card; both closed. */
    private static TestFund day() throws Exception {
        return day(new TestFund());
    }

    private static TestFund day(TestFund fund) throws Exception {
        fund.three.load(fund.cards.getFirst(), fund.token());
        fund.three.sell(fund.cards.getFirst(), vegetables(1_250));
        fund.three.sell(fund.cards.getFirst(), vegetables(800));
        fund.five.sell(fund.cards.getFirst(), vegetables(310));
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
        fund.hub.payOut(TestFund.DAY, "R1");
        assertEquals(List.of(), fund.evening().differences());
        return fund;
    }
}
