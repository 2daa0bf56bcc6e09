package etal.fleet.world.sim;

import etal.fleet.world.sim.Moment.Fault;
import etal.fleet.world.sim.fund.MadeCard;
import etal.port.CardChannel;
import etal.port.CardGone;
import etal.protocol.card.CardCertificate;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.util.Optional;

/** The member's card: the real applet, in a chip that can lose power at any write. */
final class SimCard {
    /** INS of DEBIT, see card.md. */
    private static final byte DEBIT = 0x14;

    private final VirtualCard chip;
    private final CardCertificate certificate;

    private SimCard(VirtualCard chip, CardCertificate certificate) {
        this.chip = chip;
        this.certificate = certificate;
    }

    /** A card new from the desk. */
    static SimCard of(MadeCard made) {
        return new SimCard(made.chip(), made.certificate());
    }

    CardCertificate certificate() {
        return certificate;
    }

    /** The card in the field, until {@code left} runs; a fault of {@code fate} takes it away. */
    CardChannel inField(Fate fate, Runnable left) {
        return command -> {
            Optional<Moment> moment = fate.atCommand(command[1] == DEBIT);
            return moment.isEmpty() ? plain(command, fate) : faulty(command, moment.get(), left);
        };
    }

    private byte[] plain(byte[] command, Fate fate) throws CardGone {
        try {
            byte[] answer = chip.transmit(command);
            fate.wrote(chip.writesOfLastCommand());
            return answer;
        } catch (Torn e) {
            throw new CardGone("torn", e);
        }
    }

    private byte[] faulty(byte[] command, Moment moment, Runnable left) throws CardGone {
        switch (moment.fault()) {
            case Fault.CardAtWrite(int write) -> chip.tearAtWrite(write);
            case Fault.CardBeforeCommand before -> {
                left.run();
                throw new CardGone(before.toString());
            }
            default -> chip.tearBeforeAnswer();
        }
        try {
            return chip.transmit(command);
        } catch (Torn e) {
            if (moment.fault() instanceof Fault.PlugBeforeAnswer) {
                throw new PlugPulled(moment);
            }
            left.run();
            throw new CardGone(moment.toString(), e);
        }
    }

    /** Outside the run of the faults: for the auditor. */
    byte[] transmit(byte[] command) {
        try {
            return chip.transmit(command);
        } catch (Torn e) {
            throw new IllegalStateException("nobody asked for a tear", e);
        }
    }

    /** The card has left the field. */
    void powerOff() {
        chip.powerOff();
    }
}
