package etal.terminal.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeMedium;
import etal.fake.FaultyDatabase;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.main.Till;
import etal.terminal.order.OrderBook;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A bit flips in the database or on the second medium: it is found, the place is named, and how to go on is said. */
class FlippedBitTest {
    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    @Test
    void any_bit_of_any_entry_in_the_database_stops_the_start_and_names_the_entry() throws StorageFailed {
        long seed = 20260307;
        Random random = new Random(seed);
        sell("b1");
        long head = head();
        List<byte[]> whole = market.till().ledger().all();
        market.pullPlug();
        for (int round = 0; round < 60; round++) {
            int number = 1 + random.nextInt((int) head);
            byte[] bytes = whole.get(number - 1).clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            put(number, bytes);

            Said expected = Said.of("ledger-damaged-medium-whole", "t3-e1", (long) number, head);
            assertEquals(expected, market.refusal(), "seed " + seed + ", round " + round);
            put(number, whole.get(number - 1));
        }
    }

    @Test
    void where_the_second_medium_is_whole_the_till_goes_on_from_it_as_it_said() throws StorageFailed {
        sell("b1");
        long head = head();
        market.pullPlug();
        market.database = new FaultyDatabase(SqliteDatabase.inMemory());
        Till.Opened.Ready opened = opened();

        assertEquals(head, opened.restored());
        assertEquals(head + 1, head());
    }

    @Test
    void where_the_second_medium_lacks_its_end_nobody_is_told_to_go_on_from_it() throws StorageFailed {
        sell("b1");
        market.pullPlug();
        market.medium.loseLast(1);
        put(2, new byte[] {1});

        assertEquals(Said.of("ledger-damaged", "t3-e1", 2L), market.refusal());
    }

    @Test
    void a_bit_on_the_second_medium_is_named_and_an_empty_one_goes_on() throws StorageFailed {
        sell("b1");
        market.pullPlug();
        byte[] bytes = market.medium.read().toList().get(2);
        bytes[bytes.length - 1] ^= 1;
        market.medium.replace(2, bytes);
        assertEquals(Said.of("medium-damaged", "t3-e1", 3L), market.refusal());

        market.medium = new FakeMedium();
        market.start();
        assertTrue(market.stall().ready());
        assertEquals(head(), market.medium.size());
    }

    @Test
    void a_document_with_a_flipped_bit_is_dropped_and_nothing_is_sold_by_it_until_it_comes_again()
            throws StorageFailed {
        market.database.inTransaction(connection -> Sql.update(
                connection,
                "UPDATE document SET bytes = CAST(substr(bytes, 1, 400) || x'00' || substr(bytes, 402) AS BLOB)"
                        + " WHERE kind = 'catalogue'"));
        market.restart();

        assertEquals(List.of("catalogue 1"), market.till().dropped());
        assertFalse(market.stall().ready());
        market.link.up();
        fund.documents().forEach(document -> market.link.deliver("any", document));
        market.loop.runUntilIdle();
        assertTrue(market.stall().ready());
    }

    @Test
    void lines_of_a_basket_that_do_not_read_end_the_start_with_a_sentence() throws StorageFailed {
        market.ringUp("b1", new Wanted("milk", 1));
        market.pullPlug();
        market.database.inTransaction(connection -> Sql.update(connection, "UPDATE basket SET lines = x'a1'"));

        assertTrue(startFails().contains("the lines of a basket do not read"));
    }

    @Test
    void a_state_that_no_basket_has_is_named() throws StorageFailed {
        sell("b1");
        market.database.inTransaction(connection -> Sql.update(connection, "UPDATE basket SET state = 'PAIE'"));
        market.restart();

        StorageFailed failed =
                assertThrows(StorageFailed.class, () -> market.till().baskets().newest("b"));
        assertTrue(String.valueOf(failed.getMessage()).contains("a row does not read"));
    }

    @Test
    void an_order_to_a_card_that_does_not_read_is_named() throws StorageFailed {
        market.database.inTransaction(connection -> Sql.update(
                connection, "INSERT INTO card_order(card, place, shard, bytes) VALUES (x'01', 0, 0, x'02')"));
        OrderBook orders = OrderBook.open(market.till().ledger().store());

        StorageFailed failed = assertThrows(StorageFailed.class, () -> orders.to(new byte[] {1}));
        assertTrue(String.valueOf(failed.getMessage()).contains("an order does not read"));
    }

    private String startFails() {
        return String.valueOf(assertThrows(AssertionError.class, market::start).getCause());
    }

    private Till.Opened.Ready opened() {
        market.start();
        return market.opened();
    }

    private void put(long number, byte[] bytes) throws StorageFailed {
        market.database.inTransaction(
                connection -> Sql.update(connection, "UPDATE entry SET bytes = ? WHERE number = ?", bytes, number));
    }

    private long head() {
        return market.till().ledger().head().number();
    }

    private void sell(String key) {
        market.ringUp(key, new Wanted("milk", 1));
        TestTill.basket(market.stall().cash(key));
    }
}
