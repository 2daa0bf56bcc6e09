package etal.terminal.card;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.protocol.card.Answers;
import etal.protocol.card.StatusWord;
import java.nio.charset.StandardCharsets;

/**
 * What lies there, when it does not know our application: so that the member learns whether it is the bank's card or the
 * telephone under the wallet. It asks for the list of payment applications (EMV Contactless Book B, 3.3.1) and for nothing in
 * it; no number of a payment card is read. Stateless.
 */
final class Stranger {
    /** The list of payment applications that contactless cards and telephones keep. */
    private static final byte[] PAYMENT_LIST = "2PAY.SYS.DDF01".getBytes(StandardCharsets.US_ASCII);

    /** The first byte of an identifier that is drawn anew each time (ISO/IEC 14443-3, 6.5.4). */
    private static final byte RANDOM_IDENTIFIER = 0x08;

    private Stranger() {}

    /** Its own word for the one that answered SELECT with something else than a food card's answer. */
    static CardRefusal word(CardChannel channel) throws CardGone, ReaderBroken {
        boolean pays = Answers.statusWord(channel.transmit(selectPaymentList())) == StatusWord.DONE;
        if (!pays) {
            return CardRefusal.NOT_A_FOOD_CARD;
        }
        return channel.uid().filter(Stranger::isRandom).isPresent() ? CardRefusal.PHONE : CardRefusal.BANK_CARD;
    }

    /** Bank cards have one identifier for life; telephones, which nobody shall follow, never the same. */
    private static boolean isRandom(byte[] uid) {
        return uid.length == 4 && uid[0] == RANDOM_IDENTIFIER;
    }

    private static byte[] selectPaymentList() {
        byte[] command = new byte[6 + PAYMENT_LIST.length];
        command[1] = (byte) 0xA4;
        command[2] = 0x04;
        command[4] = (byte) PAYMENT_LIST.length;
        System.arraycopy(PAYMENT_LIST, 0, command, 5, PAYMENT_LIST.length);
        return command;
    }
}
