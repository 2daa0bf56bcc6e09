package etal.edge.mqtt;

import etal.port.Link.LinkEvent;
import etal.port.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The way of one connection's events onto the loop. The broker sends retained messages while it still answers the
 * subscription: they are held until "up" has been told. Messages the loop has not yet handled are bounded; beyond that the
 * connection is made to wait. Safe for use by any thread.
 */
final class Inbox {
    private static final int EARLY_MAX = 1_024;
    private static final int UNHANDLED_MAX = 256;

    private final Loop loop;
    private final Consumer<LinkEvent> listener;
    private final long patienceMillis;
    private final Semaphore room = new Semaphore(UNHANDLED_MAX);
    private final List<LinkEvent> early = new ArrayList<>();
    private boolean announced;
    private boolean shut;

    Inbox(Loop loop, Consumer<LinkEvent> listener, Duration patience) {
        this.loop = loop;
        this.listener = listener;
        patienceMillis = patience.toMillis();
    }

    /** Tells "up", then what came before it. */
    synchronized void announce() {
        loop.post(() -> listener.accept(new LinkEvent.Up()));
        announced = true;
        early.forEach(event -> loop.post(() -> listener.accept(event)));
        early.clear();
    }

    /** Tells "down" if "up" was told; what comes later is dropped. */
    synchronized void shut() {
        if (announced && !shut) {
            loop.post(() -> listener.accept(new LinkEvent.Down()));
        }
        shut = true;
        early.clear();
    }

    /** Hands a message on; false if there is no room for it within the patience of the link. */
    boolean received(String topic, byte[] message) throws InterruptedException {
        LinkEvent event = new LinkEvent.Received(topic, message);
        if (hold(event)) {
            return true;
        }
        if (!room.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) {
            return false;
        }
        return post(event);
    }

    private synchronized boolean hold(LinkEvent event) {
        if (announced || early.size() >= EARLY_MAX) {
            return false;
        }
        early.add(event);
        return true;
    }

    private synchronized boolean post(LinkEvent event) {
        if (shut || !announced) {
            return false;
        }
        loop.post(() -> {
            room.release();
            listener.accept(event);
        });
        return true;
    }
}
