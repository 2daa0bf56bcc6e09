package etal.fleet.world.cards;

import etal.fleet.world.sim.fund.MadeTerminal;
import etal.fleet.world.witness.CardWords;
import etal.protocol.cbor.Malformed;
import java.util.List;

/** Terminals of the fund at other markets: a card that meets them forgets those it has met before. */
public record Elsewhere(List<MadeTerminal> terminals) {
    /** Shows a card the certificates of {@code count} terminals, from the {@code from}-th on. */
    public void introduce(MemberCard card, int from, int count) {
        for (int each = 0; each < count; each++) {
            MadeTerminal terminal = terminals.get((from + each) % terminals.size());
            try {
                new CardWords(card.certificate(), card::ask, terminal).introduce();
            } catch (Malformed nonsense) {
                throw new IllegalStateException("card " + card.number() + " does not answer SELECT", nonsense);
            }
        }
        card.powerOff();
    }
}
