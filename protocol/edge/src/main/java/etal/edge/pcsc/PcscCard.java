package etal.edge.pcsc;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;

/**
 * A card on a PC/SC reader, held for this program alone until it is closed: no other program can select another applet in
 * between. Used by the thread that made it only, because the service counts the exclusive access to it.
 */
public final class PcscCard implements CardChannel, AutoCloseable {
    /** What the JDK's own buffer can hold; a card's answer is far shorter. */
    private static final int ANSWER_ROOM = 1 << 16;

    private static final int ANSWER_BYTES_MAX = 258;
    private static final byte[] ASK_UID = {(byte) 0xFF, (byte) 0xCA, 0, 0, 0};
    private static final Set<Integer> UID_LENGTHS = Set.of(4, 7, 10);
    /** What is said when it is the reader or the service that failed and not the card. */
    private static final Set<String> READER_FAILURES = Set.of(
            "SCARD_E_NO_SERVICE",
            "SCARD_E_SERVICE_STOPPED",
            "SCARD_E_READER_UNAVAILABLE",
            "SCARD_E_UNKNOWN_READER",
            "SCARD_E_INVALID_HANDLE",
            "SCARD_F_COMM_ERROR",
            "SCARD_F_INTERNAL_ERROR");

    private final Card card;
    private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_ROOM);

    PcscCard(Card card) {
        this.card = card;
    }

    /** Waits as long as reader and card do; a limit is for the caller to set. */
    @Override
    public byte[] transmit(byte[] apdu) throws CardGone, ReaderBroken {
        answer.clear();
        int length;
        try {
            length = card.getBasicChannel().transmit(ByteBuffer.wrap(apdu), answer);
        } catch (CardException failure) {
            String code = PcscService.code(failure);
            if (READER_FAILURES.contains(code)) {
                throw new ReaderBroken("the reader has failed: " + code, failure);
            }
            throw new CardGone("the card gave no answer: " + code, failure);
        } catch (IllegalArgumentException | IllegalStateException lost) {
            // So the JDK calls an answer that was lost on the way, and a card that it knows to be gone.
            throw new CardGone("the card gave no answer", lost);
        }
        if (length < 2 || length > ANSWER_BYTES_MAX) {
            throw new CardGone("what came is no card's answer: " + length + " bytes");
        }
        return Arrays.copyOf(answer.array(), length);
    }

    /** Asks the reader for it (PC/SC part 3, GET DATA); empty where it does not say. */
    @Override
    public Optional<byte[]> uid() {
        try {
            byte[] told = transmit(ASK_UID.clone());
            int length = told.length - 2;
            boolean done = told[length] == (byte) 0x90 && told[length + 1] == 0;
            return done && UID_LENGTHS.contains(length) ? Optional.of(Arrays.copyOf(told, length)) : Optional.empty();
        } catch (CardGone | ReaderBroken unknown) {
            // Whoever sends the next command hears of it.
            return Optional.empty();
        }
    }

    /** Lets the card go. */
    @Override
    public void close() {
        PcscService.release(card);
    }
}
