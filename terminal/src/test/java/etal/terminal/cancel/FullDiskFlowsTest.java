package etal.terminal.cancel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketState;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The disk is full from any commit of a cancellation, a cash sale, or the decision of a payment in doubt, until there is room. */
class FullDiskFlowsTest {
    private static final int COMMITS_MAX = 60;

    private final TestFund fund = new TestFund();

    @Test
    void a_cancellation_gives_back_once() {
        assertTrue(commits(3_000, new Cancelling()) > 2);
    }

    @Test
    void a_cash_sale_is_sold_once() {
        assertTrue(commits(4_000, new Cash()) > 1);
    }

    @Test
    void a_payment_in_doubt_is_decided_once() {
        assertTrue(commits(5_000, new Deciding()) > 1);
    }

    /** What is done while the disk is full, and again when there is room. */
    private interface Flow {
        default void prepare(SoldStall stall) {}

        void act(SoldStall stall);

        void check(SoldStall stall);
    }

    private int commits(long cards, Flow flow) {
        for (int commit = 1; commit <= COMMITS_MAX; commit++) {
            SoldStall stall = new SoldStall(fund, 30, cards + commit);
            flow.prepare(stall);
            long before = stall.till.database.transactions();
            stall.till.database.fullFrom(commit);
            flow.act(stall);
            boolean reached = stall.till.database.transactions() - before >= commit;
            flow.act(stall);
            stall.till.database.room();
            stall.till.loop.advance(Duration.ofSeconds(10));
            assertTrue(stall.till.stall().ready(), "commit " + commit);
            flow.act(stall);
            flow.act(stall);
            flow.check(stall);
            if (!reached) {
                return commit;
            }
        }
        throw new AssertionError("more than " + COMMITS_MAX + " commits");
    }

    private static final class Cancelling implements Flow {
        @Override
        public void act(SoldStall stall) {
            stall.till.stall().cancel(1, Body.Cancellation.RUNG_UP_WRONGLY);
            stall.tap();
        }

        @Override
        public void check(SoldStall stall) {
            stall.assertCancelledOnce();
        }
    }

    private static final class Cash implements Flow {
        @Override
        public void act(SoldStall stall) {
            stall.till.stall().ringUp("cash", List.of(SoldStall.CHEESE), false);
            stall.till.stall().cash("cash");
        }

        @Override
        public void check(SoldStall stall) {
            assertEquals(BasketState.PAID, stall.state("cash"));
            assertEquals(2, stall.till.bodies(Body.Sale.class).size());
        }
    }

    private static final class Deciding implements Flow {
        @Override
        public void prepare(SoldStall stall) {
            stall.till.ringUp("torn", SoldStall.CHEESE);
            stall.till.stall().awaitCard("torn");
            stall.card.answerLost(TestCard.DEBIT);
            stall.tap();
            assertEquals(BasketState.IN_DOUBT, stall.state("torn"));
        }

        @Override
        public void act(SoldStall stall) {
            stall.till.stall().awaitCard("torn");
            stall.tap();
        }

        @Override
        public void check(SoldStall stall) {
            assertEquals(BasketState.PAID, stall.state("torn"));
            assertEquals(2, stall.till.bodies(Body.Sale.class).size());
        }
    }
}
