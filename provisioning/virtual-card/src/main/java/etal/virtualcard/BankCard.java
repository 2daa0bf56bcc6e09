package etal.virtualcard;

/**
 * A stranger's bank card, as far as a food fund's till gets to know it: it does not have our applet (ISO/IEC 7816-4, 6A82)
 * and answers nothing else either. Any bytes may come. Stateless and thread-safe.
 */
public final class BankCard implements FieldCard {
    private static final int COMMAND_BYTES_MIN = 4;
    private static final byte SELECT = (byte) 0xA4;
    private static final byte[] NO_SUCH_FILE = {0x6A, (byte) 0x82};
    private static final byte[] NO_SUCH_COMMAND = {0x6D, 0x00};
    private static final byte[] NO_SUCH_CLASS = {0x6E, 0x00};
    private static final byte[] WRONG_LENGTH = {0x67, 0x00};

    private final String name;

    /** A card of that name. */
    public BankCard(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[] transmit(byte[] apdu) {
        byte[] answer;
        if (apdu.length < COMMAND_BYTES_MIN) {
            answer = WRONG_LENGTH;
        } else if (apdu[0] != 0) {
            answer = NO_SUCH_CLASS;
        } else {
            answer = apdu[1] == SELECT ? NO_SUCH_FILE : NO_SUCH_COMMAND;
        }
        return answer.clone();
    }

    /** Writes nothing, so that no write can be cut. */
    @Override
    public byte[] transmitCut(byte[] apdu, int write) {
        return transmit(apdu);
    }

    @Override
    public void transmitUnanswered(byte[] apdu) {
        // It keeps nothing: an answer that nobody hears has changed nothing.
    }

    @Override
    public void powerOff() {
        // It keeps nothing that power could take.
    }
}
