package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Commands;
import etal.protocol.card.Commands.Debit;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.PairwiseKey;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.Personalisation;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.StatusWord;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.cose.P256;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every refusal of docs/card.md by its own status word, and none of them writes. */
class CardRefusalTest {
    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);
    private VirtualCard card = VirtualCard.create(TestFund.seed(0));

    @BeforeEach
    void a_loaded_card_lies_on_the_reader() throws Exception {
        card = fund.loadedCard(1);
        stall.meet(card);
    }

    private void refused(int word, byte[] command) throws Torn {
        byte[] answer = card.transmit(command);
        assertEquals(Integer.toHexString(word), Integer.toHexString(Answers.statusWord(answer)));
        assertEquals(2, answer.length);
        assertEquals(0, card.writesOfLastCommand());
    }

    private Debit debit(long counterSeen, long allocation, long bonus, long earnable) {
        return stall.debitOf(17, counterSeen, new Deltas(allocation, bonus, earnable));
    }

    @Test
    void a_debit_that_is_wrong_in_any_bit_is_not_authentic() throws Exception {
        byte[] good = stall.debit(debit(1, -100, 0, 0));
        for (int at = 5; at < good.length - 1; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            refused(StatusWord.NOT_AUTHENTIC, bad);
        }
        byte[] otherTerminal =
                Commands.debit(stall.key(), stall.challenge(), new TestStall(fund, 4, 1).debitOf(17, 1, Deltas.NONE));
        refused(StatusWord.NOT_AUTHENTIC, otherTerminal);
    }

    @Test
    void a_mac_under_yesterdays_challenge_is_not_authentic() throws Exception {
        byte[] old = stall.debit(debit(1, -100, 0, 0));
        stall.select(card);
        refused(StatusWord.NOT_AUTHENTIC, old);
        card.powerOff();
        card.transmit(Commands.select());
        refused(StatusWord.NOT_AUTHENTIC, old);
    }

    @Test
    void a_mac_under_a_key_of_zeros_is_not_authentic() throws Exception {
        byte[] zeros = Commands.debit(
                new PairwiseKey(new byte[16]), stall.challenge(), new TestStall(fund, 0, 0).debitOf(1, 1, Deltas.NONE));
        refused(StatusWord.NOT_AUTHENTIC, zeros);
    }

    @Test
    void lengths_classes_and_instructions_must_be_the_ones_of_the_contract() throws Exception {
        byte[] debit = stall.debit(debit(1, -100, 0, 0));
        byte[] shorter = Arrays.copyOf(debit, debit.length - 1);
        shorter[4]--;
        refused(StatusWord.WRONG_LENGTH, shorter);
        refused(StatusWord.WRONG_LENGTH, new byte[] {(byte) 0x80, 0x14, 0, 0, 0});
        refused(StatusWord.WRONG_LENGTH, Arrays.copyOf(debit, debit.length - 5));
        refused(StatusWord.UNKNOWN_INSTRUCTION, new byte[] {(byte) 0x80, 0x22, 0, 0, 0});
        refused(StatusWord.UNKNOWN_INSTRUCTION, new byte[] {(byte) 0x80, (byte) 0xEE, 0, 0, 0});
        refused(StatusWord.UNKNOWN_CLASS, new byte[] {0, 0x14, 0, 0, 0});
        byte[] otherParameter = debit.clone();
        otherParameter[2] = 1;
        refused(0x6A86, otherParameter);
    }

    @Test
    void a_counter_that_has_moved_on_is_named() throws Exception {
        refused(StatusWord.OTHER_COUNTER, stall.debit(debit(0, -100, 0, 0)));
        refused(StatusWord.OTHER_COUNTER, stall.debit(debit(2, -100, 0, 0)));
        refused(StatusWord.OTHER_COUNTER, stall.debit(debit(0xFFFF_FFFFL, -100, 0, 0)));
    }

    @Test
    void a_terminal_never_gives() throws Exception {
        refused(StatusWord.WRONG_DATA, stall.debit(debit(1, 0, 0, 0)));
        refused(StatusWord.WRONG_DATA, stall.debit(debit(1, 1, 0, 0)));
        refused(StatusWord.WRONG_DATA, stall.debit(debit(1, -1, 0, 1)));
        refused(StatusWord.WRONG_DATA, stall.debit(debit(1, -1, 1, 0)));
        refused(StatusWord.WRONG_DATA, stall.debit(debit(1, -1, 5, -4)));
        refused(StatusWord.WRONG_DATA, stall.debit(debit(1, Integer.MAX_VALUE, 0, 0)));
    }

    @Test
    void no_purse_falls_below_zero_and_none_moves_alone() throws Exception {
        refused(StatusWord.OUT_OF_FUNDS, stall.debit(debit(1, -20_001, 0, 0)));
        refused(StatusWord.OUT_OF_FUNDS, stall.debit(debit(1, Integer.MIN_VALUE, 0, 0)));
        refused(StatusWord.OUT_OF_FUNDS, stall.debit(debit(1, -1, -1, 0)));
        refused(StatusWord.OUT_OF_FUNDS, stall.debit(debit(1, -1, 0, -1)));
        refused(StatusWord.OUT_OF_FUNDS, stall.debit(debit(1, -1, 4, -4)));
        refused(StatusWord.OUT_OF_FUNDS, stall.debit(debit(1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE)));
        Answers.debit(card.transmit(stall.debit(debit(1, -20_000, 0, 0))));
        refused(StatusWord.OUT_OF_FUNDS, stall.debit(stall.debitOf(18, 2, new Deltas(-1, 0, 0))));
    }

    @Test
    void a_debit_that_differs_in_its_time_or_intent_is_no_repeat() throws Exception {
        Debit paid = debit(1, -100, 0, 0);
        Answers.debit(card.transmit(stall.debit(paid)));
        Debit later = new Debit(3, 1, 17, 1, paid.deltas(), paid.intentHash(), paid.timeSeconds() + 1);
        refused(StatusWord.OTHER_COUNTER, stall.debit(later));
        Debit other = new Debit(3, 1, 17, 1, paid.deltas(), new byte[32], paid.timeSeconds());
        refused(StatusWord.OTHER_COUNTER, stall.debit(other));
    }

    @Test
    void a_token_of_another_fund_or_hand_loads_nothing() throws Exception {
        int may = TestFund.APRIL + 1;
        refused(StatusWord.BAD_TOKEN, stall.load(new TestFund(2).token(may, 0)));
        PeriodToken good = fund.token(may, 0);
        byte[] foreign = P256.sign(TestFund.scalar("nobody"), good.signedBytes());
        refused(StatusWord.BAD_TOKEN, stall.load(new PeriodToken(1, may, 0, TestFund.NOON, foreign)));
        refused(StatusWord.BAD_TOKEN, stall.load(new PeriodToken(1, may, 1, TestFund.NOON, good.signature())));
        refused(StatusWord.BAD_TOKEN, stall.load(new PeriodToken(1, may, 0, TestFund.NOON, new byte[64])));
        byte[] ones = new byte[64];
        Arrays.fill(ones, (byte) 0xFF);
        refused(StatusWord.BAD_TOKEN, stall.load(new PeriodToken(1, may, 0, TestFund.NOON, ones)));
    }

    @Test
    void a_month_that_is_past_or_not_entitled_loads_nothing() throws Exception {
        refused(StatusWord.NOTHING_TO_LOAD, stall.load(fund.token(TestFund.APRIL, 1)));
        refused(StatusWord.NOTHING_TO_LOAD, stall.load(fund.token(TestFund.APRIL - 1, 0)));
        refused(StatusWord.NOTHING_TO_LOAD, stall.load(fund.token(TestFund.APRIL + 12, 0)));
        refused(StatusWord.NOTHING_TO_LOAD, stall.load(fund.token(0xFFFF, 0)));
        Answers.debit(card.transmit(stall.load(fund.token(TestFund.APRIL + 11, 0))));
        Answers.debit(card.transmit(stall.load(fund.token(TestFund.APRIL + 11, 0))));
        refused(StatusWord.NOTHING_TO_LOAD, stall.load(fund.token(TestFund.APRIL + 11, 1)));
    }

    @Test
    void a_terminal_of_another_fund_or_time_is_not_introduced() throws Exception {
        byte[] key = P256.publicKey(TestFund.scalar("terminal 9"));
        TerminalCertificate good = fund.certifyTerminal(9, 1, key, TestFund.APRIL);
        refused(
                StatusWord.BAD_CERTIFICATE,
                stall.introduce(new TestFund(2).certifyTerminal(9, 1, key, TestFund.APRIL)));
        refused(StatusWord.BAD_CERTIFICATE, stall.introduce(fund.certifyTerminal(9, 1, key, TestFund.APRIL - 1)));
        refused(
                StatusWord.BAD_CERTIFICATE,
                stall.introduce(new TerminalCertificate(1, 1, 10, 1, key, TestFund.APRIL, 0, good.signature())));
        refused(StatusWord.WRONG_DATA, stall.introduce(fund.certifyTerminal(9, 65_536, key, TestFund.APRIL)));
        byte[] otherTag = stall.introduce(good);
        otherTag[5] = 1;
        refused(StatusWord.WRONG_DATA, otherTag);
        TestStall ninth = new TestStall(fund, 9, 1);
        ninth.select(card);
        assertEquals(8 + 2, card.transmit(ninth.introduce()).length);
    }

    @Test
    void a_certificate_heard_on_the_air_introduces_nobody_without_its_key() throws Exception {
        TerminalCertificate heard = new TestStall(fund, 9, 1).certificate();
        refused(StatusWord.NOT_AUTHENTIC, stall.introduce(heard));
        assertEquals(0, card.writesOfLastCommand());
        stall.select(card);
        refused(StatusWord.UNKNOWN_TERMINAL, Commands.state(9, 1));
    }

    @Test
    void a_card_that_is_not_locked_does_not_pay() throws Exception {
        card = fund.unlockedCard(1);
        stall.select(card);
        refused(StatusWord.NOT_NOW, stall.introduce());
        refused(StatusWord.NOT_NOW, stall.state());
        refused(StatusWord.NOT_NOW, stall.debit(debit(0, -1, 0, 0)));
        refused(StatusWord.NOT_NOW, stall.load(fund.token(TestFund.APRIL, 0)));
        refused(StatusWord.NOT_NOW, stall.readLog(0));
    }

    @Test
    void a_locked_card_is_not_personalised_again() throws Exception {
        CardCertificate certificate = stall.select(card).certificate();
        refused(StatusWord.NOT_NOW, Personalisation.generateKey());
        refused(StatusWord.NOT_NOW, Personalisation.putCertificate(certificate));
        refused(StatusWord.NOT_NOW, Personalisation.putKey(KeySlot.TERMINAL_CA, fund.publicKey("issuing 0")));
        refused(StatusWord.NOT_NOW, Personalisation.putEntitlement(TestFund.ENTITLEMENT));
        refused(StatusWord.NOT_NOW, Personalisation.lock(TestFund.NOON, 1));
    }

    @Test
    void a_certificate_for_another_key_is_not_taken() throws Exception {
        card = VirtualCard.create(TestFund.seed(5));
        card.transmit(Commands.select());
        byte[] foreign = P256.publicKey(TestFund.scalar("another card"));
        refused(StatusWord.WRONG_DATA, Personalisation.putCertificate(fund.certify(foreign, 5)));
        byte[] own = Answers.publicKey(card.transmit(Personalisation.generateKey()));
        refused(StatusWord.WRONG_DATA, Personalisation.putCertificate(fund.certify(foreign, 5)));
        card.transmit(Personalisation.putCertificate(fund.certify(own, 5)));
        assertFalse(stall.select(card).certificate().test());
        refused(StatusWord.NOT_NOW, Personalisation.lock(TestFund.NOON, 1));
    }

    @Test
    void an_entitlement_beyond_its_bounds_is_not_taken() throws Exception {
        card = VirtualCard.create(TestFund.seed(6));
        card.transmit(Commands.select());
        byte[] good = Personalisation.putEntitlement(new Entitlement(1, 2, 3, 4, 5, 6, 11, 8));
        for (int at : new int[] {0, 4, 8, 20}) {
            byte[] negative = good.clone();
            negative[5 + at] = (byte) 0x80;
            refused(StatusWord.WRONG_DATA, negative);
        }
        byte[] moreThanAYear = good.clone();
        moreThanAYear[5 + 20] = 12;
        refused(StatusWord.WRONG_DATA, moreThanAYear);
        byte[] before = Arrays.copyOf(good, 5 + 10 + 1);
        before[4] = 10;
        refused(StatusWord.WRONG_LENGTH, before);
        assertEquals(2, card.transmit(good).length);
        assertEquals(0x9000, Answers.statusWord(card.transmit(good)));
    }

    @Test
    void the_log_refuses_what_it_does_not_hold() throws Exception {
        refused(StatusWord.NO_SUCH_RECORD, stall.readLog(2));
        refused(StatusWord.NO_SUCH_RECORD, stall.readLog(17));
        refused(StatusWord.NO_SUCH_RECORD, stall.readLog(0xFFFF_FFFFL));
        byte[] bad = stall.readLog(1);
        bad[16] ^= 1;
        refused(StatusWord.NOT_AUTHENTIC, bad);
    }
}
