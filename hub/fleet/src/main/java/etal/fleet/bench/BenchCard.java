package etal.fleet.bench;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.protocol.card.CardCertificate;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;

/** A member's card: the real applet on the virtual chip. */
record BenchCard(VirtualCard chip, CardCertificate certificate) {
    /** The card in a field that nobody measures. */
    static CardChannel channel(VirtualCard chip) {
        return command -> {
            try {
                return chip.transmit(command);
            } catch (Torn torn) {
                throw new CardGone("torn", torn);
            }
        };
    }

    CardChannel channel() {
        return channel(chip);
    }
}
