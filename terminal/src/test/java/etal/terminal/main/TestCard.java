package etal.terminal.main;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real applet in the field, which the test pulls out at a moment of its choice. */
public final class TestCard implements CardChannel {
    /** INS of DEBIT. */
    public static final int DEBIT = 0x14;
    /** INS of LOAD. */
    public static final int LOAD = 0x18;

    private final VirtualCard card;
    private final List<Integer> instructions = new ArrayList<>();
    private @Nullable Fault fault;
    private int faultAt;
    private @Nullable Fault faultOfCommand;
    private int commandsUntilFault;

    /** What happens to the next command of an instruction. */
    public interface Fault {
        /** Answers in the card's place. */
        byte[] answer(VirtualCard card, byte[] apdu) throws CardGone, Torn;
    }

    public TestCard(VirtualCard card) {
        this.card = card;
    }

    public VirtualCard virtual() {
        return card;
    }

    /** The card is gone before it takes the next command of that INS in. */
    public void goneBefore(int instruction) {
        on(instruction, (chip, apdu) -> {
            throw new CardGone("pulled out");
        });
    }

    /** The card executes the next command of that INS, and its answer is lost. */
    public void answerLost(int instruction) {
        on(instruction, (chip, apdu) -> {
            chip.tearBeforeAnswer();
            return chip.transmit(apdu);
        });
    }

    /** Something else happens to the next command of that INS. */
    public void on(int instruction, Fault happening) {
        fault = happening;
        faultAt = instruction;
    }

    /** Something else happens to the n-th command from now, counted from 1, whatever it is. */
    public void atCommand(int n, Fault happening) {
        faultOfCommand = happening;
        commandsUntilFault = n;
    }

    @Override
    public byte[] transmit(byte[] apdu) throws CardGone {
        int instruction = Byte.toUnsignedInt(apdu[1]);
        instructions.add(instruction);
        Fault now = fault;
        Fault counted = faultOfCommand;
        try {
            if (counted != null && --commandsUntilFault == 0) {
                faultOfCommand = null;
                return counted.answer(card, apdu);
            }
            if (now != null && instruction == faultAt) {
                fault = null;
                return now.answer(card, apdu);
            }
            return card.transmit(apdu);
        } catch (Torn torn) {
            throw new CardGone("torn", torn);
        }
    }

    /** It left the field. */
    public void withdrawn() {
        card.powerOff();
    }

    /** The instructions sent since the last time this was asked. */
    public List<Integer> takeInstructions() {
        List<Integer> taken = List.copyOf(instructions);
        instructions.clear();
        return taken;
    }
}
