package etal.hub.broker;

import etal.edge.config.Logging;
import etal.edge.config.SystemClock;
import etal.edge.config.ThreadLoop;
import etal.edge.mqtt.MqttLink;
import etal.edge.mqtt.MqttSettings;
import etal.edge.tls.TlsContext;
import etal.edge.tls.TlsIdentity;
import etal.port.Link.LinkEvent;
import etal.port.StorageFailed;
import etal.protocol.trust.Role;
import etal.testkit.TestAuthority;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A broker of the day and its peers, for tests: real links, real certificates (test secrets), everything on the loopback. */
final class BrokerField {
    static final TestAuthority AUTHORITY = new TestAuthority(11);
    static final Duration SOON = Duration.ofSeconds(10);

    static {
        Logging.toStandardError();
    }

    private BrokerField() {}

    static BrokerConfig config(Path directory, int port) {
        return new BrokerConfig(
                directory,
                new InetSocketAddress("127.0.0.1", port),
                identity(AUTHORITY.service(Role.BROKER)),
                AUTHORITY.root(),
                vouchedFor());
    }

    static Node hub(URI broker, String... filters) throws StorageFailed {
        return node(broker, AUTHORITY.service(Role.HUB_MQTT), "hub-1", filters);
    }

    static Node terminal(URI broker, long number, String... filters) throws StorageFailed {
        return node(broker, AUTHORITY.terminal(number, 1), "t" + number + "-e1", filters);
    }

    static Node node(URI broker, TestAuthority.Leaf leaf, String clientId, String... filters) throws StorageFailed {
        SSLContext context = TlsContext.of(identity(leaf), AUTHORITY.root(), EnumSet.of(Role.BROKER), vouchedFor());
        return new Node(
                MqttSettings.of(broker, clientId, List.of(filters))
                        .within(Duration.ofSeconds(1), Duration.ofSeconds(3)),
                context);
    }

    static TlsIdentity identity(TestAuthority.Leaf leaf) {
        return new TlsIdentity(leaf.chain(), leaf.scalar());
    }

    static SystemClock vouchedFor() {
        SystemClock clock = new SystemClock();
        clock.trusted(true);
        return clock;
    }

    /** A node with its loop and its link; what it hears can be waited for. */
    static final class Node implements AutoCloseable {
        final ThreadLoop loop;
        final MqttLink link;
        private final BlockingQueue<LinkEvent> heard = new LinkedBlockingQueue<>();
        private volatile @Nullable Throwable crash;

        private Node(MqttSettings settings, SSLContext context) {
            loop = new ThreadLoop("loop-" + settings.clientId(), thrown -> crash = thrown);
            link = new MqttLink(settings, context, loop);
            link.listen(heard::add);
        }

        /** The next event that fits; those before it are passed over. */
        LinkEvent await(Predicate<LinkEvent> wanted) throws InterruptedException {
            long endNanos = System.nanoTime() + SOON.toNanos();
            while (true) {
                LinkEvent event = heard.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (event == null) {
                    throw new AssertionError("not heard within " + SOON + "; " + link.counters() + "; crash " + crash);
                }
                if (wanted.test(event)) {
                    return event;
                }
            }
        }

        Node awaitUp() throws InterruptedException {
            await(LinkEvent.Up.class::isInstance);
            return this;
        }

        void awaitDown() throws InterruptedException {
            await(LinkEvent.Down.class::isInstance);
        }

        LinkEvent.Received awaitMessage() throws InterruptedException {
            return (LinkEvent.Received) await(LinkEvent.Received.class::isInstance);
        }

        boolean hasHeardNothing() {
            return heard.isEmpty();
        }

        @Override
        public void close() {
            link.close();
            loop.close();
        }
    }
}
