package etal.virtualcard;

import etal.virtualcard.Happening.Cut;
import etal.virtualcard.Happening.Executed;
import etal.virtualcard.Happening.Made;
import etal.virtualcard.Happening.Off;
import etal.virtualcard.Happening.Unanswered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One card of a {@link CardPocket}. Thread-safe; one command at a time. */
public final class PocketCard implements FieldCard {
    private final String name;
    private final byte[] seed;
    private final List<Happening> history = new ArrayList<>();
    private @Nullable Memory memory;
    private @Nullable VirtualCard card;

    /** Where a pocket writes down what happens to its cards, before it happens. */
    @FunctionalInterface
    interface Memory {
        void append(Happening happening) throws IOException;
    }

    PocketCard(String name, byte[] seed) {
        this.name = name;
        this.seed = seed;
    }

    /** The name it has in its pocket. */
    @Override
    public String name() {
        return name;
    }

    byte[] seed() {
        return seed;
    }

    void keptIn(Memory kept) {
        memory = kept;
    }

    /** Part of the past: replayed when the card is first used. */
    void remember(Happening happening) {
        history.add(happening);
    }

    @Override
    public synchronized byte[] transmit(byte[] apdu) throws IOException {
        VirtualCard ready = replayed();
        append(apdu, new Executed(name, apdu));
        try {
            return ready.transmit(apdu);
        } catch (Torn impossible) {
            throw new IllegalStateException("no power cut was asked for", impossible);
        }
    }

    @Override
    public synchronized byte[] transmitCut(byte[] apdu, int write) throws IOException, Torn {
        VirtualCard ready = replayed();
        append(apdu, new Cut(name, write, apdu));
        ready.tearAtWrite(write);
        return ready.transmit(apdu);
    }

    @Override
    public synchronized void transmitUnanswered(byte[] apdu) throws IOException {
        VirtualCard ready = replayed();
        append(apdu, new Unanswered(name, apdu));
        executeUnanswered(ready, apdu);
    }

    @Override
    public synchronized void powerOff() throws IOException {
        VirtualCard ready = replayed();
        append(new Off(name));
        ready.powerOff();
    }

    /** What is no command does not reach the applet and changes nothing; it would only fill the file. */
    private void append(byte[] apdu, Happening happening) throws IOException {
        if (VirtualCard.isShortCommand(apdu)) {
            append(happening);
        }
    }

    private void append(Happening happening) throws IOException {
        if (memory == null) {
            throw new IllegalStateException("the card is in no pocket");
        }
        memory.append(happening);
    }

    private VirtualCard replayed() {
        if (card == null) {
            VirtualCard fresh = VirtualCard.create(seed);
            history.forEach(happening -> replay(fresh, happening));
            history.clear();
            // Whatever field it lay in, the process that held it there has ended.
            fresh.powerOff();
            card = fresh;
        }
        return card;
    }

    private static void replay(VirtualCard card, Happening happening) {
        try {
            switch (happening) {
                case Executed(String name, byte[] apdu) -> card.transmit(apdu);
                case Cut(String name, int write, byte[] apdu) -> {
                    card.tearAtWrite(write);
                    card.transmit(apdu);
                }
                case Unanswered(String name, byte[] apdu) -> executeUnanswered(card, apdu);
                case Off(String name) -> card.powerOff();
                case Made(String name, byte[] seed) -> throw new IllegalStateException("a card is made once");
            }
        } catch (Torn asItWas) {
            // The cut belongs to the history; the card is off, as it was then.
            card.powerOff();
        }
    }

    private static void executeUnanswered(VirtualCard card, byte[] apdu) {
        card.tearBeforeAnswer();
        try {
            card.transmit(apdu);
            throw new IllegalStateException("the answer was to be lost");
        } catch (Torn asAsked) {
            card.powerOff();
        }
    }
}
