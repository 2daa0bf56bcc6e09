package etal.fleet.world.sim.fund;

import etal.protocol.card.CardCertificate;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.util.List;

/**
 * A card as it left the desk: the same seed and the same commands give the same card. Immutable.
 *
 * @param seed the card's secret: a TEST SECRET
 * @param history the commands of the desk
 */
public record MadeCard(byte[] seed, List<byte[]> history, CardCertificate certificate) {
    /** The chip, new from the desk. */
    public VirtualCard chip() {
        return personalised(VirtualCard.create(seed));
    }

    /** The same card, but that its transactions are none: the control of whoever tears it. */
    public VirtualCard chipWithoutTransactions() {
        return personalised(VirtualCard.withoutTransactions(seed));
    }

    private VirtualCard personalised(VirtualCard chip) {
        try {
            for (byte[] command : history) {
                chip.transmit(command);
            }
        } catch (Torn e) {
            throw new IllegalStateException("nobody asked for a tear", e);
        }
        chip.powerOff();
        return chip;
    }

    @Override
    public String toString() {
        return "a made card";
    }
}
