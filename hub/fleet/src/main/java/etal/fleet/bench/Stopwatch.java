package etal.fleet.bench;

import etal.fleet.timing.Exchange;
import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.Signal;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Follows one tap: what goes over the channel, when, and when the light comes on. For one thread. */
final class Stopwatch implements CardChannel, Signal {
    private static final int INS = 1;

    /** Something that happens during a tap, told as soon as it has. */
    sealed interface Heard {
        /** The card has answered this command. */
        record Command(int ins) implements Heard {}

        /** The light shows this. */
        record Light(Outcome outcome) implements Heard {}
    }

    private final Consumer<Heard> hearer;
    private final List<Exchange> exchanges = new ArrayList<>();
    private VirtualCard card;
    private long presented;
    private long inCard;
    private long inCardBeforeLast;
    private long lastSent;
    private long lit;

    Stopwatch(VirtualCard card, Consumer<Heard> hearer) {
        this.card = card;
        this.hearer = hearer;
    }

    /** The card is laid down now. */
    void start(VirtualCard laidDown) {
        card = laidDown;
        exchanges.clear();
        inCard = 0;
        inCardBeforeLast = 0;
        lit = 0;
        presented = System.nanoTime();
        lastSent = presented;
    }

    @Override
    public byte[] transmit(byte[] apdu) throws CardGone {
        long sent = System.nanoTime();
        try {
            byte[] answer = card.transmit(apdu);
            int ins = apdu[INS] & 0xFF;
            exchanges.add(new Exchange(ins, apdu.length, answer.length, card.tallyOfLastCommand()));
            hearer.accept(new Heard.Command(ins));
            return answer;
        } catch (Torn torn) {
            throw new CardGone("torn", torn);
        } finally {
            inCardBeforeLast = inCard;
            lastSent = sent;
            inCard += System.nanoTime() - sent;
        }
    }

    @Override
    public void show(Outcome outcome) {
        if (outcome == Outcome.PAID) {
            lit = System.nanoTime();
        }
        hearer.accept(new Heard.Light(outcome));
    }

    /** The tap that has ended in "paid". */
    Payment payment() {
        if (lit == 0) {
            throw new IllegalStateException("the tap did not end in \"paid\": " + exchanges);
        }
        return new Payment(exchanges, lit - presented - inCard, lastSent - presented - inCardBeforeLast);
    }
}
