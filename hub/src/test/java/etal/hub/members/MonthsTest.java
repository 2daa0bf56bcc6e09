package etal.hub.members;

import static etal.hub.world.TestFund.vegetables;
import static etal.hub.world.TestMonths.APRIL;
import static etal.hub.world.TestMonths.JULY;
import static etal.hub.world.TestMonths.JUNE;
import static etal.hub.world.TestMonths.MAY;
import static etal.hub.world.TestMonths.entitlement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.SeededEntropy;
import etal.hub.reconcile.Reconciliation;
import etal.hub.trace.Found;
import etal.hub.trace.Way;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestMonths;
import etal.port.StorageFailed;
import etal.protocol.card.Balances;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import etal.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Months in a row, the hub started again with each: what was granted is on the cards, still to be loaded, spent or expired.
 * <pre>
 *  hub           card (keeps 40,00, catches up one month)      books of the card
 *   | April open   loads 150,00, spends 97,70                   4671 0        4672A  52,30
 *   | May open     no market                                    4671 150,00   4672A  52,30
 *   | June open    loads 300,00, 12,30 expire                   4671 0        4672A 340,00
 * </pre>
 */
class MonthsTest {
    private static final String RIGHTS = "4671";
    private static final String ON_CARD = "4672A";

    private final TestMonths world = new TestMonths();

    MonthsTest() throws StorageFailed {}

    @Test
    void a_skipped_month_is_caught_up_and_what_is_above_keep_expires_for_good() throws Exception {
        TestCard card = world.card(11, entitlement(4_000, 1));
        world.opens(APRIL);
        world.loads(card, APRIL);
        world.fund.three.sell(card, vegetables(9_770));
        world.opens(MAY);
        world.sync();
        assertEquals(15_000, world.balance(RIGHTS, card), "May waits");
        assertEquals(5_230, world.balance(ON_CARD, card));
        world.opens(JUNE);
        world.loads(card, JUNE);
        world.sync();

        assertEquals(new Balances(34_000, 0, 2_500), card.balances());
        assertEquals(34_000, world.balance(ON_CARD, card));
        assertEquals(0, world.balance(RIGHTS, card));
        assertEquals(0, world.balance("4676", card), "nothing provisional: the card has signed it");
        Reconciliation evening = world.evening();
        assertEquals(3 * 4 * 15_000, evening.i1().granted(), "three months of four cards");
        assertEquals(1_230, evening.i1().expired());
        assertEquals(9_770, evening.i1().spent());
    }

    @Test
    void the_way_of_a_sale_names_the_months_that_its_load_brought_and_what_expired_with_it() throws Exception {
        TestCard card = world.card(11, entitlement(4_000, 1));
        world.opens(APRIL);
        world.loads(card, APRIL);
        world.fund.three.sell(card, vegetables(9_770));
        world.opens(MAY);
        world.opens(JUNE);
        world.loads(card, JUNE);
        long sale = world.fund.three.sell(card, vegetables(500)).entry().number();
        world.sync();

        Way way = assertInstanceOf(Found.Shown.class, world.hub.way(new LedgerId(3, 1), sale))
                .way();
        assertTrue(way.holds(), way.checks()::toString);
        Way.Load load = way.card().orElseThrow().load().orElseThrow();
        assertEquals(30_000, load.loadedCents());
        assertEquals(1_230, load.expiredCents());
        String id = Hash.hex(card.id());
        assertEquals(
                List.of(
                        "month-opened/" + id + "/" + MAY,
                        "month-opened/" + id + "/" + JUNE,
                        "card-loaded/" + id + "/3"),
                load.events().stream().map(Way.Event::reference).toList());
    }

    @Test
    void a_month_beyond_the_catch_up_leaves_the_rights_when_the_card_shows_that_it_was_skipped() throws Exception {
        TestCard card = world.card(11, entitlement(Balances.PURSE_MAX, 1));
        world.opens(APRIL);
        world.loads(card, APRIL);
        world.opens(MAY);
        world.opens(JUNE);
        world.opens(JULY);
        world.sync();
        assertEquals(45_000, world.balance(RIGHTS, card));
        assertEquals(0, world.evening().i1().expired());
        world.loads(card, JULY);
        world.sync();

        assertEquals(45_000, world.balance(ON_CARD, card));
        assertEquals(0, world.balance(RIGHTS, card), "May is lost");
        assertEquals(15_000, world.evening().i1().expired());
    }

    @Test
    void months_before_the_first_tap_are_lost_like_any_others() throws Exception {
        TestCard card = world.fund.cards.getFirst();
        world.opens(MAY);
        world.opens(JUNE);
        world.loads(card, JUNE);
        world.sync();

        assertEquals(15_000, world.balance(ON_CARD, card));
        assertEquals(0, world.balance(RIGHTS, card));
        assertEquals(30_000, world.evening().i1().expired());
    }

    @Test
    void a_month_that_the_hub_never_opened_is_opened_for_cards_that_can_still_load_it() throws Exception {
        TestCard late = world.card(11, entitlement(Balances.PURSE_MAX, 2));
        world.opens(JUNE);
        world.loads(late, JUNE);
        world.sync();

        assertEquals(45_000, world.balance(ON_CARD, late));
        assertEquals(0, world.balance(RIGHTS, late));
        assertEquals(3 * 2 * 15_000 + 45_000, world.evening().i1().granted(), "April and June of three, all of one");
    }

    @Test
    void a_card_entered_later_that_loads_by_an_older_token_has_its_month_opened_with_the_load() throws Exception {
        world.opens(JUNE);
        TestCard late = world.card(11, entitlement(Balances.PURSE_MAX, 0));
        world.opens(JUNE);
        world.loads(late, APRIL);
        world.sync();

        assertEquals(15_000, world.balance(ON_CARD, late));
        assertEquals(15_000, world.balance(RIGHTS, late), "June waits");
        world.evening();
    }

    // card            stall 3             stall 5             hub
    //  | <- LOAD ------ | April              |                  |
    //  | <- DEBIT ------------------------- | (offline)        |
    //  | <- LOAD ------ | June               |                  |
    //                   | -- both loads ----------------------> |  which month before June? not known
    //                                        | -- sale -------> |  April: May was skipped for good
    @Test
    void a_load_whose_neighbour_has_not_come_moves_its_money_and_the_lost_month_waits_for_it() throws Exception {
        TestCard card = world.card(11, entitlement(4_000, 0));
        world.opens(APRIL);
        world.loads(card, APRIL);
        world.fund.five.append(world.fund.five.saleBy(card, List.of(vegetables(9_770))));
        world.opens(MAY);
        world.opens(JUNE);
        world.loads(card, JUNE);
        world.deliver(world.fund.three.batch());

        assertEquals(15_000, world.balance(RIGHTS, card), "of April, May and June one month is still there");
        assertEquals(15_000 + 15_000 - 1_230, world.balance(ON_CARD, card));
        assertTrue(
                world.hub.reconcile(TestFund.DAY, true).differences().stream()
                        .noneMatch(one -> one.startsWith("event")),
                "the books say what is known");
        world.deliver(world.fund.five.batch());

        assertEquals(0, world.balance(RIGHTS, card), "May has lapsed");
        assertEquals(4_000 + 15_000, world.balance(ON_CARD, card));
        assertEquals(15_000 + 1_230, world.evening().i1().expired());
    }

    @Test
    void whatever_the_order_in_which_records_come_the_books_are_the_same() throws Exception {
        String plain = months(0);
        assertTrue(plain.contains("month-lapsed") && plain.contains("4676"), plain);
        Seeds.forEach(10, seed -> assertEquals(plain, months(seed)));
    }

    /** Five months of three cards over two stalls, brought in an order by chance; 0 brings all at once. */
    private static String months(long seed) throws Exception {
        TestMonths world = new TestMonths();
        List<TestCard> cards = List.of(
                world.card(11, entitlement(4_000, 0)),
                world.card(12, entitlement(0, 1)),
                world.card(13, entitlement(Balances.PURSE_MAX, 2)));
        int[][] tapped = {{0, 1, 2}, {1}, {}, {0, 2}, {0, 1, 2}};
        for (int month = 0; month < tapped.length; month++) {
            world.opens(APRIL + month);
            for (int index : tapped[month]) {
                TestCard card = cards.get(index);
                world.fund.five.sell(card, vegetables(100));
                (month % 2 == 0 ? world.fund.three : world.fund.five).load(card, world.token(APRIL + month));
                world.fund.five.sell(card, vegetables(2_000 + 10 * month));
                world.fund.three.sell(card, vegetables(300));
            }
        }
        SeededEntropy chance = new SeededEntropy(seed);
        for (int i = 0; i < (seed == 0 ? 0 : 40); i++) {
            boolean three = chance.below(2) == 0;
            long head = three ? world.fund.three.head() : world.fund.five.head();
            long from = 1 + chance.below(head);
            long to = from + chance.below(head - from + 1);
            world.deliver(three ? world.fund.three.batch(from, to) : world.fund.five.batch(from, to));
        }
        world.sync();
        assertEquals(List.of(), world.fund.quarantined());
        world.evening();
        return world.books();
    }
}
