package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Answers;
import etal.protocol.card.Answers.DebitAnswer;
import etal.protocol.card.Answers.LoggedRecord;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.StatusWord;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cose.P256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A card that was reported lost ends where it turns up, and says exactly what it still held.
 * <pre>
 *  terminal                        card
 *     |-- BLOCK order ------------->|  record EB: 187,50
 *     |-- DEBIT ------------------->|  69 C7, for ever
 * </pre>
 */
class CardBlockTest {
    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);
    private LaidCard laid = new LaidCard(VirtualCard.create(TestFund.seed(0)), stall);

    @BeforeEach
    void a_card_with_money_on_it() throws Exception {
        laid = LaidCard.on(stall, fund.loadedCard(1));
        laid.pays(17, -1_250, 0, 0);
        laid.state();
    }

    @Test
    void the_last_record_says_what_the_card_still_held() throws Exception {
        CardOrder.Block order = fund.block(1);
        DebitAnswer answer = laid.takes(order);
        CardRecord last = answer.record(stall.orderOf(order));
        assertEquals(CardRecord.Tag.BLOCKED, last.tag());
        assertEquals(new Balances(18_750, 0, 0), last.after());
        assertEquals(Deltas.NONE, last.deltas());
        assertTrue(last.verify(stall.cardKey(), answer.signature()));
        assertEquals(last, laid.state().newest());
    }

    @Test
    void the_same_order_gets_the_same_answer_for_ever() throws Exception {
        byte[] first = laid.card().transmit(stall.order(fund.block(1)));
        TestStall other = new TestStall(fund, 4, 1);
        laid.at(other);
        assertArrayEquals(first, laid.card().transmit(other.order(fund.block(1))));
        assertEquals(0, laid.card().writesOfLastCommand());
    }

    @Test
    void nothing_moves_on_a_blocked_card() throws Exception {
        laid.takes(fund.block(1));
        laid.state();
        laid.refused(StatusWord.BLOCKED, stall.debit(stall.debitOf(18, 3, new Deltas(-1, 0, 0))));
        laid.refused(StatusWord.BLOCKED, stall.debit(stall.debitOf(18, 0, Deltas.NONE)));
        laid.refused(StatusWord.BLOCKED, stall.debit(stall.debitOf(17, 1, new Deltas(-1_250, 0, 0))));
        laid.refused(StatusWord.BLOCKED, stall.cancel(17, 3, new Deltas(1_250, 0, 0)));
        laid.refused(StatusWord.BLOCKED, stall.load(fund.token(TestFund.APRIL + 1, 0)));
        laid.refused(StatusWord.BLOCKED, stall.load(fund.token(TestFund.APRIL, 0)));
        laid.refused(StatusWord.BLOCKED, stall.order(fund.add(1, 1, new Deltas(1, 0, 0))));
        laid.refused(StatusWord.BLOCKED, stall.order(fund.set(1, Entitlement.monthly(1, 1, 1, 2))));
        laid.refused(StatusWord.BLOCKED, stall.order(Commands.VOUCHER, new byte[102]));
        CardOrder.Block later = CardOrder.Block.sign(
                new CardOrder.Head(1, TestFund.cardId(1), 0, TestFund.NOON + 1),
                m -> P256.sign(TestFund.scalar("fund 1 issuing 0"), m));
        laid.refused(StatusWord.BLOCKED, stall.order(later));
        byte[] forged = stall.debit(stall.debitOf(18, 3, new Deltas(-1, 0, 0)));
        forged[forged.length - 2] ^= 1;
        laid.refused(StatusWord.NOT_AUTHENTIC, forged);
    }

    @Test
    void a_blocked_card_still_tells_and_takes_keys() throws Exception {
        laid.takes(fund.block(1));
        TestStall other = new TestStall(fund, 9, 1);
        LaidCard elsewhere = laid.at(other);
        assertEquals(18_750, elsewhere.balances().allocation());
        LoggedRecord debit =
                Answers.readLog(other.key(), other.challenge(), 2, laid.card().transmit(other.readLog(2)));
        assertEquals(-1_250, debit.record().deltas().allocation());
        byte[] update = other.keyUpdate(fund.keyUpdate(KeySlot.ISSUING_0, 2, "issuing 0 second"));
        assertEquals(2, Answers.keyUpdate(laid.card().transmit(update)));
        elsewhere.state();
        elsewhere.refused(StatusWord.BLOCKED, other.debit(other.debitOf(1, 3, new Deltas(-1, 0, 0))));
    }

    @Test
    void an_order_for_another_card_fund_or_by_another_hand_blocks_nothing() throws Exception {
        laid.refused(StatusWord.BAD_TOKEN, stall.order(fund.block(2)));
        laid.refused(StatusWord.BAD_TOKEN, stall.order(new TestFund(2).block(1)));
        byte[] body = fund.block(1).signedBytes();
        laid.refused(StatusWord.BAD_TOKEN, stall.order(Commands.BLOCK, fund.signed(body, "issuing 1")));
        laid.refused(StatusWord.BAD_TOKEN, stall.order(Commands.BLOCK, fund.signed(body, "terminal CA")));
        body[14] = 2;
        laid.refused(StatusWord.WRONG_DATA, stall.order(Commands.BLOCK, fund.signed(body, "issuing 0")));
        body[14] = 0;
        body[1] = 'A';
        laid.refused(StatusWord.WRONG_DATA, stall.order(Commands.BLOCK, fund.signed(body, "issuing 0")));
        laid.pays(18, -1, 0, 0);
    }
}
