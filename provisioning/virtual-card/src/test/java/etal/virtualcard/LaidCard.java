package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.card.Answers;
import etal.protocol.card.Answers.CardState;
import etal.protocol.card.Answers.DebitAnswer;
import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.card.StatusWord;
import etal.protocol.card.order.CardOrder;

/** A card on the reader of a terminal that it knows, and what a test says of its answers. */
record LaidCard(VirtualCard card, TestStall stall) {
    static LaidCard on(TestStall stall, VirtualCard card) throws Exception {
        LaidCard laid = new LaidCard(card, stall);
        laid.state();
        return laid;
    }

    /** The same card at another terminal. */
    LaidCard at(TestStall other) throws Exception {
        return on(other, card);
    }

    CardState state() throws Exception {
        return stall.meet(card);
    }

    Balances balances() throws Exception {
        return state().newest().after();
    }

    long counter() throws Exception {
        return state().newest().counter();
    }

    int word(byte[] command) throws Torn {
        return Answers.statusWord(card.transmit(command));
    }

    /** Refused by this word, and nothing written. */
    void refused(int word, byte[] command) throws Torn {
        byte[] answer = card.transmit(command);
        assertEquals(Integer.toHexString(word), Integer.toHexString(Answers.statusWord(answer)));
        assertEquals(2, answer.length);
        assertEquals(0, card.writesOfLastCommand());
    }

    DebitAnswer taken(byte[] command) throws Exception {
        byte[] answer = card.transmit(command);
        assertEquals(Integer.toHexString(StatusWord.DONE), Integer.toHexString(Answers.statusWord(answer)));
        assertEquals(0, card.allocationsOfLastCommand());
        return Answers.debit(answer);
    }

    DebitAnswer pays(long sale, long allocation, long bonus, long earnable) throws Exception {
        return taken(stall.debit(stall.debitOf(sale, counter(), new Deltas(allocation, bonus, earnable))));
    }

    DebitAnswer takes(CardOrder order) throws Exception {
        state();
        return taken(stall.order(order));
    }
}
