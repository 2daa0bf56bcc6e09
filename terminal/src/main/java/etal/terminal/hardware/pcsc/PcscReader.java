package etal.terminal.hardware.pcsc;

import etal.edge.pcsc.PcscMeeting;
import etal.edge.pcsc.PcscSlot;
import etal.port.CardReader;
import etal.port.Loop;
import etal.port.ReaderBroken;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A card reader of the system's PC/SC service. One thread does everything with it, because the service's way in the JDK
 * is shut while something waits on it; the loop hands commands over and waits for their answers, for so long and no longer.
 *
 * <p>A reader that is not there, or a service that stops, is told as {@code ReaderState(false)} and looked for until it
 * is back. A card in the field is held for this program alone. One that failed is presented again once it was lifted. Safe for use by any thread; the channels it presents are
 * for the loop alone.
 */
public final class PcscReader implements CardReader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PcscReader.class);
    /** How long the thread waits at most before it looks whether it is to end. */
    private static final Duration LOOK_UP = Duration.ofMillis(250);
    /** How often a card that lies there is looked after while it is asked nothing. */
    private static final Duration LOOK_AFTER = Duration.ofMillis(50);

    private static final Duration LOOK_FOR_READER = Duration.ofMillis(500);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final int TRIES_OF_A_MUTE = 3;
    private final PcscSlot slot;
    private final Loop loop;
    private final Duration answerWithin;
    private final Commands idle = new Commands();
    private volatile boolean closed;
    /** Whether the card that was there last may lie there still. It is not taken for the next member's: it must be lifted. */
    private boolean notLifted;

    private @Nullable Boolean toldWorking;
    private @Nullable Thread thread;

    /**
     * @param namePart a part of the reader's name, in any case; empty for the first reader there is
     * @param answerWithin how long a card may take for one answer before it counts as silent
     */
    public PcscReader(String namePart, Loop loop, Duration answerWithin) {
        this.slot = new PcscSlot(namePart);
        this.loop = loop;
        this.answerWithin = answerWithin;
    }

    @Override
    public void listen(Consumer<CardEvent> onLoop) {
        thread = Thread.ofPlatform().daemon().name("pcsc reader").start(() -> run(onLoop));
    }

    private void run(Consumer<CardEvent> onLoop) {
        try {
            while (!closed) {
                try {
                    String name = slot.find();
                    tellState(onLoop, true, name);
                    awaitLifted();
                    watch(onLoop);
                } catch (ReaderBroken broken) {
                    tellState(onLoop, false, String.valueOf(broken.getMessage()));
                    idle.pause(LOOK_FOR_READER);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(Consumer<CardEvent> onLoop) throws ReaderBroken, InterruptedException {
        int mute = 0;
        while (!closed) {
            if (!slot.awaitCard(LOOK_UP)) {
                mute = 0;
                continue;
            }
            switch (slot.connect()) {
                case PcscMeeting.Met(var card) -> {
                    mute = 0;
                    PcscField field = new PcscField(card, slot, answerWithin);
                    tell(onLoop, new CardEvent.Presented(field));
                    serve(field, onLoop);
                }
                case PcscMeeting.Unfit unfit -> tellUnfit(onLoop);
                case PcscMeeting.Mute silent -> {
                    mute++;
                    if (mute < TRIES_OF_A_MUTE) {
                        idle.pause(BETWEEN_TRIES);
                    } else {
                        mute = 0;
                        tellUnfit(onLoop);
                    }
                }
                case PcscMeeting.Missed missed -> idle.pause(BETWEEN_TRIES);
            }
        }
    }

    private void serve(PcscField field, Consumer<CardEvent> onLoop) throws ReaderBroken, InterruptedException {
        notLifted = true;
        try {
            while (!closed && field.serve(LOOK_AFTER)) {
                // Each turn carries one command, or looks whether the card is still there.
            }
        } finally {
            field.end();
            tell(onLoop, new CardEvent.Gone());
        }
        awaitLifted();
    }

    /**
     * After a failure of card, reader or service. The service looks every 400 ms: for so long after a card was torn out it
     * still says that it is there, and who connects to it then is told that it is mute.
     */
    private void awaitLifted() throws ReaderBroken {
        while (!closed && notLifted) {
            notLifted = !slot.awaitEmpty(LOOK_UP);
        }
    }

    private void tellUnfit(Consumer<CardEvent> onLoop) throws ReaderBroken {
        tell(onLoop, new CardEvent.Unfit());
        notLifted = true;
        awaitLifted();
        tell(onLoop, new CardEvent.Gone());
    }

    private void tellState(Consumer<CardEvent> onLoop, boolean working, String what) {
        if (toldWorking == null || toldWorking != working) {
            toldWorking = working;
            if (working) {
                LOG.info("cards are read by {}", what);
            } else {
                LOG.warn("no card can be read: {}", what);
            }
            tell(onLoop, new CardEvent.ReaderState(working));
        }
    }

    private void tell(Consumer<CardEvent> onLoop, CardEvent event) {
        loop.post(() -> onLoop.accept(event));
    }

    /** Lets the card and the reader go; waits a little for it, so that whoever comes next finds them free. */
    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        try {
            running.join(LOOK_UP.multipliedBy(4));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
