package etal.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.ledger.Body;
import etal.protocol.ledger.Body.TechnicalEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training: 13 begins it, 16 is something sold for practice, 14 ends it; whatever moves value stands outside. */
class TrainingTest {
    private static final Body BEGINS = new TechnicalEvent(TechnicalEvent.TRAINING_BEGUN, null);
    private static final Body ENDS = new TechnicalEvent(TechnicalEvent.TRAINING_ENDED, null);

    private final TestFund fund = new TestFund("test");
    private final TestCard card = new TestCard(fund.cards, 77);
    private final TestLedger ledger = new TestLedger(fund, 3, 1);

    @TempDir
    private Path dir;

    @BeforeEach
    void a_stall_has_sold_something() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        ledger.genesis();
        ledger.add(new Body.RecordCarried(card.load(3, 1, 15_000), TestLedger.nothing()));
        ledger.sale(card, 450);
    }

    private static Body practised(long number) {
        return new Body.TrainingSale(number, 2_000, 1_500, new byte[32]);
    }

    private Checked checked() throws Exception {
        return Checked.run(Files.write(dir.resolve("t3-e1.etal"), ledger.bytes()));
    }

    private void damaged(String reason) throws Exception {
        Checked checked = checked();
        assertEquals(1, checked.exit());
        assertTrue(checked.first().endsWith(reason), checked.first());
    }

    @Test
    void what_was_practised_is_counted_apart_and_no_closing_counts_it() throws Exception {
        ledger.add(BEGINS);
        ledger.add(practised(1));
        ledger.add(ENDS);
        ledger.add(BEGINS);
        ledger.add(practised(2));
        ledger.add(ENDS);
        ledger.sale(card, 100);
        ledger.closing();

        Checked checked = checked();

        assertEquals(0, checked.exit(), checked.first());
        assertTrue(checked.out().lines().anyMatch("  2 training sales, in no total"::equals), checked.out());
    }

    @Test
    void a_closing_that_counts_what_was_practised_is_named() throws Exception {
        ledger.add(BEGINS);
        ledger.add(practised(1));
        ledger.add(ENDS);
        ledger.add(new Body.Closing(Body.Closing.DAY, "2025-04-02", 2, 1_950, 1_950, new byte[32]));

        assertEquals(1, checked().exit());
    }

    @Test
    void a_ledger_may_end_while_its_till_practises() throws Exception {
        ledger.add(BEGINS);
        ledger.add(practised(1));
        ledger.closing();

        assertEquals(0, checked().exit(), checked().first());
    }

    @Test
    void nothing_is_sold_and_no_card_asked_for_anything_within_a_training() throws Exception {
        ledger.add(BEGINS);
        ledger.sale(card, 100);

        damaged("sale 2 stands within a training");
    }

    @Test
    void nothing_is_taken_back_within_a_training() throws Exception {
        ledger.add(BEGINS);
        ledger.cancel(card, 1, 3, 450);

        damaged("the cancellation of sale 1 stands within a training");
    }

    @Test
    void no_card_is_loaded_within_a_training() throws Exception {
        ledger.add(BEGINS);
        ledger.add(new Body.RecordCarried(card.load(3, 1, 15_000), TestLedger.nothing()));

        damaged("a record carried stands within a training");
    }

    @Test
    void nothing_is_practised_outside_of_a_training() throws Exception {
        ledger.add(practised(1));

        damaged("training sale 1 stands outside of any training");
    }

    @Test
    void what_is_practised_is_numbered_without_a_gap() throws Exception {
        ledger.add(BEGINS);
        ledger.add(practised(1));
        ledger.add(practised(3));

        damaged("training sale 3 stands in the place of 2");
    }

    @Test
    void a_training_begins_once_and_ends_once() throws Exception {
        ledger.add(BEGINS);
        ledger.add(BEGINS);

        damaged("a training begins within another");
    }

    @Test
    void what_has_not_begun_does_not_end() throws Exception {
        ledger.add(ENDS);

        damaged("a training ends that has not begun");
    }
}
