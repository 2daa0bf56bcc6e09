package etal.terminal.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.CardGone;
import etal.port.Signal;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Commands;
import etal.protocol.sync.Document;
import etal.protocol.sync.Topics;
import etal.protocol.sync.WantedRecords;
import etal.protocol.sync.WantedRecords.Span;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A stall has burnt with its sales; its members' cards remember the last 16 records. The hub says which it lacks, and
 * wherever such a card taps, they come back.
 *
 * <pre>
 * hub                        till                              card
 *  |-- wanted: card, 3..5 ---->|                                 |
 *  |                           |&lt;------- SELECT .. DEBIT ------->|   the tap, as ever
 *  |                           |   "paid" is shown               |
 *  |                           |&lt;------- READ LOG 3, 4, 5 ------>|   only now, and only while it lies there
 *  |&lt;-- record carried, sealed |                                 |
 * </pre>
 */
class WantedRecordsTest {
    /** INS of READ LOG. */
    private static final int READ_LOG = Commands.READ_LOG;

    private final TestFund fund = new TestFund();
    private final TestTill burnt = TestTill.ready(fund, 3);
    private final TestTill bread = TestTill.ready(fund, 4);
    private final TestCard card = new TestCard(fund.card(1));
    private long version;

    /** Load 1, then debits 2 to 5 of which the stall's ledger is lost. */
    @BeforeEach
    void the_card_pays_at_a_stall_that_burns() {
        for (int sale = 1; sale <= 4; sale++) {
            pay(burnt, "b" + sale);
        }
        burnt.pullPlug();
        card.takeInstructions();
    }

    @Test
    void the_burnt_stalls_records_come_back_with_the_next_payment() {
        want(1, 2, 5);
        pay(bread, "b1");

        assertEquals(List.of(5L, 2L, 3L, 4L, 5L), counters());
    }

    @Test
    void what_the_tap_is_for_is_done_and_shown_before_anything_is_read() {
        want(1, 2, 5);
        List<String> order = new ArrayList<>();
        bread.till()
                .stall()
                .onPaid(basket -> order.add("paid " + bread.signal.takeShown().getLast()));
        card.on(READ_LOG, (chip, apdu) -> {
            order.add("read");
            return chip.transmit(apdu);
        });
        pay(bread, "b1");

        assertEquals(List.of("paid " + Signal.Outcome.PAID, "read"), order);
    }

    @Test
    void a_card_taken_away_meanwhile_has_paid_and_the_rest_comes_at_its_next_presentation() {
        want(1, 2, 5);
        List<Integer> read = new ArrayList<>();
        card.on(READ_LOG, (chip, apdu) -> {
            read.add(1);
            throw new CardGone("pulled out");
        });
        pay(bread, "b1");
        assertEquals(1, read.size());
        assertEquals(Signal.Outcome.PAID, bread.signal.takeShown().getLast());

        bread.tap(card);

        assertEquals(List.of(5L, 2L, 3L, 4L, 5L), counters());
    }

    @Test
    void a_card_that_only_looks_by_brings_them_too() {
        want(1, 2, 3);
        bread.tap(card);

        assertEquals(List.of(2L, 3L), counters());
    }

    @Test
    void nothing_is_read_twice_and_nothing_of_cards_that_nobody_asks_of() {
        want(1, 2, 5);
        pay(bread, "b1");
        card.takeInstructions();
        bread.tap(card);
        assertFalse(card.takeInstructions().contains(READ_LOG));

        TestCard other = new TestCard(fund.card(2));
        bread.tap(other);
        assertFalse(other.takeInstructions().contains(READ_LOG));
    }

    @Test
    void what_the_hub_wants_no_more_is_not_read() {
        want(1, 2, 5);
        publish(WantedRecords.none());
        pay(bread, "b1");

        assertFalse(card.takeInstructions().contains(READ_LOG));
    }

    @Test
    void what_is_wanted_is_known_after_a_pulled_plug() {
        want(1, 2, 5);
        bread.restart();
        bread.tap(card);

        assertEquals(List.of(2L, 3L, 4L, 5L), counters());
    }

    @Test
    void a_ring_that_has_gone_on_brings_what_it_still_has_oldest_first_and_a_bounded_number_at_a_time() {
        for (int sale = 1; sale <= 14; sale++) {
            pay(bread, "c" + sale);
        }
        int before = counters().size();
        want(1, 1, 5);
        bread.tap(card);

        // The card is at 19: its ring holds 4 to 19.
        assertEquals(List.of(4L, 5L), counters().subList(before, counters().size()));
        assertTrue(
                card.takeInstructions().stream().filter(ins -> ins == READ_LOG).count() <= 8);
    }

    @Test
    void a_full_disk_while_they_are_written_down_loses_no_sale() {
        want(1, 2, 5);
        card.on(READ_LOG, (chip, apdu) -> {
            bread.database.failAt(2);
            return chip.transmit(apdu);
        });
        pay(bread, "b1");
        bread.database.failAt(0);

        assertEquals(1, bread.bodies(etal.protocol.ledger.Body.Sale.class).size());
        bread.tap(card);
        assertEquals(List.of(5L, 2L, 3L, 4L, 5L), counters());
    }

    private List<Long> counters() {
        return CarriedRecords.fromElsewhere(bread, fund, 1).stream()
                .map(CardRecord::counter)
                .toList();
    }

    private void want(long ofCard, long first, long last) {
        publish(WantedRecords.of(List.of(new Span(TestFund.cardId(ofCard), first, last))));
    }

    private void publish(WantedRecords wanted) {
        version++;
        bread.link.deliver(
                Topics.doc(1, Document.WANTED, version), fund.document(Document.WANTED, version, wanted.encode()));
        bread.loop.runUntilIdle();
    }

    private void pay(TestTill till, String key) {
        till.ringUp(key, new Wanted("milk", 1));
        till.stall().awaitCard(key);
        till.tap(card);
        assertEquals(BasketState.PAID, till.look(key).state());
    }
}
