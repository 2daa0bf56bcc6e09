package etal.virtualcard.pn532;

import etal.virtualcard.FieldCard;
import etal.virtualcard.Tear;
import etal.virtualcard.Torn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What lies in the field of an emulated chip, laid there and lifted by any thread. */
public final class EmulatedField {
    private static final int SAK_PART_4 = 0x20;

    private final List<Lying> lying = new ArrayList<>();
    private int uids;

    /** A thing in the field. */
    static final class Lying {
        final Optional<FieldCard> card;
        final int sak;
        final Duration hesitation;
        private Tear tear;

        private Lying(Optional<FieldCard> card, int sak, Duration hesitation, Tear tear) {
            this.card = card;
            this.sak = sak;
            this.hesitation = hesitation;
            this.tear = tear;
        }
    }

    /** Lays a card there. */
    public void lay(FieldCard card) {
        lay(card, new Tear.Never());
    }

    /** Lays a card there that leaves when the tear says. */
    public synchronized void lay(FieldCard card, Tear tear) {
        lying.add(new Lying(Optional.of(card), SAK_PART_4, Duration.ZERO, tear));
    }

    /** Lays a card there that takes so long for each answer. */
    public synchronized void layHesitant(FieldCard card, Duration hesitation) {
        lying.add(new Lying(Optional.of(card), SAK_PART_4, hesitation, new Tear.Never()));
    }

    /**
     * Lays something there that has no ISO/IEC 14443-4.
     *
     * @param sak such as 08 for a MIFARE Classic 1K, 00 for an Ultralight
     */
    public synchronized void layUnfit(int sak) {
        if ((sak & SAK_PART_4) != 0) {
            throw new IllegalArgumentException("that one speaks ISO/IEC 14443-4");
        }
        lying.add(new Lying(Optional.empty(), sak, Duration.ZERO, new Tear.Never()));
    }

    /** Lifts everything. */
    public synchronized void lift() {
        powerOff();
        lying.clear();
    }

    /** Whether nothing lies there. */
    public synchronized boolean isEmpty() {
        return lying.isEmpty();
    }

    /** Lifts what was laid there first. */
    public synchronized void liftFirst() {
        off(lying.removeFirst());
    }

    /** Switches off what lies there. */
    synchronized void powerOff() {
        lying.forEach(EmulatedField::off);
    }

    private static void off(Lying thing) {
        thing.card.ifPresent(card -> {
            try {
                card.powerOff();
            } catch (IOException unwritten) {
                throw new UncheckedIOException(unwritten);
            }
        });
    }

    synchronized List<Lying> things() {
        return List.copyOf(lying);
    }

    synchronized boolean holds(Lying thing) {
        return lying.contains(thing);
    }

    /** An identifier as food cards and phones draw them: four bytes that begin with 08. */
    synchronized byte[] freshUid() {
        uids++;
        return new byte[] {0x08, (byte) (uids >> 16), (byte) (uids >> 8), (byte) uids};
    }

    /** Has a card execute a command; empty when it is not there, or leaves before its answer is out. */
    synchronized Optional<byte[]> execute(Lying thing, byte[] apdu) {
        if (!lying.contains(thing) || thing.card.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> answer = torn(thing, thing.card.get(), apdu);
            if (answer.isEmpty() || thing.tear instanceof Tear.AfterAnswer(int at) && at == ins(apdu)) {
                off(thing);
                lying.remove(thing);
            }
            return answer;
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private static Optional<byte[]> torn(Lying thing, FieldCard card, byte[] apdu) throws IOException {
        int ins = ins(apdu);
        switch (thing.tear) {
            case Tear.BeforeCommand(int at)
            when at == ins -> {
                return Optional.empty();
            }
            case Tear.AtWrite(int at, int write)
            when at == ins -> {
                thing.tear = new Tear.Never();
                try {
                    return Optional.of(card.transmitCut(apdu, write));
                } catch (Torn asAsked) {
                    return Optional.empty();
                }
            }
            case Tear.BeforeAnswer(int at)
            when at == ins -> {
                card.transmitUnanswered(apdu);
                return Optional.empty();
            }
            default -> {
                return Optional.of(card.transmit(apdu));
            }
        }
    }

    private static int ins(byte[] apdu) {
        return apdu.length > 1 ? apdu[1] & 0xFF : -1;
    }
}
