package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Answers;
import etal.protocol.card.Answers.CardState;
import etal.protocol.card.Answers.LoggedRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.StatusWord;
import etal.protocol.cose.Hash;
import org.junit.jupiter.api.Test;

/** What a card remembers, what it forgets, and to whom it tells either. */
class CardMemoryTest {
    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);

    @Test
    void the_ring_holds_the_last_16_records() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        for (long sale = 1; sale <= 40; sale++) {
            CardState state = stall.meet(card);
            assertEquals(sale, state.newest().counter());
            Answers.debit(card.transmit(stall.debit(stall.debitOf(sale, sale, new Deltas(-10, 0, 0)))));
        }
        for (long counter = 0; counter <= 42; counter++) {
            byte[] answer = card.transmit(stall.readLog(counter));
            boolean held = counter >= 26 && counter <= 41;
            assertEquals(held ? StatusWord.DONE : StatusWord.NO_SUCH_RECORD, Answers.statusWord(answer));
            if (held) {
                LoggedRecord logged = Answers.readLog(stall.key(), stall.challenge(), counter, answer);
                assertTrue(logged.record().verify(stall.cardKey(), logged.signature()));
                assertEquals(
                        20_000 - 10 * (counter - 1), logged.record().after().allocation());
            }
        }
    }

    private boolean knows(VirtualCard card, long terminal) throws Torn {
        card.transmit(Commands.select());
        return Answers.statusWord(card.transmit(Commands.state(terminal, 1))) == StatusWord.DONE;
    }

    @Test
    void the_33rd_terminal_takes_the_place_of_the_first() throws Exception {
        VirtualCard card = fund.card(1);
        for (long terminal = 1; terminal <= 32; terminal++) {
            new TestStall(fund, terminal, 1).meet(card);
        }
        assertTrue(knows(card, 1));
        for (long terminal = 33; terminal <= 100; terminal++) {
            new TestStall(fund, terminal, 1).meet(card);
            assertFalse(knows(card, terminal - 32));
            assertTrue(knows(card, terminal - 31));
            assertTrue(knows(card, terminal));
        }
    }

    @Test
    void a_terminal_introduced_again_is_not_written_again() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        stall.select(card);
        byte[] confirmation = card.transmit(stall.introduce());
        assertTrue(Answers.confirms(stall.key(), stall.challenge(), confirmation));
        assertEquals(0, card.writesOfLastCommand());
    }

    @Test
    void another_epoch_is_another_terminal() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        card.transmit(Commands.select());
        assertEquals(StatusWord.UNKNOWN_TERMINAL, Answers.statusWord(card.transmit(Commands.state(3, 2))));
        assertEquals(StatusWord.UNKNOWN_TERMINAL, Answers.statusWord(card.transmit(Commands.state(3, 65_537))));
        new TestStall(fund, 3, 2).meet(card);
        stall.meet(card);
    }

    @Test
    void one_challenge_encrypts_one_state() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        stall.meet(card);
        assertEquals(StatusWord.NOT_NOW, Answers.statusWord(card.transmit(stall.state())));
        stall.meet(card);
    }

    @Test
    void a_stranger_learns_neither_balance_nor_record() throws Exception {
        VirtualCard rich = fund.loadedCard(1);
        TestStall stranger = new TestStall(fund, 99, 1);
        stranger.select(rich);
        assertEquals(StatusWord.UNKNOWN_TERMINAL, Answers.statusWord(rich.transmit(stranger.state())));
        assertEquals(StatusWord.NOT_AUTHENTIC, Answers.statusWord(rich.transmit(stranger.readLog(1))));
        // Naming a known terminal gives ciphertext only: the balance is not in it, and two looks at it differ.
        String once = Hash.hex(rich.transmit(stall.state()));
        rich.transmit(Commands.select());
        String again = Hash.hex(rich.transmit(stall.state()));
        assertFalse(once.equals(again));
        assertFalse(once.contains("00004e20"));
    }

    @Test
    void nothing_is_selected_after_power_off() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        stall.meet(card);
        byte[] debit = stall.debit(stall.debitOf(1, 1, new Deltas(-1, 0, 0)));
        card.powerOff();
        byte[] answer = card.transmit(debit);
        assertEquals(0x6986, Answers.statusWord(answer));
        assertEquals(1, stall.meet(card).newest().counter());
    }
}
