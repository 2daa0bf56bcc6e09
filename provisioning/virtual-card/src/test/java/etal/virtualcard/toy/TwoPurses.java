package etal.virtualcard.toy;

import javacard.framework.APDU;
import javacard.framework.Applet;
import javacard.framework.ISO7816;
import javacard.framework.ISOException;
import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * Moves one unit from the left purse to the right, in a careful way (INS 2: in a transaction), in a careless one (INS 1:
 * two writes), and in one that only looks careful (INS 3: a non-atomic copy inside a transaction). INS 0 shows both
 * purses. INS 4 writes to a constant, INS 5 to memory that it allocates on the way.
 */
public final class TwoPurses extends Applet {
    private static final byte[] CONSTANT = {0};

    private final byte[] purses = {10, 0};
    private final byte[] scratch = JCSystem.makeTransientByteArray((short) 2, JCSystem.CLEAR_ON_RESET);
    private byte moves;

    public static void install(byte[] parameters, short offset, byte length) {
        new TwoPurses().register();
    }

    @Override
    public void process(APDU apdu) {
        byte[] buffer = apdu.getBuffer();
        if (selectingApplet()) {
            return;
        }
        switch (buffer[ISO7816.OFFSET_INS]) {
            case 0 -> show(apdu, buffer);
            case 1 -> move();
            case 2 -> {
                JCSystem.beginTransaction();
                move();
                JCSystem.commitTransaction();
            }
            case 3 -> {
                scratch[0] = (byte) (purses[0] - 1);
                scratch[1] = (byte) (purses[1] + 1);
                JCSystem.beginTransaction();
                Util.arrayCopyNonAtomic(scratch, (short) 0, purses, (short) 0, (short) 2);
                JCSystem.commitTransaction();
            }
            case 4 -> CONSTANT[0] = 1;
            case 5 -> show(apdu, new byte[3]);
            default -> {
                JCSystem.beginTransaction();
                move();
                ISOException.throwIt(ISO7816.SW_DATA_INVALID);
            }
        }
    }

    private void move() {
        purses[0]--;
        moves++;
        purses[1]++;
    }

    private void show(APDU apdu, byte[] to) {
        to[0] = purses[0];
        to[1] = purses[1];
        to[2] = moves;
        apdu.setOutgoing();
        apdu.setOutgoingLength((short) 3);
        apdu.sendBytesLong(to, (short) 0, (short) 3);
    }
}
