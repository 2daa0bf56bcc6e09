package etal.terminal.hardware.pn532;

import etal.port.CardGone;
import etal.port.CardReader;
import etal.port.Loop;
import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.Field.Sighting;
import etal.terminal.hardware.pn532.wire.Spidev;
import etal.terminal.hardware.pn532.wire.Tty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PN532 module as the stall's reader. One thread owns the wire: it looks for cards, carries what the loop transmits,
 * looks whether an idle card is still there, and takes a module back that was unplugged, without a restart.
 *
 * <p>A payment is never kept waiting by a look: an idle card is asked only {@link Pn532Settings#presenceEvery} after its last
 * command. After an exchange without an answer the field is switched off for a moment, and the card that is found there
 * again is presented again, by the same channel: it was not lifted, so it is not taken for the next member's. That happens
 * {@value #RESTARTS} times in a row, and never with a card that was silent, which would keep the till waiting once more: it
 * must be lifted.
 *
 * <p>Events come on the loop given. Safe for use by any thread; the channels it presents are for the loop alone.
 */
public final class Pn532Reader implements CardReader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pn532Reader.class);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);
    private static final int RESTARTS = 3;

    private final ChipSource source;
    private final Loop loop;
    private final Pn532Settings settings;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    Pn532Reader(ChipSource source, Loop loop, Pn532Settings settings) {
        this.source = source;
        this.loop = loop;
        this.settings = settings;
    }

    /**
     * A module on a serial port. It is opened once someone listens; where it is missing, the reader says so and waits for it.
     *
     * @param device such as {@code /dev/ttyAMA0}
     * @param baud one of the chip's rates, to which it is switched once awake
     * @throws IllegalArgumentException when the chip has no such rate
     */
    public static Pn532Reader onUart(Path device, int baud, Loop loop, Pn532Settings settings) {
        return new Pn532Reader(new UartChip(() -> Tty.open(device), baud, settings), loop, settings);
    }

    /** A module on the device named: an SPI bus where the file is called so, a serial port else. */
    public static Pn532Reader on(Path device, int baud, Loop loop, Pn532Settings settings) {
        Path name = device.getFileName();
        return name != null && name.toString().startsWith("spidev")
                ? onSpi(device, loop, settings)
                : onUart(device, baud, loop, settings);
    }

    /**
     * A module on an SPI bus of Linux; the rest as with {@link #onUart}. It was tried with an emulated bus only.
     *
     * @param device such as {@code /dev/spidev0.0}
     */
    public static Pn532Reader onSpi(Path device, Loop loop, Pn532Settings settings) {
        return new Pn532Reader(new SpiChip(() -> Spidev.open(device), settings), loop, settings);
    }

    @Override
    public void listen(Consumer<CardEvent> onLoop) {
        thread = Thread.ofPlatform().daemon().name("card reader").start(() -> run(onLoop));
    }

    private void run(Consumer<CardEvent> onLoop) {
        boolean saidBroken = false;
        try {
            while (!isClosed(Duration.ZERO)) {
                try (Field field = new Field(source.open(), settings)) {
                    if (saidBroken) {
                        LOG.info("the reader works again");
                    }
                    saidBroken = false;
                    tell(onLoop, new CardEvent.ReaderState(true));
                    watch(field, onLoop);
                } catch (ReaderBroken broken) {
                    if (!saidBroken) {
                        LOG.warn("the reader does not work: {}", broken.getMessage());
                        tell(onLoop, new CardEvent.ReaderState(false));
                    }
                    saidBroken = true;
                    var unused = isClosed(settings.reopenAfter());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(Field field, Consumer<CardEvent> onLoop) throws ReaderBroken, InterruptedException {
        Sighting before = new Sighting.Empty();
        while (!isClosed(Duration.ZERO)) {
            Sighting now = field.look();
            if (now instanceof Sighting.Card(Target target)) {
                now = serve(field, target, onLoop);
            } else if (!now.equals(before) && now instanceof Sighting.Empty) {
                tell(onLoop, new CardEvent.Gone());
            }
            if (!now.equals(before)) {
                tellOf(now, onLoop);
            }
            before = now;
            if (!(now instanceof Sighting.Empty)) {
                field.reset();
                var unused = isClosed(settings.lookAgain());
            }
        }
    }

    private void tellOf(Sighting now, Consumer<CardEvent> onLoop) {
        if (now instanceof Sighting.Several) {
            tell(onLoop, new CardEvent.Collision());
        } else if (now instanceof Sighting.Unfit) {
            tell(onLoop, new CardEvent.Unfit());
        }
    }

    /**
     * Serves a card until it is lifted.
     *
     * @return what was seen in its place
     */
    private Sighting serve(Field field, Target found, Consumer<CardEvent> onLoop)
            throws ReaderBroken, InterruptedException {
        Pn532Card card = new Pn532Card(found.uid(), settings.answerWithin().multipliedBy(4));
        try {
            tell(onLoop, new CardEvent.Presented(card));
            Sighting now = new Sighting.Card(found);
            int restarts = 0;
            while (now instanceof Sighting.Card(Target target) && !isClosed(Duration.ZERO)) {
                Ending ending = session(field, target, card);
                card.silence();
                field.reset();
                now = field.look();
                if (now instanceof Sighting.Card(Target again)) {
                    card.awake(again.uid());
                    restarts = ending.answered() ? 1 : restarts + 1;
                    if (ending.why() == Why.LOST && restarts <= RESTARTS) {
                        tell(onLoop, new CardEvent.Presented(card));
                    }
                }
            }
            return now;
        } finally {
            card.silence();
            tell(onLoop, new CardEvent.Gone());
        }
    }

    /** Why a card's session has ended. */
    private enum Why {
        /** It does not answer when nobody wants anything of it. */
        LEFT,
        /** An exchange failed. */
        LOST,
        /** An exchange took too long. */
        SILENT
    }

    /**
     * How a session ended.
     *
     * @param answered whether any command was answered before
     */
    private record Ending(Why why, boolean answered) {}

    private Ending session(Field field, Target target, Pn532Card card) throws ReaderBroken, InterruptedException {
        boolean answered = false;
        while (!isClosed(Duration.ZERO)) {
            Optional<Pn532Card.Asked> asked = card.next(settings.presenceEvery());
            if (asked.isPresent()) {
                Optional<Why> failed = carry(field, target, asked.get());
                if (failed.isPresent()) {
                    return new Ending(failed.get(), answered);
                }
                answered = true;
            } else if (!field.stillThere()) {
                break;
            }
        }
        return new Ending(Why.LEFT, answered);
    }

    private static Optional<Why> carry(Field field, Target target, Pn532Card.Asked asked) throws ReaderBroken {
        try {
            asked.answer().complete(field.exchange(target, asked.apdu()));
            return Optional.empty();
        } catch (CardGone gone) {
            asked.answer().completeExceptionally(gone);
            return Optional.of(gone.tooSlow() ? Why.SILENT : Why.LOST);
        } catch (ReaderBroken broken) {
            asked.answer().completeExceptionally(broken);
            throw broken;
        }
    }

    private boolean isClosed(Duration within) throws InterruptedException {
        return closed.await(within.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void tell(Consumer<CardEvent> onLoop, CardEvent event) {
        loop.post(() -> onLoop.accept(event));
    }

    /** Lets the module go; what it is doing it finishes first. */
    @Override
    public void close() {
        closed.countDown();
        Thread running = thread;
        if (running != null) {
            // It may be waiting for the loop to ask something.
            running.interrupt();
            try {
                if (!running.join(CLOSED_WITHIN)) {
                    LOG.warn("the reader's thread does not end");
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
