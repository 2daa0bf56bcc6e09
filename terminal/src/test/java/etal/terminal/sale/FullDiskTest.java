package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Said;
import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The disk is full from one commit on, whichever it is, and stays so: the till says it in its own words, shows nothing as paid
 * that is not stored, asks no card for what it could not write down, and goes on by itself when there is room.
 */
class FullDiskTest {
    private static final int COMMITS_MAX = 80;
    private static final Answer FULL = Answer.refused(Answer.Kind.UNAVAILABLE, "storage-full");

    private final TestFund fund = new TestFund();

    @Test
    void from_any_commit_of_a_payment_on_nothing_is_paid_that_is_not_stored_and_one_debit_remains() {
        int commits = 0;
        for (int commit = 1; commit <= COMMITS_MAX; commit++) {
            TestTill till = TestTill.ready(fund, 20);
            TestCard card = new TestCard(fund.card(2_000 + commit));
            long before = till.database.transactions();
            till.database.fullFrom(commit);
            tryToPay(till, card);
            boolean reached = till.database.transactions() - before >= commit;
            int debitsSent = count(card, TestCard.DEBIT);
            assertTrue(debitsSent <= 1, "commit " + commit);
            stayFull(till, card, debitsSent, commit);

            till.database.room();
            till.loop.advance(Duration.ofSeconds(10));
            finish(till, card);

            assertEquals(1, till.bodies(Body.Sale.class).size(), "commit " + commit);
            assertEquals(BasketState.PAID, till.look("b").state(), "commit " + commit);
            if (!reached) {
                commits = commit;
                break;
            }
        }
        assertTrue(commits > 5, "a payment has more commits than " + commits);
    }

    /** Whoever touches it hears that it is full; a card that is laid down is asked for nothing that changes it. */
    private static void stayFull(TestTill till, TestCard card, int debitsSent, int commit) {
        if (!till.stall().storageFailed()) {
            return;
        }
        boolean paid = till.bodies(Body.Sale.class).size() == 1;
        card.takeInstructions();
        till.tap(card);
        assertEquals(List.of(), card.takeInstructions(), "commit " + commit + ", a card asked while the disk is full");
        assertEquals(Said.of("storage-full"), till.stall().store().trouble().orElseThrow());
        assertEquals(FULL, till.stall().cash("b"), "commit " + commit);
        assertFalse(till.stall().ready());
        if (!paid) {
            assertNotEquals(List.of(BasketState.PAID), shown(till), "commit " + commit);
        }
        assertTrue(debitsSent == 0 || till.bodies(Body.InDoubt.class).size() <= 1);
    }

    @Test
    void the_disk_that_has_room_again_is_found_without_a_restart_and_without_a_touch() {
        TestTill till = TestTill.ready(fund, 20);
        till.ringUp("b1", new Wanted("milk", 1));
        till.database.fullFrom(1);
        assertEquals(FULL, till.stall().cash("b1"));
        till.loop.advance(Duration.ofMinutes(5));
        assertFalse(till.stall().ready());

        till.database.room();
        till.loop.advance(Duration.ofSeconds(10));

        assertTrue(till.stall().ready());
        assertEquals(BasketState.PAID, TestTill.basket(till.stall().cash("b1")).state());
    }

    @Test
    void a_full_second_medium_stops_nothing_and_gets_what_it_missed() throws Exception {
        TestTill till = TestTill.ready(fund, 20);
        TestCard card = new TestCard(fund.card(1));
        till.medium.pulled(true);
        tryToPay(till, card);
        assertEquals(BasketState.PAID, till.look("b").state());
        assertFalse(till.till().ledger().mediumWorking());

        till.medium.pulled(false);
        for (int sale = 1; sale <= 4; sale++) {
            till.ringUp("c" + sale, new Wanted("milk", 1));
            TestTill.basket(till.stall().cash("c" + sale));
        }
        assertEquals(till.till().ledger().head().number(), till.medium.size());
    }

    private static List<BasketState> shown(TestTill till) {
        return till.till().baskets().live().stream().map(TillBasket::state).toList();
    }

    private static int count(TestCard card, int instruction) {
        return (int) card.takeInstructions().stream()
                .filter(ins -> ins == instruction)
                .count();
    }

    private static void tryToPay(TestTill till, TestCard card) {
        till.stall().ringUp("b", List.of(new Wanted("cheese", 1)), false);
        till.stall().awaitCard("b");
        till.tap(card);
    }

    /** What a cashier does who sees that it has not worked. */
    private static void finish(TestTill till, TestCard card) {
        for (int times = 0; times < 3; times++) {
            till.stall().ringUp("b", List.of(new Wanted("cheese", 1)), false);
            if (till.look("b").state() == BasketState.PAID) {
                return;
            }
            till.stall().awaitCard("b");
            till.tap(card);
        }
    }
}
