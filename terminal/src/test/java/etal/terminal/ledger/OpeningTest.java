package etal.terminal.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeMedium;
import etal.fake.FaultyDatabase;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.ledger.Body;
import etal.protocol.split.PointOfSale;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.Setup;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.sale.Seller;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a ledger is opened: against itself, and against the second medium. */
class OpeningTest {
    private static final Wanted MILK = new Wanted("milk", 1);

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    @Test
    void a_clean_stop_and_a_power_cut_are_told_apart() throws StorageFailed {
        market.till().stop();
        market.restart();
        market.restart();

        List<Integer> events = market.bodies(Body.TechnicalEvent.class).stream()
                .map(Body.TechnicalEvent::code)
                .toList();
        assertEquals(List.of(1, 3, 1, 2), events);
    }

    @Test
    void entries_go_to_the_second_medium_after_the_commit() throws StorageFailed {
        sell("b1");

        assertEquals(market.till().ledger().head().number(), market.medium.size());
        assertArrayEquals(
                market.till().ledger().all().getLast(),
                market.medium.read().toList().getLast());
    }

    @Test
    void a_medium_that_was_away_is_extended_at_the_next_start() throws StorageFailed {
        market.medium.pulled(true);
        sell("b1");
        market.medium.pulled(false);
        market.restart();

        assertEquals(market.till().ledger().head().number(), market.medium.size());
    }

    @Test
    void a_medium_that_comes_back_gets_first_what_it_missed() throws StorageFailed {
        market.medium.pulled(true);
        sell("b1");
        assertFalse(market.till().ledger().mediumWorking());
        market.medium.pulled(false);
        for (int sale = 2; sale < 6; sale++) {
            sell("b" + sale);
        }

        assertTrue(market.till().ledger().mediumWorking());
        assertEquals(market.till().ledger().head().number(), market.medium.size());
        List<byte[]> held = market.medium.read().toList();
        List<byte[]> written = market.till().ledger().all();
        for (int index = 0; index < held.size(); index++) {
            assertArrayEquals(written.get(index), held.get(index));
        }
    }

    @Test
    void a_sale_is_not_called_failed_when_only_the_note_of_the_lost_medium_could_not_be_written() throws StorageFailed {
        market.ringUp("b1", MILK);
        market.medium.pulled(true);
        int undecidedThenSaleThenNote = 3;
        market.database.failAt(undecidedThenSaleThenNote);
        TestTill.basket(market.stall().cash("b1"));

        assertEquals(BasketState.PAID, market.look("b1").state());
        assertFalse(market.stall().storageFailed());
        assertEquals(1, market.till().ledger().unnoted());
    }

    @Test
    void a_restored_older_database_takes_its_tail_back_from_the_medium_and_does_not_fork() throws StorageFailed {
        TestCard card = new TestCard(fund.card(1));
        TestTill fresh = new TestTill(fund, 5);
        SqliteDatabase older = SqliteDatabase.inMemory();
        fresh.database = new FaultyDatabase(older);
        TestTill same = TestTill.ready(fund, 5);
        same.ringUp("b1", MILK);
        same.stall().awaitCard("b1");
        same.tap(card);
        assertEquals(BasketState.PAID, same.look("b1").state());
        Head head = same.till().ledger().head();

        fresh.medium = same.medium;
        fresh.start();

        assertEquals(head.number() + 1, fresh.till().ledger().head().number(), "one entry more: started");
        assertArrayEquals(
                head.hash(), fresh.till().ledger().hashOf(head.number()).orElseThrow());
        fresh.link.up();
        fund.documents().forEach(document -> fresh.link.deliver("etal/1/doc/any", document));
        fresh.loop.runUntilIdle();
        fresh.ringUp("b2", MILK);
        fresh.stall().awaitCard("b2");
        fresh.tap(card);
        assertEquals(
                List.of(1L, 1_002L),
                fresh.bodies(Body.Sale.class).stream().map(Body.Sale::sale).toList(),
                "no sale number twice");
    }

    @Test
    void a_ledger_of_one_seller_is_not_gone_on_with_by_another() {
        market.pullPlug();
        Setup own = market.setup();
        Seller other = new Seller(
                new PointOfSale(3, "987654321"), "Le voisin", own.seller().regime());
        TestTill neighbour = new TestTill(
                fund,
                new Setup(
                        own.fund(),
                        other,
                        own.language(),
                        own.software(),
                        own.identity(),
                        own.introduction(),
                        own.agreementScalar(),
                        own.trust(),
                        null));
        neighbour.database = market.database;
        neighbour.medium = market.medium;

        assertEquals("other-seller", neighbour.refusal().key());
    }

    @Test
    void a_medium_with_another_ledger_stops_the_start() {
        TestTill other = TestTill.ready(fund, 4);
        market.pullPlug();
        market.medium = other.medium;

        assertEquals(Said.of("medium-differs", "t3-e1", 1L), market.refusal());
    }

    @Test
    void a_medium_that_differs_in_one_entry_stops_the_start() {
        sell("b1");
        market.pullPlug();
        market.medium.replace(1, new byte[] {1});

        assertEquals(Said.of("medium-damaged", "t3-e1", 2L), market.refusal());
    }

    @Test
    void a_tail_that_does_not_follow_stops_the_start() throws StorageFailed {
        FakeMedium medium = market.medium;
        market.pullPlug();
        medium.append(new byte[] {1, 2, 3});

        assertEquals(Said.of("medium-tail-foreign", "t3-e1", (long) medium.size()), market.refusal());
    }

    @Test
    void a_changed_byte_in_the_database_stops_the_start() throws StorageFailed {
        sell("b1");
        long head = market.till().ledger().head().number();
        market.pullPlug();
        market.database.inTransaction(connection -> Sql.update(
                connection,
                "UPDATE entry SET bytes = CAST(substr(bytes, 1, 200) || x'00' || substr(bytes, 202) AS BLOB)"
                        + " WHERE number = 2"));

        assertEquals(Said.of("ledger-damaged-medium-whole", "t3-e1", 2L, head), market.refusal());
    }

    @Test
    void a_clock_that_went_back_does_not_take_the_entries_with_it() throws StorageFailed {
        long before = market.till().ledger().head().timeMillis();
        market.clock.set(java.time.Instant.EPOCH);
        sell("b1");

        assertTrue(market.till().ledger().head().timeMillis() >= before);
    }

    private void sell(String key) {
        market.ringUp(key, MILK);
        TestTill.basket(market.stall().cash(key));
    }
}
