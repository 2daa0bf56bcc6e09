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
import etal.protocol.cose.Hash;
import etal.protocol.trust.TrustFile;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.main.Till;
import etal.terminal.order.OrderBook;
import etal.terminal.rules.RuleBook;
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

    /** Any column of a row, as a rotten page or a cosmic ray leaves it: the database itself is not asked. */
    @Test
    void a_bit_in_a_basket_an_intention_or_a_counter_ends_the_start_with_a_sentence() throws StorageFailed {
        var disk = SqliteDatabase.inMemory();
        market.pullPlug();
        market.database = new FaultyDatabase(disk);
        market.start();
        market.link.up();
        fund.documents().forEach(document -> market.link.deliver("any", document));
        market.loop.runUntilIdle();
        sell("b1");
        market.ringUp("b2", new Wanted("milk", 1));
        for (String flip : List.of(
                "basket SET lines = x'a1'",
                "basket SET state = 'PAIE'",
                "basket SET card_cents = card_cents + 1024 WHERE key = 'b1'",
                "basket SET sale = 3 WHERE key = 'b1'",
                "basket SET said = 'paie' WHERE key = 'b2'",
                "counter SET value = value + 4 WHERE name = 'sale'",
                "counter SET value = value - 1 WHERE name = 'sales'",
                "counter SET name = 'sald' WHERE name = 'sale'")) {
            market.pullPlug();
            byte[] whole = disk.image();
            flip(flip);
            String table = flip.substring(0, flip.indexOf(' '));

            assertEquals(Said.of("store-damaged-medium-whole", "t3-e1", table, lastEntry()), market.refusal(), flip);
            disk.putBack(whole);
        }
        market.start();
        assertTrue(market.stall().ready());
    }

    @Test
    void a_bit_that_flips_while_the_till_runs_is_found_where_the_row_is_read_and_no_change_covers_it()
            throws StorageFailed {
        sell("b1");
        flip("counter SET value = value + 4 WHERE name = 'sale'");
        flip("basket SET card_cents = 7 WHERE key = 'b1'");
        TerminalStore store = market.till().ledger().store();

        StorageFailed read = assertThrows(
                StorageFailed.class,
                () -> store.inTransaction(connection -> TerminalStore.counter(connection, TerminalStore.SALE)));
        assertTrue(String.valueOf(read.getMessage()).contains("counter sale in store has a flipped bit"));
        StorageFailed changed = assertThrows(
                StorageFailed.class,
                () -> store.inTransaction(
                        connection -> Sql.update(connection, "UPDATE basket SET prints = 1 WHERE key = 'b1'")));
        assertTrue(String.valueOf(changed.getMessage()).contains("a bit has flipped in basket"));
    }

    @Test
    void a_document_that_somebody_has_written_into_the_store_is_not_read_and_those_of_before_stay()
            throws StorageFailed {
        market.database.inTransaction(connection -> Sql.update(
                connection,
                "UPDATE document SET bytes = CAST(substr(bytes, 1, 400) || x'00' || substr(bytes, 402) AS BLOB)"
                        + " WHERE kind = 'catalogue'"));
        TerminalStore store = market.till().ledger().store();
        TrustFile trust = market.till().setup().trust();

        StorageFailed failed = assertThrows(StorageFailed.class, () -> RuleBook.open(store, trust));
        assertTrue(String.valueOf(failed.getMessage()).contains("catalogue 1"));
        sell("b1");
        assertTrue(market.stall().ready());
    }

    @Test
    void a_document_whose_sum_fits_and_which_nobody_has_signed_is_dropped_at_the_start() throws Exception {
        market.database.inTransaction(connection -> Sql.update(
                connection,
                "UPDATE document SET bytes = CAST(substr(bytes, 1, 400) || x'00' || substr(bytes, 402) AS BLOB)"
                        + " WHERE kind = 'catalogue'"));
        byte[] other = market.database.inTransaction(connection -> Sql.first(
                        connection, "SELECT bytes FROM document WHERE kind = 'catalogue'", row -> row.getBytes(1))
                .orElseThrow());
        market.database.inTransaction(connection ->
                Sql.update(connection, "UPDATE document SET sum = ? WHERE kind = 'catalogue'", Hash.sha256(other)));
        market.restart();

        assertEquals(List.of("catalogue 1"), market.till().dropped());
        assertFalse(market.stall().ready());
    }

    @Test
    void what_stands_beside_a_document_and_is_not_its_own_word_is_dropped_with_it() throws StorageFailed {
        for (String flip : List.of(
                "document SET version = version + 64 WHERE kind = 'catalogue'",
                "document SET kind = 'catalofue' WHERE kind = 'catalogue'",
                "document SET holds_from = holds_from - 4096 WHERE kind = 'catalogue'")) {
            market.database.inTransaction(connection -> Sql.update(connection, "UPDATE " + flip));
            market.restart();

            assertEquals(1, market.till().dropped().size(), flip);
            assertFalse(market.stall().ready(), flip);
            market.link.up();
            fund.documents().forEach(document -> market.link.deliver("any", document));
            market.loop.runUntilIdle();
            assertTrue(market.stall().ready(), flip);
        }
    }

    private long lastEntry() throws StorageFailed {
        return market.database.inTransaction(
                connection -> Sql.first(connection, "SELECT max(number) FROM entry", row -> row.getLong(1))
                        .orElseThrow());
    }

    /** The disk changes a row, and no trigger of the database sees it. */
    private void flip(String change) throws StorageFailed {
        String table = change.substring(0, change.indexOf(' '));
        market.database.inTransaction(connection -> {
            var triggers = Sql.rows(
                    connection,
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY name",
                    row -> List.of(row.getString(1), row.getString(2)),
                    table);
            for (List<String> trigger : triggers) {
                Sql.update(connection, "DROP TRIGGER " + trigger.getFirst());
            }
            Sql.update(connection, "UPDATE " + change);
            for (List<String> trigger : triggers) {
                Sql.update(connection, trigger.getLast());
            }
            return true;
        });
    }

    @Test
    void an_order_to_a_card_that_does_not_read_is_named() throws StorageFailed {
        market.database.inTransaction(connection -> Sql.update(
                connection, "INSERT INTO card_order(card, place, shard, bytes) VALUES (x'01', 0, 0, x'02')"));
        OrderBook orders = OrderBook.open(
                market.till().ledger().store(), market.till().setup().trust());

        StorageFailed failed = assertThrows(StorageFailed.class, () -> orders.to(new byte[] {1}));
        assertTrue(String.valueOf(failed.getMessage()).contains("an order does not read"));
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
