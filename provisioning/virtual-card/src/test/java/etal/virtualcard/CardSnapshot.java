package etal.virtualcard;

import etal.protocol.card.Answers;
import etal.protocol.card.Answers.CardState;
import etal.protocol.card.Answers.LoggedRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.StatusWord;
import etal.protocol.cose.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * All that can be known of a card from outside: its state, every record it still holds with its signature, and which of
 * the terminals 1 to 40 it knows. Two snapshots are equal when the card has not changed.
 */
record CardSnapshot(long counter, long allocationCents, List<String> facts) {
    private static final long TERMINALS = 40;
    private static final long RECORDS = 17;

    /** Takes the card out of the field and looks at it through a terminal that it knows already. */
    static CardSnapshot of(VirtualCard card, TestStall known) throws Exception {
        List<String> facts = new ArrayList<>();
        card.powerOff();
        for (long terminal = 1; terminal <= TERMINALS; terminal++) {
            card.transmit(Commands.select());
            int word = Answers.statusWord(card.transmit(Commands.state(terminal, 1)));
            facts.add("terminal " + terminal + (word == StatusWord.UNKNOWN_TERMINAL ? " unknown" : " known"));
        }
        CardState state = known.meet(card);
        facts.add("newest " + Hash.hex(state.newest().encode()));
        facts.add("entitlement " + state.entitlement());
        long counter = state.newest().counter();
        for (long c = Math.max(0, counter - RECORDS); c <= counter + 1; c++) {
            byte[] answer = card.transmit(known.readLog(c));
            if (Answers.statusWord(answer) != StatusWord.DONE) {
                facts.add("record " + c + " absent");
                continue;
            }
            LoggedRecord logged = Answers.readLog(known.key(), known.challenge(), c, answer);
            if (!logged.record().verify(known.cardKey(), logged.signature())) {
                throw new AssertionError("record " + c + " does not verify");
            }
            facts.add("record " + c + " " + Hash.hex(logged.record().encode()) + Hash.hex(logged.signature()));
        }
        card.powerOff();
        return new CardSnapshot(counter, state.newest().after().allocation(), facts);
    }
}
