package etal.virtualcard;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A stranger's bank card, as far as a food fund's till gets to know it: it does not have our applet (ISO/IEC 7816-4, 6A82)
 * and of all the rest it answers only that it has a list of payment applications (EMV Contactless Book B, 3.3), as cards of
 * banks and telephones do. Any bytes may come. Stateless and thread-safe.
 */
public final class BankCard implements FieldCard {
    private static final int COMMAND_BYTES_MIN = 4;
    private static final byte SELECT = (byte) 0xA4;
    private static final byte[] PAYMENT_LIST = "2PAY.SYS.DDF01".getBytes(StandardCharsets.US_ASCII);

    /** A file control information template (tag 6F) that names the list and says no more, and 90 00. */
    private static final byte[] LIST = HexFormat.of().parseHex("6f10840e325041592e5359532e44444630319000");

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
            answer = apdu[1] != SELECT ? NO_SUCH_COMMAND : asksForList(apdu) ? LIST : NO_SUCH_FILE;
        }
        return answer.clone();
    }

    private static boolean asksForList(byte[] apdu) {
        int end = 5 + PAYMENT_LIST.length;
        return apdu.length >= end
                && apdu[4] == PAYMENT_LIST.length
                && Arrays.equals(apdu, 5, end, PAYMENT_LIST, 0, PAYMENT_LIST.length);
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
