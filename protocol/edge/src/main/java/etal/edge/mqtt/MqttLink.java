package etal.edge.mqtt;

import etal.edge.tls.TlsContext;
import etal.port.Link;
import etal.port.Loop;
import etal.port.PeerUnreachable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link to the broker that connects again for ever: each time with a clean start and its subscriptions renewed.
 *
 * <p>{@link #send} never waits: while the link is down, and when its outbox is full, messages are dropped. All events are
 * posted onto the loop; "up" comes before any message of that connection. One thread of its own, from {@link #listen} to
 * {@link #close}. Safe for use by any thread.
 */
public final class MqttLink implements Link, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);
    private static final long CLOSE_MILLIS = 15_000;

    private final MqttSettings settings;
    private final SSLSocketFactory sockets;
    private final Loop loop;
    private final MqttCounters counters = new MqttCounters();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable MqttConnection opening;
    private volatile @Nullable MqttConnection connection;
    private @Nullable Thread thread;

    /** A link of the node that runs on {@code loop}; it connects once {@link #listen} is called. */
    public MqttLink(MqttSettings settings, SSLContext context, Loop loop) {
        this.settings = settings;
        this.sockets = TlsContext.clientSockets(context);
        this.loop = loop;
    }

    @Override
    public void send(Topic topic, byte[] message) {
        MqttConnection standing = connection;
        if (standing == null || !standing.offer(new Outbox.Message(topic, message))) {
            counters.dropped.incrementAndGet();
        }
    }

    @Override
    public synchronized void listen(Consumer<LinkEvent> onLoop) {
        if (thread != null) {
            throw new IllegalStateException("a link has one listener");
        }
        thread =
                Thread.ofPlatform().name("link-" + settings.clientId()).daemon().start(() -> hold(onLoop));
    }

    /** What it has done so far. */
    public MqttCounters counters() {
        return counters;
    }

    /** Ends the connection and waits until its threads are gone. */
    @Override
    public synchronized void close() {
        closed.countDown();
        MqttConnection next = opening;
        if (next != null) {
            next.abort();
        }
        try {
            if (thread != null && !thread.join(java.time.Duration.ofMillis(CLOSE_MILLIS))) {
                throw new IllegalStateException("the link does not end within " + CLOSE_MILLIS + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hold(Consumer<LinkEvent> listener) {
        Backoff backoff = new Backoff(settings.clientId(), settings.backoffMin(), settings.backoffMax());
        String told = "";
        try {
            while (closed.getCount() > 0) {
                String why = once(listener, backoff);
                counters.failures.incrementAndGet();
                if (!why.equals(told)) {
                    LOG.info("{}: no link to {}: {}", settings.clientId(), settings.broker(), why);
                    told = why;
                }
                if (closed.await(backoff.nextMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection; returns why there is none any more. */
    private String once(Consumer<LinkEvent> listener, Backoff backoff) throws InterruptedException {
        Inbox inbox = new Inbox(loop, listener, settings.patience());
        try (MqttConnection next = new MqttConnection(settings, sockets, inbox, counters)) {
            opening = next;
            if (closed.getCount() == 0) {
                return "closed";
            }
            next.open();
            connection = next;
            backoff.reset();
            counters.connects.incrementAndGet();
            inbox.announce();
            return next.run();
        } catch (MqttException e) {
            return e.getCause() == null ? e.toString() : String.valueOf(e.getCause());
        } catch (PeerUnreachable e) {
            return String.valueOf(e.getMessage());
        } finally {
            opening = null;
            connection = null;
            inbox.shut();
        }
    }
}
