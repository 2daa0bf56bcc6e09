package etal.fleet.world.open;

import etal.fleet.world.place.Progress;
import etal.fleet.world.place.StallNode;
import etal.fleet.world.process.Supervised;
import etal.virtualcard.PresentedCard;
import etal.virtualcard.Tear;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The table for real: cards, cable and plug of a till that runs as a process. */
final class VegetableStall implements Table, AutoCloseable {
    /** How long a card lies on the reader. */
    private static final Duration LIES = Duration.ofMillis(2_500);

    private static final Duration LIES_SHORTLY = Duration.ofMillis(1_200);
    /** Nobody takes a card away that is just being read, or from a reader that is just lighting up. */
    private static final Duration LIES_AT_MOST = Duration.ofSeconds(10);

    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(2);

    private final StallNode stall;
    private final VisitorCards cards;
    private final Papers papers;
    private final Notices notices;
    private final URI till;
    private final URI hub;
    private final Progress progress;
    private final TearCycle tears = new TearCycle();
    private final AtomicBoolean replacing = new AtomicBoolean();
    private final Object plug = new Object();
    /** The visitor's hand does one thing after the other. */
    private final ScheduledThreadPoolExecutor hand = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("visitor's hand").factory(),
            // After the visitor has gone, no gesture means anything.
            new ThreadPoolExecutor.DiscardPolicy());

    private @Nullable String onReader;
    private long gestures;
    private boolean unplugged;
    /** The gesture under way, and the card as the reader has it; known to the hand alone. */
    private @Nullable Laid laid;

    private @Nullable PresentedCard presented;

    /** A card that somebody lays down. */
    private record Laid(WatchedCard card, boolean tooShort, long gesture) {}

    VegetableStall(
            StallNode stall, VisitorCards cards, Papers papers, Notices notices, URI till, URI hub, Progress progress) {
        this.stall = stall;
        this.cards = cards;
        this.papers = papers;
        this.notices = notices;
        this.till = till;
        this.hub = hub;
        this.progress = progress;
        hand.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        stall.process().onChange(() -> {
            notices.changed();
            hand.execute(this::lightUp);
        });
    }

    @Override
    public synchronized View view() {
        return new View(
                notices.version(),
                cards.shown(),
                Optional.ofNullable(onReader),
                stall.cable().isPlugged(),
                power(),
                till,
                hub,
                papers.numbers());
    }

    private Power power() {
        if (unplugged) {
            return Power.OFF;
        }
        return stall.process().state() == Supervised.State.READY ? Power.ON : Power.STARTING;
    }

    @Override
    public CompletableFuture<View> after(long version, Duration atMost) {
        return notices.beyond(version, atMost).thenApply(changed -> view());
    }

    @Override
    public void tap(String card) {
        lay(card, false);
    }

    @Override
    public void tapTooShort(String card) {
        lay(card, true);
    }

    private void lay(String id, boolean tooShort) {
        Optional<WatchedCard> card = cards.card(id);
        if (card.isPresent()) {
            long gesture = gesture(id);
            hand.execute(() -> {
                takeAway();
                present(new Laid(card.get(), tooShort, gesture));
            });
        }
    }

    /** What lies on the reader from now on, as one sees it; the hand follows. */
    private long gesture(@Nullable String id) {
        long gesture;
        synchronized (this) {
            onReader = id;
            gesture = ++gestures;
        }
        notices.changed();
        return gesture;
    }

    private synchronized boolean holds(long gesture) {
        return gestures == gesture;
    }

    /** A reader that gets its power while a card lies on it finds that card. */
    private void lightUp() {
        Laid lies = laid;
        try {
            if (lies != null && isOn() && isUnread()) {
                present(lies);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isUnread() throws InterruptedException {
        PresentedCard card = presented;
        return card == null || card.await(Duration.ZERO).equals(Optional.of(PresentedCard.End.RELEASED));
    }

    private boolean isOn() {
        return stall.process().state() == Supervised.State.READY;
    }

    private void present(Laid now) {
        if (!holds(now.gesture())) {
            return;
        }
        laid = now;
        try {
            if (isOn()) {
                Tear tear = now.tooShort() ? tears.now() : new Tear.Never();
                PresentedCard card = now.card().present(stall.reader(), tear);
                presented = card;
                Thread.ofVirtual().name("card on the reader").start(() -> noticeTear(card, now.gesture()));
            }
        } catch (IOException dead) {
            // The till has lost its power meanwhile: the card lies on a reader that is dark.
            progress.say("a card on a dark reader: " + dead.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        long endNanos = System.nanoTime() + LIES_AT_MOST.toNanos();
        takeBackAfter(now.tooShort() ? LIES_SHORTLY : LIES, now, endNanos);
    }

    private void takeBackAfter(Duration time, Laid now, long endNanos) {
        var unused = hand.schedule(
                () -> {
                    if (!holds(now.gesture())) {
                        return;
                    }
                    boolean soon = now.card().busyWithin(QUIET) || view().power() == Power.STARTING;
                    if (soon && System.nanoTime() < endNanos) {
                        takeBackAfter(QUIET, now, endNanos);
                    } else {
                        withdraw();
                    }
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** A card that was pulled away is back in the hand. */
    private void noticeTear(PresentedCard card, long gesture) {
        try {
            if (card.await(LIES_AT_MOST.plus(GONE_WITHIN)).equals(Optional.of(PresentedCard.End.TORN))) {
                tears.torn();
                if (holds(gesture)) {
                    withdraw();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void withdraw() {
        gesture(null);
        hand.execute(() -> {
            takeAway();
            if (!cards.spent().isEmpty() && replacing.compareAndSet(false, true)) {
                Thread.ofVirtual().name("next card").start(this::replaceSpent);
            }
        });
    }

    private void takeAway() {
        PresentedCard card = presented;
        laid = null;
        presented = null;
        if (card != null) {
            try {
                card.withdraw();
                if (card.await(GONE_WITHIN).isEmpty()) {
                    progress.say("a card does not leave the reader");
                }
            } catch (IOException e) {
                progress.say("a card does not leave the reader: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A card by which a basket is in doubt stays, even when it is spent: only that card can tell what happened. */
    private void replaceSpent() {
        try {
            if (stall.process().state() == Supervised.State.READY
                    && stall.client().status().path("inDoubt").asLong() == 0
                    && cards.replaceSpent()) {
                notices.changed();
            }
        } catch (IOException later) {
            progress.say("no other card for the one that is spent: " + later.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            replacing.set(false);
        }
    }

    @Override
    public void cable(boolean plugged) {
        if (plugged) {
            stall.cable().plug();
        } else {
            stall.cable().pull();
        }
        notices.changed();
    }

    @Override
    public void power(boolean on) {
        synchronized (plug) {
            unplugged(!on);
            try {
                if (on) {
                    stall.process().plugIn();
                } else {
                    stall.process().unplug();
                }
            } catch (IOException e) {
                progress.say(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        notices.changed();
    }

    private synchronized void unplugged(boolean out) {
        unplugged = out;
    }

    @Override
    public Optional<byte[]> paper(int number) {
        return papers.bytes(number);
    }

    /** The visitor goes; a card that lies there is taken along. */
    @Override
    public void close() {
        gesture(null);
        hand.execute(this::takeAway);
        hand.shutdown();
        try {
            if (!hand.awaitTermination(GONE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                hand.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
