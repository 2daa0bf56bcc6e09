package etal.hub.restore;

import static etal.hub.world.TestFund.vegetables;
import static etal.hub.world.TestMonths.APRIL;
import static etal.hub.world.TestMonths.MAY;
import static etal.hub.world.TestMonths.entitlement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.orders.Correction;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestMonths;
import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.order.CardOrder;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders to cards that were issued after the backup: a card has taken them, and the restored hub knows nothing of them but the
 * card's word.
 *
 * <pre>
 * hub, generation 1     terminal        card          hub restored
 *  | (backup)             |              |              |
 *  | SET, BLOCK, ADD ---> | -----------> |              |
 *  |                      | <- ES EB EA  |              |
 *  |                      | -- ES, EB, EA ------------> |  as if it had never forgotten
 * </pre>
 */
class ForgottenOrderTest {
    private static final List<FundedLine> LINES = List.of(vegetables(700));

    @TempDir
    private Path directory;

    private final TestMonths world = new TestMonths();
    private final TestFund fund = world.fund;
    private final TestCard card = world.card(11, entitlement(Balances.PURSE_MAX, 1));

    ForgottenOrderTest() throws Exception {
        card.contributes(50_000);
        world.opens(APRIL);
        world.loads(card, APRIL);
        world.sync();
    }

    private void backup() throws Exception {
        fund.sqlite().copyTo(directory.resolve("backup.db"));
    }

    private RestoredFund restored() throws Exception {
        return new RestoredFund(fund, directory.resolve("backup.db"));
    }

    private RestoredFund restored(int period) throws Exception {
        return new RestoredFund(fund, directory.resolve("backup.db"), period);
    }

    /** The day is closed, and everything is here and adds up. */
    private void sameBooks(RestoredFund restored) throws Exception {
        assertEquals(List.of(), restored.waiting());
        assertEquals(List.of(), restored.evening().differences());
        assertEquals(RestoredFund.books(fund.database), RestoredFund.books(restored.database));
    }

    private void wants(long cents, int version) throws Exception {
        Entitlement before = entitlement(Balances.PURSE_MAX, 1);
        card.wanted(new Entitlement(
                cents,
                before.earnableCents(),
                before.keepCents(),
                before.pointOfSale(),
                before.firstPeriod(),
                before.lastPeriod(),
                before.catchUpMonths(),
                version));
    }

    @Test
    void another_entitlement_that_the_card_has_taken_is_known_by_the_list_and_so_are_loads_by_it() throws Exception {
        backup();
        wants(20_000, 2);
        world.opens(APRIL);
        fund.five.take(card, fund.order(card));
        world.opens(MAY);
        world.loads(card, MAY);
        world.evening();
        assertEquals(35_000, world.balance("4672A", card));

        RestoredFund restored = restored(MAY);
        restored.readBack(fund.three, 3);
        assertTrue(
                restored.waiting().getFirst().startsWith("wrong-load"), "the record that tells is at the other stall");
        restored.readBack(fund.five, 5);
        assertEquals(List.of(), restored.waiting());
        restored.openAll();
        assertEquals(List.of(), restored.evening().differences());
        for (String account : List.of("4671", "4672A", "6571", "4111")) {
            assertEquals(fund.balance(account), restored.balance(account), account);
        }
        assertEquals(List.of(), restored.orders(card), "it is not issued again");
    }

    @Test
    void a_version_that_the_list_names_no_more_is_asked_of_the_operator_in_a_sentence_and_then_known()
            throws Exception {
        backup();
        wants(20_000, 2);
        world.opens(APRIL);
        fund.three.take(card, fund.order(card));
        world.opens(MAY);
        world.loads(card, MAY);
        wants(25_000, 3);
        world.opens(MAY);
        world.evening();

        RestoredFund restored = restored(MAY);
        restored.openAll();
        String asked = restored.waiting().getFirst();
        assertTrue(asked.contains("entitlement of version 2: write that one under \"earlier\""), asked);
        assertTrue(
                restored.evening().differences().stream().anyMatch(each -> each.contains("under \"earlier\"")),
                "and in the evening");
        card.earlier(new Entitlement(20_000, 2_500, Balances.PURSE_MAX, 0, APRIL, APRIL + 11, 1, 2));
        restored.starts(MAY);
        assertEquals(List.of(), restored.waiting());
        assertEquals(List.of(), restored.evening().differences());
        assertEquals(fund.balance("4672A"), restored.balance("4672A"));
        assertEquals(fund.balance("4671"), restored.balance("4671"));
        assertEquals(
                3,
                ((CardOrder.Set) restored.orders(card).getFirst()).entitlement().version());
    }

    @Test
    void what_was_signed_anew_and_turns_out_to_be_taken_already_is_the_same_order() throws Exception {
        backup();
        wants(20_000, 2);
        TestCard lost = fund.cards.getFirst();
        lost.lost();
        world.opens(APRIL);
        fund.five.take(card, fund.order(card));
        fund.five.take(lost, fund.order(lost));
        world.evening();

        RestoredFund restored = restored();
        restored.hub.terminalLost(5, "A. Operator");
        restored.openWithoutFive();
        assertEquals(1, restored.orders(card).size(), "signed anew");
        assertEquals(1, restored.orders(lost).size(), "signed anew");
        fund.clock.advance(Duration.ofDays(30));
        restored.deliver(5, fund.five.batch());
        assertEquals(List.of(), restored.orders(card));
        assertEquals(List.of(), restored.orders(lost));
        assertEquals(2, restored.count("order_recognised"));
        sameBooks(restored);
    }

    @Test
    void a_card_that_was_blocked_by_mistake_and_taken_off_the_list_is_blocked_all_the_same() throws Exception {
        backup();
        TestCard lost = fund.cards.getFirst();
        lost.lost();
        world.opens(APRIL);
        CardOrder block = fund.order(lost);
        fund.three.take(lost, block);
        RestoredFund restored = new RestoredFund(taken(lost), directory.resolve("backup.db"));
        restored.readBack(fund.three, 3);
        assertEquals(List.of(), restored.waiting());
        assertEquals(1, restored.count("card_record WHERE tag = 'BLOCKED'"));
        assertEquals(1, restored.count("card_order WHERE kind = 'BLOCK' AND recognised = 1 AND taken IS NOT NULL"));
    }

    /** The list as if the card had never been lost. */
    private TestFund taken(TestCard lost) {
        lost.found();
        return fund;
    }

    @Test
    void what_a_lost_card_held_and_its_untaken_vouchers_are_not_given_to_the_card_in_its_place_again()
            throws Exception {
        backup();
        CardProof paid = fund.three.debit(card, LINES, new Deltas(-700, 0, 0));
        fund.three.append(new Body.RefundRequest(fund.three.lastSale(), paid));
        card.lost();
        world.opens(APRIL);
        world.sync();
        fund.three.take(card, fund.order(card));
        TestCard next = new TestCard(fund.authority, 21, Entitlement.monthly(15_000, MAY, APRIL + 24, 1));
        next.replaces(card);
        fund.cards.add(next);
        world.opens(APRIL);
        world.sync();
        for (CardOrder order : fund.orders(next)) {
            fund.five.take(next, order);
        }
        world.evening();
        assertEquals(15_000, world.balance("4672A", next));

        RestoredFund restored = restored();
        restored.readBack(fund.five, 5);
        assertEquals(2, restored.waiting().size(), "nothing is known yet of the lost card");
        restored.openAll();
        assertEquals(List.of(), restored.waiting());
        assertEquals(List.of(), restored.evening().differences());
        assertEquals(List.of(), restored.orders(next));
        for (String account : List.of("4671", "4672A", "6571", "471")) {
            assertEquals(fund.balance(account), restored.balance(account), account);
        }
    }

    @Test
    void a_correction_of_which_a_till_tells_a_month_after_the_gates_have_opened_is_booked_once() throws Exception {
        backup();
        fund.hub.correct(new Correction(card.id(), new Deltas(500, 0, 0), "wrong", "A. Operator"));
        CardOrder forgotten = fund.order(card);
        RestoredFund restored = restored();
        restored.openAll();
        fund.clock.advance(Duration.ofDays(30));
        fund.three.pass(Duration.ofDays(30));
        fund.three.take(card, forgotten);
        fund.three.close("2025-05-02");
        fund.deliver(fund.three.batch());
        restored.deliver(3, fund.three.batch());
        restored.deliver(3, fund.three.batch());
        assertEquals(List.of(), restored.waiting());
        assertEquals(RestoredFund.books(fund.database), RestoredFund.books(restored.database));
        assertTrue(
                restored.hub.reconcile(TestFund.DAY.plusMonths(1), true).oddities().stream()
                        .anyMatch(each -> each.contains("took voucher 1 of 500, which the hub had forgotten")),
                "the evening names it");
    }

    @Test
    void a_voucher_that_is_recognised_below_the_numbers_of_after_the_restore_is_no_damage() throws Exception {
        backup();
        fund.hub.correct(new Correction(card.id(), new Deltas(500, 0, 0), "wrong", "A. Operator"));
        CardOrder forgotten = fund.order(card);
        RestoredFund restored = restored();
        restored.openAll();
        restored.hub.correct(new Correction(card.id(), new Deltas(200, 0, 0), "other", "A. Operator"));
        assertEquals(65, ((CardOrder.Add) restored.orders(card).getFirst()).number());
        fund.three.take(card, forgotten);
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        restored.deliver(3, fund.three.batch());
        restored.deliver(5, fund.five.batch());
        assertEquals(List.of(), restored.evening().differences());
    }

    @Test
    void a_payment_that_the_operator_gave_back_is_not_given_back_again_with_the_same_words() throws Exception {
        CardProof paid = fund.three.debit(card, LINES, new Deltas(-700, 0, 0));
        fund.three.append(new Body.RecordCarried(paid, null));
        world.sync();
        backup();
        fund.hub.reconcile(TestFund.DAY, false);
        long counter = card.counter();
        assertEquals(java.util.Optional.empty(), fund.hub.decide(card.id(), counter, false, "A. Operator"));
        fund.five.take(card, fund.order(card));
        world.evening();

        RestoredFund restored = restored();
        restored.openAll();
        String waits = restored.waiting().getFirst();
        assertTrue(waits.contains("waits for the operator's word on a payment"), waits);
        assertEquals(java.util.Optional.empty(), restored.hub.decide(card.id(), counter, false, "A. Operator"));
        assertEquals(List.of(), restored.orders(card), "the card has it");
        sameBooks(restored);
    }

    @Test
    void a_refund_that_was_issued_again_is_the_one_that_a_till_tells_of_later() throws Exception {
        backup();
        CardProof paid = fund.three.debit(card, LINES, new Deltas(-700, 0, 0));
        fund.three.append(new Body.RefundRequest(fund.three.lastSale(), paid));
        world.sync();
        CardOrder forgotten = fund.order(card);
        RestoredFund restored = restored();
        restored.openAll();
        assertEquals(65, ((CardOrder.Add) restored.orders(card).getFirst()).number());
        fund.five.pass(Duration.ofDays(30));
        fund.clock.advance(Duration.ofDays(30));
        fund.five.take(card, forgotten);
        restored.deliver(5, fund.five.batch());
        assertEquals(List.of(), restored.waiting());
        assertEquals(List.of(), restored.orders(card), "it is not shown any more");
        fund.deliver(fund.five.batch());
        assertEquals(fund.balance("4672A"), restored.balance("4672A"));
        assertEquals(fund.balance("4671"), restored.balance("4671"));
        assertEquals(0, restored.balance("471"));
    }
}
