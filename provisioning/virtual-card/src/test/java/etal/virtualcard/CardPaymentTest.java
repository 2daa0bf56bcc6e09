package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Answers;
import etal.protocol.card.Answers.CardState;
import etal.protocol.card.Answers.DebitAnswer;
import etal.protocol.card.Answers.LoggedRecord;
import etal.protocol.card.Answers.SelectAnswer;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.Commands.Debit;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.Personalisation;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.StatusWord;
import org.junit.jupiter.api.Test;

/**
 * The good paths of docs/card.md.
 * <pre>
 *  terminal                    card
 *     |-- SELECT ---------------->|  certificate, challenge
 *     |-- STATE ----------------->|  6A88: never seen you
 *     |-- INTRODUCE certificate ->|  key confirmation
 *     |-- STATE ----------------->|  newest record, encrypted
 *     |-- LOAD token, MAC ------->|  signed record
 *     |-- DEBIT intent, MAC ----->|  signed record, and the signature of the one before
 * </pre>
 */
class CardPaymentTest {
    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);

    @Test
    void a_fresh_card_says_that_it_is_being_personalised() throws Exception {
        byte[] answer = VirtualCard.create(TestFund.seed(1)).transmit(Commands.select());
        assertEquals(125 + 2, answer.length);
        assertEquals(1, answer[0]);
        assertEquals(2, answer[1]);
    }

    @Test
    void locking_signs_the_first_record() throws Exception {
        VirtualCard card = fund.unlockedCard(1);
        byte[] signature = Answers.lock(card.transmit(Personalisation.lock(TestFund.NOON, 1)));
        SelectAnswer selected = stall.select(card);
        assertEquals(0, selected.flags());
        assertTrue(selected.certificate().verify(fund.publicKey("card CA")));
        assertTrue(CardRecord.first(TestFund.NOON).verify(selected.certificate().publicKey33(), signature));
    }

    @Test
    void a_payment_leaves_a_record_that_anyone_can_check() throws Exception {
        VirtualCard card = fund.card(1);
        CardState before = stall.meet(card);
        assertEquals(CardRecord.first(TestFund.NOON), before.newest());
        assertEquals(TestFund.ENTITLEMENT, before.entitlement());

        PeriodToken token = fund.token(TestFund.APRIL, 1);
        DebitAnswer loaded = Answers.debit(card.transmit(stall.load(token)));
        assertEquals(new Balances(20_000, 0, 0), loaded.after());
        CardRecord load = loaded.record(stall.loadOf(token), before.newest().after());
        assertTrue(load.verify(stall.cardKey(), loaded.signature()));
        assertEquals(TestFund.APRIL, loaded.period());
        assertTrue(before.newest().verify(stall.cardKey(), loaded.previousSignature()));

        Debit debit = stall.debitOf(17, 1, new Deltas(-1_250, 0, 0));
        DebitAnswer paid = Answers.debit(card.transmit(stall.debit(debit)));
        assertEquals(new Balances(18_750, 0, 0), paid.after());
        assertEquals(2, paid.counter());
        assertTrue(paid.record(debit).verify(stall.cardKey(), paid.signature()));
        assertArrayEquals(loaded.signature(), paid.previousSignature());
    }

    @Test
    void the_log_gives_back_every_record_with_its_signature() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        stall.meet(card);
        Debit debit = stall.debitOf(17, 1, new Deltas(-1_250, 0, 0));
        DebitAnswer paid = Answers.debit(card.transmit(stall.debit(debit)));
        for (long counter = 0; counter <= 2; counter++) {
            LoggedRecord logged =
                    Answers.readLog(stall.key(), stall.challenge(), counter, card.transmit(stall.readLog(counter)));
            assertEquals(counter, logged.record().counter());
            assertTrue(logged.record().verify(stall.cardKey(), logged.signature()));
        }
        LoggedRecord newest = Answers.readLog(stall.key(), stall.challenge(), 2, card.transmit(stall.readLog(2)));
        assertEquals(paid.record(debit), newest.record());
        assertArrayEquals(paid.signature(), newest.signature());
    }

    @Test
    void an_identical_repeat_gives_identical_bytes_and_writes_nothing() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        stall.meet(card);
        Debit debit = stall.debitOf(17, 1, new Deltas(-1_250, 0, 0));
        byte[] first = card.transmit(stall.debit(debit));
        assertArrayEquals(first, card.transmit(stall.debit(debit)));
        card.powerOff();
        stall.meet(card);
        assertArrayEquals(first, card.transmit(stall.debit(debit)));
        assertEquals(0, card.writesOfLastCommand());
    }

    @Test
    void the_same_token_loads_once_whoever_shows_it() throws Exception {
        VirtualCard card = fund.card(1);
        stall.meet(card);
        byte[] first = card.transmit(stall.load(fund.token(TestFund.APRIL, 0)));
        TestStall other = new TestStall(fund, 4, 1);
        other.meet(card);
        assertArrayEquals(first, card.transmit(other.load(fund.token(TestFund.APRIL, 0))));
        assertEquals(0, card.writesOfLastCommand());
    }

    @Test
    void earnable_turns_into_nothing_but_bonus_and_purses_move_together() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        stall.meet(card);
        byte[] refused = card.transmit(stall.debit(stall.debitOf(17, 1, new Deltas(-1_000, 500, -500))));
        assertEquals(StatusWord.OUT_OF_FUNDS, Answers.statusWord(refused));
        assertEquals(new Balances(20_000, 0, 0), stall.meet(card).newest().after());
    }

    @Test
    void nothing_is_allocated_after_installation() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        stall.select(card);
        assertEquals(0, card.allocationsOfLastCommand());
        for (byte[] command : new byte[][] {
            stall.introduce(),
            stall.state(),
            stall.debit(stall.debitOf(17, 1, new Deltas(-1, 0, 0))),
            stall.cancel(17, 2, new Deltas(1, 0, 0)),
            stall.load(fund.token(TestFund.APRIL + 1, 0)),
            stall.order(fund.add(1, 1, new Deltas(1, 0, 0))),
            stall.order(fund.set(1, Entitlement.monthly(1, 1, 1, 2))),
            stall.keyUpdate(fund.keyUpdate(KeySlot.ISSUING_0, 2, "issuing 0 second")),
            stall.readLog(1)
        }) {
            assertEquals(StatusWord.DONE, Answers.statusWord(card.transmit(command)));
            assertEquals(0, card.allocationsOfLastCommand());
        }
    }
}
