package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.SeededEntropy;
import etal.protocol.card.Answers;
import etal.protocol.card.Answers.DebitAnswer;
import etal.protocol.card.Balances;
import etal.protocol.card.Commands.Cancel;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.StatusWord;
import etal.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a terminal took it gives back while the member is still there: once, at most what went, in the same month.
 * <pre>
 *  terminal                                   card
 *     |-- DEBIT sale 17: -18,00 +3,00 -5,00 ---->|
 *     |-- CANCEL sale 17: +18,00 -3,00 +5,00 --->|  as if nothing had been bought
 *     |-- CANCEL sale 17 ----------------------->|  69 C8
 * </pre>
 */
class CardCancelTest {
    private static final Entitlement RICH =
            new Entitlement(20_000, 2_500, 20_000, 0, TestFund.APRIL, TestFund.APRIL + 11, 0, 1);

    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);
    private LaidCard laid = new LaidCard(VirtualCard.create(TestFund.seed(0)), stall);

    /** 200,00 and 25,00 to be earned; then sale 17: 18,00, of which 2,00 of a bonus that the same sale earned 5,00 of. */
    @BeforeEach
    void a_card_that_has_paid() throws Exception {
        laid = LaidCard.on(stall, fund.card(1, RICH));
        laid.taken(stall.load(fund.token(TestFund.APRIL, 0)));
        laid.pays(16, -100, 300, -300);
        laid.pays(17, -1_800, 300, -500);
        laid.state();
    }

    private byte[] cancel(long allocation, long bonus, long earnable) {
        return stall.cancel(17, 3, new Deltas(allocation, bonus, earnable));
    }

    @Test
    void a_debit_undone_whole_leaves_what_there_was_before_it() throws Exception {
        Cancel asked = stall.cancelOf(17, 3, new Deltas(1_800, -300, 500));
        DebitAnswer undone = laid.taken(stall.cancel(asked));
        assertEquals(new Balances(19_900, 300, 2_200), undone.after());
        assertTrue(undone.record(asked).verify(stall.cardKey(), undone.signature()));
        assertEquals(undone.record(asked), laid.state().newest());
    }

    @Test
    void an_identical_repeat_gets_the_stored_answer() throws Exception {
        byte[] first = laid.card().transmit(cancel(1_800, -300, 500));
        laid.card().powerOff();
        laid.state();
        assertArrayEquals(first, laid.card().transmit(cancel(1_800, -300, 500)));
        assertEquals(0, laid.card().writesOfLastCommand());
        laid.refused(StatusWord.OTHER_COUNTER, cancel(1_799, -300, 500));
    }

    @Test
    void no_more_comes_back_than_went_and_nothing_goes() throws Exception {
        laid.refused(StatusWord.WRONG_DATA, cancel(0, 0, 0));
        laid.refused(StatusWord.WRONG_DATA, cancel(-1, 0, 0));
        laid.refused(StatusWord.WRONG_DATA, cancel(1_801, 0, 0));
        laid.refused(StatusWord.WRONG_DATA, cancel(0, 0, -1));
        laid.refused(StatusWord.WRONG_DATA, cancel(0, 1, -1));
        laid.refused(StatusWord.WRONG_DATA, cancel(0, -1, 501));
        laid.refused(StatusWord.WRONG_DATA, cancel(100, -1, 0));
        laid.refused(StatusWord.WRONG_DATA, cancel(100, -101, 100));
        laid.refused(StatusWord.WRONG_DATA, cancel(100, 201, 0));
        laid.refused(StatusWord.WRONG_DATA, cancel(100, -299, 500));
        laid.refused(StatusWord.WRONG_DATA, cancel(Integer.MAX_VALUE, 0, 0));
        laid.refused(StatusWord.WRONG_DATA, cancel(Integer.MIN_VALUE, 0, 0));
        laid.refused(StatusWord.WRONG_DATA, cancel(1, Integer.MAX_VALUE, Integer.MAX_VALUE));
        laid.refused(StatusWord.WRONG_DATA, cancel(1, Integer.MIN_VALUE, Integer.MAX_VALUE));
        laid.refused(StatusWord.WRONG_DATA, cancel(1, Integer.MAX_VALUE, Integer.MIN_VALUE));
        laid.refused(StatusWord.WRONG_DATA, cancel(1, Integer.MIN_VALUE, 0));
    }

    @Test
    void each_bound_itself_is_within() throws Exception {
        long[][] within = {
            {1_800, 0, 0}, {1, 0, 0}, {0, -500, 500}, {0, -300, 500}, {0, 200, 0}, {0, 0, 200}, {600, -100, 167}
        };
        for (long[] each : within) {
            a_card_that_has_paid();
            laid.taken(cancel(each[0], each[1], each[2]));
        }
    }

    @Test
    void it_happens_once_be_it_in_part() throws Exception {
        laid.taken(cancel(1, 0, 0));
        laid.state();
        laid.refused(StatusWord.NOTHING_TO_CANCEL, stall.cancel(17, 4, new Deltas(1, 0, 0)));
        laid.refused(StatusWord.NOTHING_TO_CANCEL, stall.cancel(17, 4, new Deltas(1_799, 0, 0)));
    }

    @Test
    void only_the_terminal_that_took_it_gives_it_back() throws Exception {
        for (TestStall other : new TestStall[] {new TestStall(fund, 4, 1), new TestStall(fund, 3, 2)}) {
            laid.at(other).refused(StatusWord.NOTHING_TO_CANCEL, other.cancel(17, 3, new Deltas(1, 0, 0)));
        }
        laid.state();
        laid.refused(StatusWord.NOTHING_TO_CANCEL, stall.cancel(18, 3, new Deltas(1, 0, 0)));
        laid.refused(StatusWord.NOTHING_TO_CANCEL, stall.cancel(0, 3, new Deltas(1, 0, 0)));
    }

    @Test
    void a_debit_before_others_can_be_cancelled_until_it_leaves_the_ring() throws Exception {
        for (long sale = 18; sale <= 31; sale++) {
            laid.pays(sale, -1, 0, 0);
        }
        // The debit of sale 17 is record 3; the newest is 17, so the ring holds 2 to 17.
        laid.state();
        laid.refused(StatusWord.WRONG_DATA, stall.cancel(17, 17, new Deltas(1_801, 0, 0)));
        laid.pays(32, -1, 0, 0);
        laid.state();
        laid.refused(StatusWord.WRONG_DATA, stall.cancel(17, 18, new Deltas(1_801, 0, 0)));
        laid.pays(33, -1, 0, 0);
        laid.state();
        laid.refused(StatusWord.NOTHING_TO_CANCEL, stall.cancel(17, 19, new Deltas(1, 0, 0)));
    }

    @Test
    void a_new_month_ends_it() throws Exception {
        laid.taken(stall.load(fund.token(TestFund.APRIL + 1, 0)));
        laid.state();
        laid.refused(StatusWord.NOTHING_TO_CANCEL, stall.cancel(17, 4, new Deltas(1, 0, 0)));
    }

    @Test
    void a_bonus_spent_meanwhile_cannot_be_taken_back() throws Exception {
        laid.pays(18, 0, -600, 0);
        laid.state();
        laid.refused(StatusWord.OUT_OF_FUNDS, stall.cancel(17, 4, new Deltas(1_800, -300, 500)));
        assertEquals(
                new Balances(19_900, 0, 1_700),
                laid.taken(stall.cancel(17, 4, new Deltas(1_800, 0, 0))).after());
    }

    @Test
    void a_purse_does_not_overflow() throws Exception {
        laid.takes(fund.add(1, 1, new Deltas(Integer.MAX_VALUE - 18_100, 0, 0)));
        laid.state();
        laid.refused(StatusWord.OUT_OF_FUNDS, stall.cancel(17, 4, new Deltas(1, 0, 0)));
    }

    @Test
    void the_checks_come_in_their_order() throws Exception {
        byte[] bad = cancel(0, 0, 0);
        bad[bad.length - 2] ^= 1;
        laid.refused(StatusWord.NOT_AUTHENTIC, bad);
        laid.refused(StatusWord.OTHER_COUNTER, stall.cancel(18, 2, Deltas.NONE));
        laid.refused(StatusWord.NOTHING_TO_CANCEL, stall.cancel(18, 3, Deltas.NONE));
        laid.refused(StatusWord.WRONG_DATA, stall.cancel(17, 3, new Deltas(-1_000_000, 0, 0)));
    }

    @Test
    void of_two_debits_with_one_number_one_is_cancelled_once() throws Exception {
        laid.pays(17, -5, 0, 0);
        laid.state();
        laid.refused(StatusWord.WRONG_DATA, stall.cancel(17, 4, new Deltas(6, 0, 0)));
        laid.taken(stall.cancel(17, 4, new Deltas(5, 0, 0)));
        laid.pays(17, -7, 0, 0);
        laid.state();
        laid.refused(StatusWord.NOTHING_TO_CANCEL, stall.cancel(17, 6, new Deltas(7, 0, 0)));
    }

    @Test
    void a_cancellation_looks_like_a_debit_and_is_none() throws Exception {
        laid.taken(cancel(1_800, -300, 500));
        laid.state();
        laid.refused(StatusWord.NOTHING_TO_CANCEL, stall.cancel(17, 4, new Deltas(1, 0, 0)));
        byte[] debit = stall.debit(stall.debitOf(17, 3, new Deltas(1_800, -300, 500)));
        laid.refused(StatusWord.OTHER_COUNTER, debit);
    }

    @Test
    void card_and_terminal_agree_on_what_is_within_and_no_cancellation_makes_value() {
        Seeds.forEach(60, seed -> {
            SeededEntropy random = new SeededEntropy(seed);
            LaidCard one = LaidCard.on(stall, fund.card(1, RICH));
            one.taken(stall.load(fund.token(TestFund.APRIL, 0)));
            one.pays(1, -1, 300, -300);
            Balances before = one.balances();
            Deltas debit = new Deltas(-near(random, 5), near(random, 6) - 3, -near(random, 5));
            if (one.word(stall.debit(stall.debitOf(2, 2, debit))) != StatusWord.DONE) {
                return;
            }
            for (int i = 0; i < 12; i++) {
                Deltas back = new Deltas(near(random, 6) - 1, near(random, 10) - 5, near(random, 6) - 1);
                one.state();
                byte[] answer = one.card().transmit(stall.cancel(2, 3, back));
                boolean done = Answers.statusWord(answer) == StatusWord.DONE;
                assertEquals(back.undoes(debit), done, debit + " and " + back);
                if (done) {
                    Balances after = one.balances();
                    assertTrue(after.allocation() <= before.allocation());
                    assertTrue(after.bonus() + after.earnable() <= before.bonus() + before.earnable());
                    return;
                }
            }
        });
    }

    private static long near(SeededEntropy random, int bound) {
        return random.below(bound);
    }
}
