package etal.terminal.cancel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.terminal.basket.BasketState;
import etal.terminal.main.TestFund;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cancellation cut at every command, every write of the card and every transaction: back once, entered once. */
class EveryCancelFailureTest {
    private static final int TRANSACTIONS_MAX = 60;

    private final TestFund fund = new TestFund();
    private long cards = 100;

    @Test
    void a_card_torn_at_any_write_of_the_cancellation_gives_back_once() {
        for (int write = 1; write <= 12; write++) {
            int tornAt = write;
            SoldStall stall = next();
            stall.cancel(1);
            stall.card.on(SoldStall.CANCEL, (chip, apdu) -> {
                chip.tearAtWrite(tornAt);
                return chip.transmit(apdu);
            });
            stall.tap();
            stall.tap();
            stall.assertCancelledOnce();
        }
    }

    @Test
    void a_card_that_leaves_before_or_after_any_command_gives_back_once() {
        for (int instruction : List.of(0xA4, 0x10, SoldStall.CANCEL)) {
            SoldStall before = next();
            before.cancel(1);
            before.card.goneBefore(instruction);
            before.tap();
            before.tap();
            before.assertCancelledOnce();

            SoldStall after = next();
            after.cancel(1);
            after.card.answerLost(instruction);
            after.tap();
            after.tap();
            after.assertCancelledOnce();
        }
    }

    @Test
    void a_card_that_leaves_while_its_record_is_read_gives_back_once() {
        SoldStall stall = next();
        stall.cancel(1);
        stall.card.answerLost(SoldStall.CANCEL);
        stall.tap();
        stall.card.goneBefore(0x16);
        stall.tap();
        assertEquals(BasketState.CANCEL_IN_DOUBT, stall.state("b1"));
        stall.tap();
        stall.assertCancelledOnce();
    }

    @Test
    void a_store_that_fails_once_anywhere_costs_no_cent() {
        assertTrue(everyFailure(false) > 3, "fewer failures than a cancellation has transactions");
    }

    @Test
    void nor_does_a_store_that_fails_once_and_a_power_cut_after_it() {
        assertTrue(everyFailure(true) > 3, "fewer failures than a cancellation has transactions");
    }

    private int everyFailure(boolean powerCut) {
        for (int n = 1; n <= TRANSACTIONS_MAX; n++) {
            SoldStall stall = next();
            long before = stall.till.database.transactions();
            stall.till.database.failAt(n);
            var unused = stall.till.stall().cancel(1, 1);
            stall.tap();
            boolean failed = stall.till.database.transactions() - before >= n;
            stall.till.database.failAt(Integer.MAX_VALUE);
            if (powerCut) {
                stall.till.restart();
            }
            for (int times = 0; times < 3 && stall.state("b1") != BasketState.CANCELLED; times++) {
                stall.cancel(1);
                stall.tap();
            }
            stall.assertCancelledOnce();
            assertEquals(1, cancelsOf(stall), "failure " + n);
            if (!failed) {
                return n;
            }
        }
        throw new AssertionError("a cancellation with more than " + TRANSACTIONS_MAX + " transactions");
    }

    /** The card's own count: one load, one debit, then the cancellations. */
    private static long cancelsOf(SoldStall stall) {
        return SoldStall.record(stall.cancellations().getFirst().card()).counter() - 2;
    }

    private SoldStall next() {
        cards++;
        return new SoldStall(fund, 20, cards);
    }
}
