package etal.fleet.world.cards;

import etal.fleet.auditor.cards.CardAccount;
import etal.fleet.auditor.granted.Granted;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.fleet.world.witness.CardWords;
import etal.protocol.card.Answers;
import etal.protocol.cbor.Malformed;
import java.util.ArrayList;
import java.util.List;

/** Asks a card, undisturbed and at a terminal of the auditor's own, for the records it has made since it was last asked. */
final class CardReading {
    /** How many records a card remembers. */
    static final int RING = 16;

    private final MadeTerminal terminal;

    CardReading(MadeTerminal terminal) {
        this.terminal = terminal;
    }

    /** Lets the account hear what is new; what is wrong with it, one sentence each. */
    List<String> read(MemberCard card, CardAccount account, Granted granted) {
        var wrong = new ArrayList<String>();
        try {
            var meeting = new CardWords(card.certificate(), card::ask, terminal);
            long newest = meeting.newest();
            if (newest - account.heard() > RING) {
                throw new IllegalStateException("card " + card.number() + " was not read in time");
            }
            for (long counter = account.heard() + 1; counter <= newest; counter++) {
                Answers.LoggedRecord logged = meeting.record(counter);
                wrong.addAll(account.hear(logged.record().encode(), logged.signature(), granted));
            }
        } catch (Malformed e) {
            wrong.add("card " + card.number() + " answers the auditor nonsense: " + e.getMessage());
        }
        card.powerOff();
        card.writtenSeen();
        return wrong;
    }
}
