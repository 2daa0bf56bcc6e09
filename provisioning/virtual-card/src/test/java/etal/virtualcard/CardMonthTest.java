package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.SeededEntropy;
import etal.protocol.card.Answers;
import etal.protocol.card.Answers.DebitAnswer;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.MonthLoad;
import etal.protocol.card.StatusWord;
import etal.testkit.Seeds;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Months on the card: how many a token brings, what of the old allocation stays, what can be earned.
 * <pre>
 *  terminal                        card
 *     |-- LOAD token of April ------->|  150,00
 *     |-- DEBIT 97,70 --------------->|  52,30
 *     |        (May: no market)       |
 *     |-- LOAD token of June -------->|  40,00 stay, 12,30 expire, May and June come: 340,00
 * </pre>
 */
class CardMonthTest {
    private static final int APRIL = TestFund.APRIL;
    private static final int LAST = APRIL + 11;

    /** 150,00 a month; 25,00 can be earned; 40,00 stay at a load; two skipped months come along. */
    private static final Entitlement FULL = new Entitlement(15_000, 2_500, 4_000, 0, APRIL, LAST, 2, 1);

    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);

    /** The card loads, and its signed record says what the answer says. */
    private Balances loaded(VirtualCard card, int period) throws Exception {
        CardRecord before = stall.meet(card).newest();
        DebitAnswer answer = Answers.debit(card.transmit(stall.load(fund.token(period, 0))));
        CardRecord record = answer.record(stall.loadOf(fund.token(period, 0)), before.after());
        assertTrue(record.verify(stall.cardKey(), answer.signature()));
        assertEquals(period, stall.meet(card).newest().period());
        assertEquals(record, stall.meet(card).newest());
        return answer.after();
    }

    private Balances paid(VirtualCard card, long sale, Deltas deltas) throws Exception {
        long counter = stall.meet(card).newest().counter();
        return Answers.debit(card.transmit(stall.debit(stall.debitOf(sale, counter, deltas))))
                .after();
    }

    private int word(VirtualCard card, byte[] command) throws Exception {
        return Answers.statusWord(card.transmit(command));
    }

    @Test
    void a_skipped_month_is_caught_up_and_what_is_above_keep_expires() throws Exception {
        VirtualCard card = fund.card(1, FULL);
        assertEquals(new Balances(15_000, 0, 2_500), loaded(card, APRIL));
        assertEquals(new Balances(5_230, 0, 2_500), paid(card, 1, new Deltas(-9_770, 0, 0)));
        assertEquals(new Balances(4_000 + 30_000, 0, 2_500), loaded(card, APRIL + 2));
    }

    @Test
    void months_beyond_the_catch_up_are_lost() throws Exception {
        VirtualCard card = fund.card(1, FULL);
        assertEquals(15_000, loaded(card, APRIL).allocation());
        assertEquals(4_000 + 45_000, loaded(card, APRIL + 4).allocation());
        stall.meet(card);
        assertEquals(StatusWord.NOTHING_TO_LOAD, word(card, stall.load(fund.token(APRIL + 3, 0))));
    }

    @Test
    void a_card_that_never_loaded_begins_with_the_first_month() throws Exception {
        assertEquals(15_000, loaded(fund.card(1, FULL), APRIL).allocation());
        assertEquals(30_000, loaded(fund.card(2, FULL), APRIL + 1).allocation());
        assertEquals(45_000, loaded(fund.card(3, FULL), LAST).allocation());
    }

    @Test
    void what_can_be_earned_is_set_anew_at_each_load_and_what_was_earned_stays() throws Exception {
        VirtualCard card = fund.card(1, FULL);
        loaded(card, APRIL);
        assertEquals(new Balances(13_000, 1_000, 1_500), paid(card, 1, new Deltas(-2_000, 1_000, -1_000)));
        assertEquals(new Balances(4_000 + 15_000, 1_000, 2_500), loaded(card, APRIL + 1));
    }

    @Test
    void bonus_is_earned_within_what_can_be_earned_and_may_be_spent_at_once() throws Exception {
        VirtualCard card = fund.card(1, FULL);
        loaded(card, APRIL);
        stall.meet(card);
        assertEquals(
                StatusWord.OUT_OF_FUNDS, word(card, stall.debit(stall.debitOf(1, 1, new Deltas(-1, 2_501, -2_501)))));
        assertEquals(
                StatusWord.WRONG_DATA, word(card, stall.debit(stall.debitOf(1, 1, new Deltas(-1, 2_501, -2_500)))));
        assertEquals(new Balances(14_000, 200, 2_000), paid(card, 1, new Deltas(-1_000, 200, -500)));
        assertEquals(new Balances(14_000, 0, 2_000), paid(card, 2, new Deltas(0, -200, 0)));
    }

    @Test
    void an_entitlement_to_bonus_alone_is_loaded_and_one_to_nothing_is_not() throws Exception {
        Entitlement bonus = new Entitlement(0, 2_500, Balances.PURSE_MAX, 0, APRIL, LAST, 0, 1);
        VirtualCard card = fund.card(1, bonus);
        assertEquals(new Balances(0, 0, 2_500), loaded(card, APRIL));
        assertEquals(new Balances(0, 0, 2_500), loaded(card, APRIL + 1));
        VirtualCard nothing = fund.card(2, new Entitlement(0, 0, Balances.PURSE_MAX, 0, APRIL, LAST, 11, 1));
        stall.meet(nothing);
        assertEquals(StatusWord.NOTHING_TO_LOAD, word(nothing, stall.load(fund.token(APRIL, 0))));
    }

    @Test
    void a_purse_that_would_run_over_refuses_the_load_and_nothing_is_written() throws Exception {
        // Two months wrap around 32 bits and would look small again: each sum is judged, not the last.
        Entitlement huge = new Entitlement(0x7FFF_FFFFL, 0, 0, 0, APRIL, LAST, 2, 1);
        VirtualCard card = fund.card(1, huge);
        stall.meet(card);
        assertEquals(StatusWord.OUT_OF_FUNDS, word(card, stall.load(fund.token(APRIL + 2, 0))));
        assertEquals(0, card.writesOfLastCommand());
        assertEquals(0x7FFF_FFFFL, loaded(card, APRIL).allocation());
        assertEquals(0x7FFF_FFFFL, loaded(card, APRIL + 1).allocation());
        VirtualCard kept = fund.card(2, Entitlement.monthly(0x4000_0000L, APRIL, LAST, 1));
        assertEquals(0x4000_0000L, loaded(kept, APRIL).allocation());
        stall.meet(kept);
        assertEquals(StatusWord.OUT_OF_FUNDS, word(kept, stall.load(fund.token(APRIL + 1, 0))));
        assertEquals(0, kept.writesOfLastCommand());
    }

    private static long cents(SeededEntropy random) {
        return switch ((int) random.below(4)) {
            case 0 -> 0;
            case 1 -> Balances.PURSE_MAX - random.below(3);
            default -> random.below(1L << 1 + random.below(31));
        };
    }

    @Test
    void the_applet_loads_what_the_rule_says_whatever_the_entitlement() {
        Seeds.forEach(60, seed -> {
            SeededEntropy random = new SeededEntropy(seed);
            int first = random.below(4) == 0 ? (int) random.below(0x1_0000) : (int) random.below(30);
            int last = (int) Math.min(0xFFFF, first + random.below(30));
            Entitlement entitlement = new Entitlement(
                    cents(random),
                    cents(random),
                    cents(random),
                    random.below(9),
                    first,
                    last,
                    (int) random.below(12),
                    1);
            VirtualCard card = fund.card(seed, entitlement);
            CardRecord newest = stall.meet(card).newest();
            for (int i = 0; i < 6; i++) {
                int token = (int) Math.min(0xFFFF, Math.max(first - 2, newest.period()) + random.below(12));
                token = random.below(9) == 0 ? (int) random.below(0x1_0000) : Math.max(token, 0);
                Optional<MonthLoad> due = MonthLoad.of(entitlement, newest.after(), newest.period(), token);
                byte[] answer = card.transmit(stall.load(fund.token(token, i % 2)));
                if (Arrays.equals(fund.token(token, i % 2).hash(), newest.intentHash())) {
                    assertEquals(newest.after(), Answers.debit(answer).after());
                } else if (due.isPresent()) {
                    Balances after = newest.after().plus(due.get().deltas());
                    assertEquals(after, Answers.debit(answer).after());
                } else {
                    boolean none = MonthLoad.monthsDue(entitlement, newest.period(), token) == 0;
                    int refusal = none ? StatusWord.NOTHING_TO_LOAD : StatusWord.OUT_OF_FUNDS;
                    assertEquals(refusal, Answers.statusWord(answer));
                }
                newest = stall.meet(card).newest();
            }
        });
    }
}
