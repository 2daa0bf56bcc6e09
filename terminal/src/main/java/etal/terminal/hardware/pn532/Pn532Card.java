package etal.terminal.hardware.pn532;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A card that lies on the reader, until it is lifted. The loop transmits; the reader's thread takes what it asks and
 * answers. After an exchange without an answer nothing is taken until the card was activated anew.
 */
final class Pn532Card implements CardChannel {
    private static final int APDU_BYTES_MIN = 4;

    private final Duration answeredWithin;
    private final BlockingQueue<Asked> queue = new LinkedBlockingQueue<>();
    private byte[] uid;
    private boolean active = true;

    /** One command, and where its answer belongs. */
    record Asked(byte[] apdu, CompletableFuture<byte[]> answer) {}

    /**
     * A card.
     *
     * @param answeredWithin the reader's thread has answered by then, or there is none any more
     */
    Pn532Card(byte[] uid, Duration answeredWithin) {
        this.uid = uid.clone();
        this.answeredWithin = answeredWithin;
    }

    @Override
    public synchronized Optional<byte[]> uid() {
        return Optional.of(uid.clone());
    }

    @Override
    public byte[] transmit(byte[] apdu) throws CardGone, ReaderBroken {
        if (apdu.length < APDU_BYTES_MIN) {
            throw new IllegalArgumentException("a command has a header");
        }
        Asked asked = new Asked(apdu.clone(), new CompletableFuture<>());
        hand(asked);
        try {
            return asked.answer().get(answeredWithin.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case CardGone gone -> throw gone;
                case ReaderBroken broken -> throw broken;
                case null, default -> throw new IllegalStateException("the reader's thread failed", failed);
            }
        } catch (TimeoutException stuck) {
            throw new ReaderBroken("the reader's thread gave no answer", stuck);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CardGone("the wait for the card's answer was ended", stopped);
        }
    }

    private synchronized void hand(Asked asked) throws CardGone {
        if (!active) {
            throw new CardGone("the card has left");
        }
        queue.add(asked);
    }

    /** The next command; empty when the loop asks nothing for so long. */
    Optional<Asked> next(Duration within) throws InterruptedException {
        return Optional.ofNullable(queue.poll(within.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** It answers no more: who has asked in vain hears so, and so does everyone who asks later. */
    synchronized void silence() {
        active = false;
        queue.forEach(asked -> asked.answer().completeExceptionally(new CardGone("the card has left")));
        queue.clear();
    }

    /** It lies there still and was activated anew, with another identifier if it draws them. */
    synchronized void awake(byte[] newUid) {
        uid = newUid.clone();
        active = true;
    }
}
