package etal.terminal.hardware.pn532;

import etal.port.CardGone;
import etal.port.CardReader;
import etal.port.Loop;
import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.Field.Sighting;
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
 * command. After any exchange without an answer the card is gone for the loop, and the field is switched off for a
 * moment: what still lies there comes back as another card. Only a card that was silent is not presented again before it was
 * lifted, because it would keep the till waiting once more.
 *
 * <p>Events come on the loop given. Safe for use by any thread; the channels it presents are for the loop alone.
 */
public final class Pn532Reader implements CardReader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pn532Reader.class);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);

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

    @Override
    public void listen(Consumer<CardEvent> onLoop) {
        thread = Thread.ofPlatform().daemon().name("card reader").start(() -> run(onLoop));
    }

    private void run(Consumer<CardEvent> onLoop) {
        boolean saidBroken = false;
        try {
            while (!isClosed(Duration.ZERO)) {
                try (Field field = new Field(source.open(), settings)) {
                    LOG.info("the reader works");
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
                // What follows a silent card is seen only after the field was empty.
                before = serve(field, target, onLoop) ? new Sighting.Empty() : untilEmpty(field);
            } else {
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
    }

    private Sighting untilEmpty(Field field) throws ReaderBroken, InterruptedException {
        Sighting now = field.look();
        while (!(now instanceof Sighting.Empty) && !isClosed(settings.lookAgain())) {
            field.reset();
            now = field.look();
        }
        return now;
    }

    private void tellOf(Sighting now, Consumer<CardEvent> onLoop) {
        switch (now) {
            case Sighting.Several _ -> tell(onLoop, new CardEvent.Collision());
            case Sighting.Unfit _ -> tell(onLoop, new CardEvent.Unfit());
            case Sighting.Empty _ -> tell(onLoop, new CardEvent.Gone());
            case Sighting.Card _ -> throw new IllegalStateException("a card is served");
        }
    }

    /**
     * Serves a card until it is gone.
     *
     * @return false when it was silent: it must be lifted first
     */
    private boolean serve(Field field, Target target, Consumer<CardEvent> onLoop)
            throws ReaderBroken, InterruptedException {
        Pn532Card card = new Pn532Card(target.uid(), settings.answerWithin().multipliedBy(4));
        try {
            tell(onLoop, new CardEvent.Presented(card));
            Ending ending = Ending.NONE;
            while (ending == Ending.NONE && !isClosed(Duration.ZERO)) {
                Optional<Pn532Card.Asked> asked = card.next(settings.presenceEvery());
                if (asked.isPresent()) {
                    ending = carry(field, target, asked.get());
                } else {
                    ending = field.stillThere() ? Ending.NONE : Ending.LEFT;
                }
            }
            card.end();
            field.reset();
            return ending != Ending.SILENT;
        } finally {
            card.end();
            tell(onLoop, new CardEvent.Gone());
        }
    }

    private enum Ending {
        NONE,
        LEFT,
        SILENT
    }

    private static Ending carry(Field field, Target target, Pn532Card.Asked asked) throws ReaderBroken {
        try {
            asked.answer().complete(field.exchange(target, asked.apdu()));
            return Ending.NONE;
        } catch (CardGone gone) {
            asked.answer().completeExceptionally(gone);
            return gone.tooSlow() ? Ending.SILENT : Ending.LEFT;
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
