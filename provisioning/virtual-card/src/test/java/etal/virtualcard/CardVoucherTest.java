package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.SeededEntropy;
import etal.protocol.card.Answers.DebitAnswer;
import etal.protocol.card.Answers.VoucherWindow;
import etal.protocol.card.Balances;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.StatusWord;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.CardOrder.Head;
import etal.protocol.card.order.CardOrder.Reason;
import etal.protocol.cose.P256;
import etal.testkit.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The fund's word to one card, by whichever terminal it comes: ADD puts money onto it once, SET gives another entitlement.
 * <pre>
 *  any terminal                         card
 *     |-- VOUCHER ADD no. 7, +4,50 ------->|  in its window: taken
 *     |-- VOUCHER ADD no. 7, +4,50 ------->|  the newest record: the same answer; later: 69 C4
 * </pre>
 */
class CardVoucherTest {
    private static final Deltas SOME = new Deltas(450, 20, -3);
    private static final long UINT32_MAX = 0xFFFF_FFFFL;

    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);
    private LaidCard laid = new LaidCard(VirtualCard.create(TestFund.seed(0)), stall);

    @BeforeEach
    void a_loaded_card() throws Exception {
        laid = LaidCard.on(
                stall,
                fund.card(1, new Entitlement(20_000, 2_500, 4_000, 0, TestFund.APRIL, TestFund.APRIL + 11, 0, 5)));
        laid.taken(stall.load(fund.token(TestFund.APRIL, 0)));
        laid.state();
    }

    private byte[] add(long number) {
        return stall.order(fund.add(1, number, SOME));
    }

    private CardOrder.Add addBy(Head head, String signer) {
        return CardOrder.Add.sign(head, 1, 90, Reason.REFUND, SOME, m -> P256.sign(TestFund.scalar(signer), m));
    }

    @Test
    void an_add_puts_its_deltas_on_the_purses_and_says_so() throws Exception {
        CardOrder.Add voucher = fund.add(1, 7, SOME);
        DebitAnswer answer = laid.takes(voucher);
        assertEquals(new Balances(20_450, 20, 2_497), answer.after());
        assertTrue(answer.record(stall.orderOf(voucher)).verify(stall.cardKey(), answer.signature()));
        assertEquals(7, laid.state().newest().sale());
        assertEquals(new VoucherWindow(1, 7), laid.state().vouchers());
    }

    @Test
    void a_correction_may_take_too_but_no_purse_leaves_its_bounds() throws Exception {
        laid.refused(StatusWord.OUT_OF_FUNDS, stall.order(fund.add(1, 1, new Deltas(-20_001, 0, 0))));
        laid.refused(StatusWord.OUT_OF_FUNDS, stall.order(fund.add(1, 1, new Deltas(0, -1, 0))));
        laid.refused(StatusWord.OUT_OF_FUNDS, stall.order(fund.add(1, 1, new Deltas(Integer.MAX_VALUE, 0, 0))));
        laid.refused(StatusWord.OUT_OF_FUNDS, stall.order(fund.add(1, 1, new Deltas(Integer.MIN_VALUE, 0, 0))));
        assertEquals(new VoucherWindow(0, 0), laid.state().vouchers());
        assertEquals(
                new Balances(0, 0, 0),
                laid.takes(fund.add(1, 1, new Deltas(-20_000, 0, -2_500))).after());
        laid.takes(fund.add(1, 2, new Deltas(Integer.MAX_VALUE, 0, 0)));
        assertEquals(Integer.MAX_VALUE, laid.balances().allocation());
    }

    @Test
    void a_voucher_counts_once_whoever_shows_it_and_whenever() throws Exception {
        byte[] first = laid.card().transmit(add(7));
        TestStall other = new TestStall(fund, 4, 1);
        LaidCard elsewhere = laid.at(other);
        assertArrayEquals(first, laid.card().transmit(other.order(fund.add(1, 7, SOME))));
        assertEquals(0, laid.card().writesOfLastCommand());
        elsewhere.pays(1, -1, 0, 0);
        elsewhere.state();
        elsewhere.refused(StatusWord.NOTHING_TO_LOAD, other.order(fund.add(1, 7, SOME)));
        elsewhere.refused(StatusWord.NOTHING_TO_LOAD, other.order(fund.add(1, 7, new Deltas(1, 0, 0))));
    }

    @Test
    void vouchers_come_in_any_order_within_64() throws Exception {
        laid.takes(fund.add(1, 100, SOME));
        laid.takes(fund.add(1, 37, SOME));
        laid.state();
        laid.refused(StatusWord.NOTHING_TO_LOAD, add(36));
        laid.refused(StatusWord.NOTHING_TO_LOAD, add(100));
        laid.takes(fund.add(1, 99, SOME));
        assertEquals(new VoucherWindow(1L << 63 | 3, 100), laid.state().vouchers());
        laid.takes(fund.add(1, 101, SOME));
        assertEquals(new VoucherWindow(7, 101), laid.state().vouchers());
        laid.refused(StatusWord.NOTHING_TO_LOAD, add(37));
        laid.takes(fund.add(1, 38, SOME));
        laid.takes(fund.add(1, 1_101, SOME));
        assertEquals(new VoucherWindow(1, 1_101), laid.state().vouchers());
        laid.refused(StatusWord.NOTHING_TO_LOAD, add(101));
    }

    @Test
    void the_window_reaches_to_the_last_number_there_is() throws Exception {
        laid.takes(fund.add(1, 1, SOME));
        laid.takes(fund.add(1, UINT32_MAX - 63, SOME));
        laid.takes(fund.add(1, UINT32_MAX, SOME));
        assertEquals(new VoucherWindow(1L << 63 | 1, UINT32_MAX), laid.state().vouchers());
        laid.refused(StatusWord.NOTHING_TO_LOAD, add(UINT32_MAX - 63));
        laid.refused(StatusWord.NOTHING_TO_LOAD, add(UINT32_MAX - 64));
        laid.refused(StatusWord.NOTHING_TO_LOAD, add(2));
        laid.takes(fund.add(1, UINT32_MAX - 1, SOME));
        laid.state();
        laid.refused(StatusWord.NOTHING_TO_LOAD, add(UINT32_MAX));
    }

    @Test
    void card_and_hub_count_vouchers_alike() {
        Seeds.forEach(6, seed -> {
            SeededEntropy random = new SeededEntropy(seed);
            LaidCard one = LaidCard.on(stall, fund.card(1));
            TreeSet<Long> taken = new TreeSet<>();
            long top = 0;
            for (int i = 0; i < 60; i++) {
                long spread = random.below(4) == 0 ? 130 : 12;
                long number = Math.max(1, top + 3 - random.below((int) spread) + random.below(9));
                boolean fits = one.state().vouchers().takes(number);
                assertEquals(!taken.contains(number) && number > top - 64, fits, "number " + number);
                byte[] command = stall.order(fund.add(1, number, new Deltas(1, 0, 0)));
                byte[] answer = one.card().transmit(command);
                boolean repeat = one.card().writesOfLastCommand() == 0 && answer.length > 2;
                assertEquals(fits, answer.length > 2 && !repeat, "number " + number);
                if (fits) {
                    taken.add(number);
                    top = Math.max(top, number);
                }
            }
            assertEquals(taken.size(), one.balances().allocation());
        });
    }

    @Test
    void a_voucher_that_cannot_be_is_refused() throws Exception {
        laid.refused(StatusWord.WRONG_DATA, add(0));
        laid.refused(StatusWord.WRONG_DATA, stall.order(fund.add(1, 1, Deltas.NONE)));
        laid.refused(StatusWord.VOUCHER_ENDED, stall.order(fund.add(1, 1, TestFund.APRIL - 1, SOME)));
        laid.takes(fund.add(1, 1, TestFund.APRIL, SOME));
    }

    /** A SET with one byte changed before the fund signed it. */
    private byte[] set(int at, int value) {
        byte[] body = fund.set(1, Entitlement.monthly(1, 1, 1, 6)).signedBytes();
        body[at] = (byte) value;
        return stall.order(Commands.VOUCHER, fund.signed(body, "issuing 1"));
    }

    @Test
    void a_set_that_personalisation_would_refuse_is_refused() throws Exception {
        int entitlement = 15;
        laid.refused(StatusWord.WRONG_DATA, set(entitlement, 0x80));
        laid.refused(StatusWord.WRONG_DATA, set(entitlement + 4, 0x80));
        laid.refused(StatusWord.WRONG_DATA, set(entitlement + 8, 0xFF));
        laid.refused(StatusWord.WRONG_DATA, set(entitlement + 20, 12));
        laid.refused(StatusWord.WRONG_DATA, set(entitlement + 20, 0x80));
        laid.taken(set(entitlement + 20, 11));
    }

    @Test
    void tag_and_length_go_together() throws Exception {
        byte[] add = fund.add(1, 1, SOME).signedBytes();
        byte[] set = fund.set(1, Entitlement.monthly(1, 1, 1, 6)).signedBytes();
        byte[] addAsLongAsSet = Arrays.copyOf(add, set.length);
        byte[] setAsShortAsAdd = Arrays.copyOf(set, add.length);
        for (byte[] body : List.of(addAsLongAsSet, setAsShortAsAdd)) {
            laid.refused(StatusWord.WRONG_DATA, stall.order(Commands.VOUCHER, fund.signed(body, "issuing 0")));
        }
        add[1] = 'B';
        laid.refused(StatusWord.WRONG_DATA, stall.order(Commands.VOUCHER, fund.signed(add, "issuing 0")));
        byte[] block = fund.block(1).encode();
        laid.refused(StatusWord.WRONG_LENGTH, stall.order(Commands.VOUCHER, block));
        laid.refused(StatusWord.WRONG_LENGTH, stall.order(Commands.BLOCK, fund.signed(set, "issuing 0")));
    }

    @Test
    void a_voucher_of_another_fund_card_or_hand_is_refused() throws Exception {
        laid.refused(StatusWord.BAD_TOKEN, stall.order(new TestFund(2).add(1, 1, SOME)));
        laid.refused(StatusWord.BAD_TOKEN, stall.order(fund.add(2, 1, SOME)));
        laid.refused(StatusWord.BAD_TOKEN, stall.order(fund.set(2, Entitlement.monthly(1, 1, 1, 6))));
        Head ours = new Head(1, TestFund.cardId(1), 0, TestFund.NOON);
        laid.refused(StatusWord.BAD_TOKEN, stall.order(addBy(ours, "nobody")));
        Head otherSlot = new Head(1, TestFund.cardId(1), 1, TestFund.NOON);
        laid.refused(StatusWord.BAD_TOKEN, stall.order(addBy(otherSlot, "fund 1 issuing 0")));
        Head noSlot = new Head(1, TestFund.cardId(1), 2, TestFund.NOON);
        laid.refused(StatusWord.WRONG_DATA, stall.order(addBy(noSlot, "fund 1 issuing 0")));
    }

    @Test
    void a_set_speaks_from_the_next_load_on() throws Exception {
        Entitlement next = new Entitlement(5_000, 100, 0, 9, TestFund.APRIL, TestFund.APRIL + 5, 3, 6);
        CardOrder.Set voucher = fund.set(1, next);
        DebitAnswer answer = laid.takes(voucher);
        assertEquals(new Balances(20_000, 0, 2_500), answer.after());
        assertTrue(answer.record(stall.orderOf(voucher)).verify(stall.cardKey(), answer.signature()));
        assertEquals(next, laid.state().entitlement());
        assertEquals(6, laid.state().newest().sale());
        DebitAnswer loaded = laid.taken(stall.load(fund.token(TestFund.APRIL + 1, 0)));
        assertEquals(new Balances(5_000, 0, 100), loaded.after());
    }

    @Test
    void the_highest_version_wins() throws Exception {
        laid.refused(StatusWord.NOTHING_TO_LOAD, stall.order(fund.set(1, Entitlement.monthly(1, 1, 1, 5))));
        laid.refused(StatusWord.NOTHING_TO_LOAD, stall.order(fund.set(1, Entitlement.monthly(1, 1, 1, 0))));
        CardOrder.Set highest = fund.set(1, Entitlement.monthly(1, 1, 1, 0xFFFF));
        byte[] first = laid.card().transmit(stall.order(highest));
        laid.state();
        assertArrayEquals(first, laid.card().transmit(stall.order(highest)));
        laid.refused(StatusWord.NOTHING_TO_LOAD, stall.order(fund.set(1, Entitlement.monthly(1, 1, 1, 0x7FFF))));
    }

    @Test
    void the_checks_come_in_their_order() throws Exception {
        byte[] bad = add(1);
        bad[bad.length - 2] ^= 1;
        laid.refused(StatusWord.NOT_AUTHENTIC, bad);
        laid.takes(fund.add(1, 1, SOME));
        laid.pays(1, -1, 0, 0);
        laid.state();
        // Taken already, but before that: another card's, then nothing in it, then out of date.
        laid.refused(StatusWord.BAD_TOKEN, stall.order(fund.add(2, 1, Deltas.NONE)));
        laid.refused(StatusWord.WRONG_DATA, stall.order(fund.add(1, 1, 1, Deltas.NONE)));
        laid.refused(StatusWord.VOUCHER_ENDED, stall.order(fund.add(1, 1, 1, SOME)));
        laid.refused(StatusWord.NOTHING_TO_LOAD, stall.order(fund.add(1, 1, new Deltas(-1_000_000, 0, 0))));
    }
}
