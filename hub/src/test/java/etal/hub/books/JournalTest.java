package etal.hub.books;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.world.TestStore;
import etal.port.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of the table of postings, one by one, as the accountant knows them. */
class JournalTest {
    private final Database database = TestStore.fresh();
    private final Journal journal = new Journal(Chart.shipped());

    JournalTest() throws Exception {
        Schema.migrate(database);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1a  | contribution-called | allocation=10000 surplus=5000       | 411 h7 D15000, 7541 C5000, 7562 C10000",
                "1a  | contribution-called | allocation=10000 surplus=0          | 411 h7 D10000, 7562 C10000",
                "1b  | contribution-paid   | paid=15000                          | 411 h7 C15000, 512 D15000",
                "2   | month-opened        | entitlement=20000                   | 4671 c1 C20000, 6571 D20000",
                "3   | card-loaded         | allocation=20000                    | 4671 c1 D20000, 4672A c1 C20000",
                "9ac | card-loaded         | expired=3500                        | 4672A c1 D3500, 4676 c1 D0, 6571 C3500",
                "3+9 | card-loaded         | allocation=20000 expired=3500       | 4671 c1 D20000, 4672A c1 C16500, 4676 c1 D0, 6571 C3500",
                "9c  | month-lapsed        | entitlement=20000                   | 4671 c1 D20000, 6571 C20000",
                "4   | sale                | allocation=2400                     | 4672A c1 D2400, 4673 p3 C2400",
                "5   | sale                | allocation=1500                     | 4672A c1 D1500, 4673 p3 C1500",
                "6a  | sale                | allocation=1000 earned=1000 bonus=0 | 4672A c1 D1000, 4672B c1 C1000, 4673 p3 C1000, 6572B D1000",
                "6a+ | sale                | allocation=1000 earned=500 bonus=300| 4672A c1 D1000, 4672B c1 C200, 4673 p3 C1300, 6572B D500",
                "6b  | funders-paid        | paid=100000                         | 441 D0, 512 D100000, 74 C100000",
                "10a | payout-ordered      | paid=24000                          | 4673 p3 D24000, 4674 p3 C24000",
                "10b | payout-debited      | paid=24000                          | 4674 p3 D24000, 512 C24000",
                "10c | payout-rejected     | paid=24000                          | 4673 p3 C24000, 512 D24000",
                "13a | orphan              | allocation=1800                     | 4672A c1 D1800, 471 c1 C1800",
                "13b | orphan-payable      | paid=1800                           | 4673 p3 C1800, 471 c1 D1800",
                "13c | orphan-withdrawn    | paid=1800                           | 4673 p3 D1800, 471 c1 C1800",
                "13b | orphan-returned     | paid=1800                           | 4671 c1 C1800, 471 c1 D1800",
            })
    void each_event_is_posted_as_its_row_says(String row, String event, String amounts, String balances)
            throws Exception {
        assertTrue(post(booking(event, "r/1", amounts)), row);
        List<String> lines = database.inTransaction(connection -> journal.balances(connection)).stream()
                .map(JournalTest::line)
                .toList();
        assertEquals(balances, String.join(", ", lines), row);
    }

    @Test
    void the_same_reference_is_posted_once_and_nothing_is_posted_for_nothing() throws Exception {
        assertTrue(post(booking("sale", "sale/c1/1", "allocation=5")));
        assertFalse(post(booking("sale", "sale/c1/1", "allocation=7")));
        assertFalse(post(booking("sale", "sale/c1/2", "allocation=0")));
        assertEquals(
                -5L, (long) database.inTransaction(connection -> journal.creditCents(connection, "card-allocation")));
        assertEquals(5L, (long)
                database.inTransaction(connection -> journal.creditCents(connection, "points-of-sale", "p3")));
        assertEquals(0L, (long)
                database.inTransaction(connection -> journal.creditCents(connection, "points-of-sale", "p4")));
    }

    @Test
    void a_negative_amount_or_an_unknown_event_is_a_bug() {
        assertThrows(IllegalStateException.class, () -> post(booking("sale", "x", "allocation=-1")));
        assertThrows(IllegalStateException.class, () -> post(booking("gift", "x", "allocation=1")));
    }

    @Test
    void an_accountants_table_is_read_or_refused_with_its_line() {
        String accounts = "role,number,third,name\nbank,512,,Banque\ncash,53,,Caisse\n";
        Chart chart = Chart.read(accounts, "event,row,amount,debit,credit\nin,1,paid,bank,cash\n");
        assertEquals("53", chart.account("cash").number());
        assertEquals(1, chart.legs("in").size());
        for (String[] tables : new String[][] {
            {"role;number\n", "event,row,amount,debit,credit\n"},
            {accounts + "short,1\n", "event,row,amount,debit,credit\n"},
            {accounts, "event,row,amount,debit,credit\nin,1,paid,bank,gold\n"},
        }) {
            assertThrows(IllegalArgumentException.class, () -> Chart.read(tables[0], tables[1]));
        }
    }

    private boolean post(Booking booking) throws Exception {
        return database.inTransaction(connection -> journal.post(connection, booking, 1));
    }

    private static Booking booking(String event, String reference, String amounts) {
        Map<String, Long> cents = new LinkedHashMap<>();
        for (String amount : amounts.split(" ")) {
            String[] pair = amount.split("=");
            cents.put(pair[0], Long.parseLong(pair[1]));
        }
        Map<String, String> thirds = Map.of("card", "c1", "household", "h7", "point-of-sale", "p3");
        return new Booking(event, reference, "2025-04-02", cents, thirds, null);
    }

    private static String line(Journal.Balance balance) {
        String third = balance.third().isEmpty() ? "" : balance.third() + " ";
        String side = balance.creditCents() > 0 ? "C" : "D";
        return balance.account() + " " + third + side + Math.abs(balance.creditCents());
    }
}
