package etal.fleet.world.open;

import etal.protocol.card.Answers;
import etal.protocol.card.Balances;
import etal.protocol.card.Commands;
import etal.protocol.cbor.Malformed;
import etal.virtualcard.FieldCard;
import etal.virtualcard.Torn;
import java.io.IOException;
import java.time.Duration;

/** A member's card whose answers are overheard, for what is left on it and whether it is being talked to. Thread-safe. */
final class WatchedCard implements FieldCard {
    private static final int DONE = 0x9000;

    private final FieldCard card;
    private volatile long leftCents;
    private volatile long spokenToNanos;

    /** With {@code leftCents} on it as far as anyone knows. */
    WatchedCard(FieldCard card, long leftCents) {
        this.card = card;
        this.leftCents = leftCents;
    }

    /** What is left on it, by its last answer that was heard. */
    long leftCents() {
        return leftCents;
    }

    /** Whether a command has come within this time. */
    boolean busyWithin(Duration time) {
        return System.nanoTime() - spokenToNanos < time.toNanos();
    }

    @Override
    public String name() {
        return card.name();
    }

    @Override
    public byte[] transmit(byte[] apdu) throws IOException {
        return heard(apdu, card.transmit(apdu));
    }

    @Override
    public byte[] transmitCut(byte[] apdu, int write) throws IOException, Torn {
        return heard(apdu, card.transmitCut(apdu, write));
    }

    @Override
    public void transmitUnanswered(byte[] apdu) throws IOException {
        card.transmitUnanswered(apdu);
    }

    @Override
    public void powerOff() throws IOException {
        card.powerOff();
    }

    private byte[] heard(byte[] apdu, byte[] answer) {
        spokenToNanos = System.nanoTime();
        int ins = apdu.length > 1 ? apdu[1] & 0xFF : 0;
        if ((ins == Commands.DEBIT || ins == Commands.LOAD) && Answers.statusWord(answer) == DONE) {
            try {
                Balances after = Answers.debit(answer).after();
                leftCents = after.allocation() + after.bonus();
            } catch (Malformed e) {
                throw new IllegalStateException("the applet answers what it must", e);
            }
        }
        return answer;
    }
}
