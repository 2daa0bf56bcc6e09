package etal.hub.orders;

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
import etal.hub.books.Sql;
import etal.hub.members.Member;
import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestMonths;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Another entitlement in the members' list reaches the card by a SET voucher and speaks from the next load on; until then
 * the card loads as before, and the books follow the card.
 */
class EntitlementTest {
    private static final String RIGHTS = "4671";
    private static final String ON_CARD = "4672A";

    private final TestMonths world = new TestMonths();
    private final TestCard card = world.card(11, entitlement(Balances.PURSE_MAX, 1));

    private int month;

    EntitlementTest() throws Exception {
        card.contributes(50_000);
        opens(APRIL);
    }

    // members' list       hub                      stall 3               card
    //  | 200,00, v2 --->   | SET v2 ------------->  | -- VOUCHER ------->  |
    //                      |                        | <-- ES ------------  |
    //                      | May opens: 200,00      | -- LOAD May ------>  | 200,00
    @Test
    void a_new_entitlement_changes_amounts_from_the_next_load_on() throws Exception {
        world.loads(card, APRIL);
        wants(20_000, 2);
        CardOrder.Set set = assertInstanceOf(CardOrder.Set.class, world.fund.order(card));
        assertEquals(wanted(20_000, 2), set.entitlement());
        opens(MAY);
        assertEquals(20_000, rightsOf(MAY), "the books open May by it");
        world.fund.three.take(card, set);
        world.loads(card, MAY);
        world.sync();
        assertEquals(List.of(), world.fund.orders(card));
        assertEquals(15_000 + 20_000, world.balance(ON_CARD, card));
        assertEquals(0, world.balance(RIGHTS, card));
        world.evening();
    }

    @Test
    void a_card_that_the_voucher_has_not_reached_loads_as_before_and_the_books_follow() throws Exception {
        world.loads(card, APRIL);
        wants(20_000, 2);
        opens(MAY);
        CardOrder set = world.fund.order(card);
        world.loads(card, MAY);
        world.sync();
        assertEquals(30_000, world.balance(ON_CARD, card));
        assertEquals(0, world.balance(RIGHTS, card), "50,00 of May were never granted in the end");
        world.fund.three.take(card, set);
        opens(JUNE);
        world.loads(card, JUNE);
        world.sync();
        assertEquals(50_000, world.balance(ON_CARD, card));
        assertEquals(0, world.balance(RIGHTS, card));
        Reconciliation evening = world.evening();
        assertEquals(0, evening.i1().expired(), "what is put right has not expired");
        assertEquals(50_000 + 3 * 3 * 15_000, evening.i1().granted());
    }

    @Test
    void a_cut_that_reaches_the_card_before_the_month_is_loaded_holds_for_the_month() throws Exception {
        wants(5_000, 2);
        assertEquals(15_000, rightsOf(APRIL), "April was open already");
        world.fund.three.take(card, world.fund.order(card));
        world.loads(card, APRIL);
        world.sync();
        assertEquals(5_000, world.balance(ON_CARD, card));
        assertEquals(0, world.balance(RIGHTS, card));
        world.evening();
    }

    @Test
    void an_end_of_entitlement_leaves_nothing_to_load_and_nothing_open() throws Exception {
        world.loads(card, APRIL);
        wants(0, 2);
        opens(MAY);
        world.fund.three.take(card, world.fund.order(card));
        world.sync();
        assertEquals(0, world.balance(RIGHTS, card));
        world.evening();
    }

    // card A 150,00 -> 100,00, card B 150,00 -> 200,00 of one household: B waits until A has signed its cut.
    @Test
    void a_raise_of_one_card_of_a_household_waits_for_the_cut_of_the_other() throws Exception {
        TestCard other = world.card(12, entitlement(Balances.PURSE_MAX, 1));
        other.household("h11");
        other.contributes(50_000);
        opens(APRIL);
        other.wanted(wanted(20_000, 2));
        wants(10_000, 2);
        assertEquals(List.of(), world.fund.orders(other), "both at 350,00 would be too much");
        world.fund.three.take(card, world.fund.order(card));
        world.sync();
        assertEquals(
                wanted(20_000, 2),
                assertInstanceOf(CardOrder.Set.class, world.fund.order(other)).entitlement());
    }

    @Test
    void the_list_says_a_change_by_a_higher_version_and_only_so() throws Exception {
        wants(20_000, 3);
        for (Entitlement wrong : List.of(wanted(25_000, 3), wanted(15_000, 1), wanted(30_000, 2))) {
            List<String> complaints = world.hub.start(List.of(member(wrong)));
            assertEquals(1, complaints.size(), complaints::toString);
            assertTrue(complaints.getFirst().endsWith("a version above 3"), complaints::toString);
        }
        opens(month);
        assertEquals(1, world.fund.count("card_order"));
    }

    @Test
    void only_the_newest_of_several_stands_published_and_the_older_may_still_come() throws Exception {
        world.loads(card, APRIL);
        wants(20_000, 2);
        CardOrder second = world.fund.order(card);
        wants(30_000, 3);
        CardOrder third = world.fund.order(card);
        assertEquals(3, third.recordNumber());
        opens(MAY);
        // A stall that was offline shows the older one.
        world.fund.five.take(card, second);
        world.fund.five.load(card, world.token(MAY));
        world.fund.three.take(card, third);
        world.deliver(world.fund.three.batch());
        assertEquals(List.of(), world.fund.orders(card));
        world.sync();
        assertEquals(35_000, world.balance(ON_CARD, card));
        world.evening();
    }

    // card            stall 3             stall 5             hub
    //  | <- LOAD ------ | April 150,00       |                  |
    //  | <- VOUCHER ------------------------ | v2, v3: 300,00   |
    //  | <- LOAD ------ | June 300,00        | (offline)        |
    //                   | -- both loads ----------------------> |  two months of v1, or one of v3? not known
    //                                        | -- ES ---------> |  one of v3; May is lost
    @Test
    void a_load_that_two_entitlements_explain_is_booked_when_the_record_between_has_come() throws Exception {
        world.loads(card, APRIL);
        wants(30_000, 2);
        opens(MAY);
        opens(JUNE);
        world.fund.five.take(card, world.fund.order(card));
        wants(30_000, 3, 0);
        world.fund.five.take(card, world.fund.order(card));
        world.loads(card, JUNE);
        world.deliver(world.fund.three.batch());
        assertEquals(15_000, world.balance(ON_CARD, card), "300,00 of June wait");
        world.deliver(world.fund.five.batch());
        assertEquals(45_000, world.balance(ON_CARD, card));
        assertEquals(0, world.balance(RIGHTS, card));
        world.evening();
    }

    @Test
    void a_load_of_more_than_any_entitlement_of_the_card_is_no_load() throws Exception {
        world.loads(card, APRIL);
        wants(20_000, 2);
        opens(MAY);
        // Two vouchers' worth in one month, and the new amount by a card that has not taken the voucher.
        world.fund.three.append(new Body.RecordCarried(world.broken(card, 2, card.balances(), MAY, 2), null));
        world.sync();
        assertEquals(List.of("wrong-load"), world.fund.quarantined());
    }

    @Test
    void a_voucher_taken_after_the_load_does_not_explain_it() throws Exception {
        world.loads(card, APRIL);
        wants(20_000, 2);
        opens(MAY);
        CardOrder set = world.fund.order(card);
        world.sync();
        long before = world.balance(ON_CARD, card);
        // The card signs a load of 200,00, and has not signed before that it took the voucher.
        world.fund.three.append(new Body.RecordCarried(
                card.signed(new CardRecord(
                        CardRecord.Tag.LOAD,
                        2,
                        3,
                        1,
                        0,
                        new Deltas(20_000, 0, 0),
                        card.balances().plus(new Deltas(20_000, 0, 0)),
                        MAY,
                        world.fund.three.timeMillis() / 1_000,
                        world.token(MAY).hash())),
                null));
        world.sync();
        assertEquals(List.of("wrong-load"), world.fund.quarantined(), "all before it is known");
        assertEquals(before, world.balance(ON_CARD, card));
        assertEquals(List.of(set), world.fund.orders(card));
    }

    @Test
    void whatever_the_order_in_which_records_come_the_books_are_the_same() throws Exception {
        String plain = months(0);
        assertTrue(plain.contains("month-adjusted") && plain.contains("month-lapsed"), plain);
        Seeds.forEach(6, seed -> assertEquals(plain, months(seed)));
    }

    private static String months(long seed) throws Exception {
        EntitlementTest test = new EntitlementTest();
        TestMonths world = test.world;
        TestCard card = test.card;
        world.loads(card, APRIL);
        world.fund.five.sell(card, vegetables(1_000));
        test.wants(20_000, 2);
        CardOrder second = world.fund.order(card);
        test.opens(MAY);
        world.fund.five.load(card, world.token(MAY));
        world.fund.three.take(card, second);
        world.fund.five.sell(card, vegetables(700));
        test.wants(12_000, 3, 0);
        CardOrder third = world.fund.order(card);
        test.opens(JUNE);
        test.opens(JULY);
        world.fund.five.take(card, third);
        world.loads(card, JULY);
        world.fund.three.sell(card, vegetables(300));
        SeededEntropy chance = new SeededEntropy(seed);
        for (int i = 0; i < (seed == 0 ? 0 : 30); i++) {
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

    private void wants(long amountCents, int version) throws Exception {
        wants(amountCents, version, 1);
    }

    /** The hub is started with the same list but for that card's entitlement; it stays so for later starts. */
    private void wants(long amountCents, int version, int catchUpMonths) throws Exception {
        Entitlement wanted =
                new Entitlement(amountCents, 2_500, Balances.PURSE_MAX, 0, APRIL, APRIL + 11, catchUpMonths, version);
        card.wanted(wanted);
        opens(month);
    }

    private void opens(int period) throws Exception {
        month = period;
        world.opens(period);
    }

    private static Entitlement wanted(long amountCents, int version) {
        return new Entitlement(amountCents, 2_500, Balances.PURSE_MAX, 0, APRIL, APRIL + 11, 1, version);
    }

    private Member member(Entitlement entitlement) {
        Member as = card.member();
        return new Member(
                as.household(), as.card(), as.certificate(), as.persons(), entitlement, as.contributionCents(), false);
    }

    private long rightsOf(int period) throws Exception {
        String reference = "month-opened/" + Hash.hex(card.id()) + "/" + period;
        return world.fund.database.inTransaction(connection -> Sql.number(
                connection,
                "SELECT SUM(credit_cents) FROM posting JOIN event ON event.id = posting.event WHERE reference = ?",
                reference));
    }
}
