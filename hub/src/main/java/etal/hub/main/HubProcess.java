package etal.hub.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.DrivenClock;
import etal.edge.config.SystemClock;
import etal.edge.config.ThreadLoop;
import etal.edge.keys.PrivateFile;
import etal.edge.mqtt.MqttLink;
import etal.edge.mqtt.MqttSettings;
import etal.edge.tls.TlsContext;
import etal.edge.tls.TlsIdentity;
import etal.edge.web.WebServer;
import etal.hub.core.HubCore;
import etal.hub.core.Status;
import etal.hub.main.store.StoreLock;
import etal.hub.members.HubKeys;
import etal.hub.pages.HubPages;
import etal.hub.pages.HubSite;
import etal.hub.sync.Mailbox;
import etal.port.Clock;
import etal.port.Database;
import etal.port.StorageFailed;
import etal.protocol.card.Period;
import etal.protocol.trust.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** The running hub: the core with its store, its link, its web server. Closed in the opposite order of opening. */
final class HubProcess implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final HubFile file;
    private final Consumer<Throwable> onCrash;

    private HubProcess(HubFile file, Consumer<Throwable> onCrash) {
        this.file = file;
        this.onCrash = onCrash;
    }

    /** A hub that is up, and where. */
    record Running(HubProcess process, URI uri) {}

    /**
     * Starts a hub; returns once it answers.
     *
     * @param onCrash hears when the loop cannot go on; called once or more, on the loop
     * @throws ConfigFault when members or rules cannot be taken; nothing has changed then
     */
    static Running start(HubFile file, Consumer<Throwable> onCrash) throws StorageFailed, ConfigFault, IOException {
        HubProcess process = new HubProcess(file, onCrash);
        try {
            return new Running(process, process.start());
        } catch (StorageFailed | ConfigFault | IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private URI start() throws StorageFailed, ConfigFault, IOException {
        HubKeys keys = KeyRing.read(file.directory(), file.trust(), file.issuingSlot());
        opened(StoreLock.take(file.directory())
                .orElseThrow(() -> new StorageFailed(file.directory() + ": another hub, or a restore, works there")));
        Database database = file.store().open(this::opened);
        Clock clock = clock(database);
        ThreadLoop loop = opened(new ThreadLoop("hub", onCrash));
        MqttLink link = opened(new MqttLink(
                MqttSettings.of(
                        file.broker(), file.name(), Mailbox.topics(file.fund().id())),
                tls(clock),
                loop));
        HubCore hub = new HubCore(
                new HubCore.Ports(clock, loop, database, link, onCrash::accept),
                keys,
                file.fund(),
                file.rules(),
                file.chart());
        List<String> complaints = start(loop, hub);
        if (!complaints.isEmpty()) {
            throw new ConfigFault(String.join("\n", complaints));
        }
        HubSite site = new HubSite(hub, loop);
        HubPages pages = new HubPages(hub, this::write, now -> setClock(clock, now));
        WebServer web = opened(WebServer.start(file.screen(), loop, routes -> {
            pages.on(routes);
            site.on(routes);
        }));
        PrivateFile.write(address(file.directory()), web.uri().toString().getBytes(StandardCharsets.US_ASCII));
        return web.uri();
    }

    /** Where a running hub says its address. */
    static Path address(Path directory) {
        return directory.resolve("hub.address");
    }

    private List<String> start(ThreadLoop loop, HubCore hub) throws StorageFailed {
        try {
            return loop.call(() -> hub.start(file.members(), file.cardKeys()));
        } catch (StorageFailed | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the hub's start throws nothing else", e);
        }
    }

    private SSLContext tls(Clock clock) throws StorageFailed {
        TlsIdentity identity =
                TlsIdentity.read(KeyRing.mqttCertificates(file.directory()), KeyRing.key(file.directory(), "mqtt"));
        return TlsContext.of(identity, file.trust().root(), EnumSet.of(Role.BROKER), clock);
    }

    /** A driven clock begins with the month, or where it stood when the hub last took something. */
    private Clock clock(Database database) throws StorageFailed {
        if (!file.driven()) {
            SystemClock clock = new SystemClock();
            clock.trusted(true);
            return clock;
        }
        Instant month = Period.yearMonth(file.fund().period())
                .atDay(1)
                .atStartOfDay(file.rules().scheme().zone())
                .toInstant();
        Instant last = Instant.ofEpochMilli(Status.lastReceivedMillis(database));
        return new DrivenClock(last.isAfter(month) ? last : month);
    }

    private static void setClock(Clock clock, Instant now) {
        if (clock instanceof DrivenClock driven) {
            driven.set(now);
        }
    }

    private Path write(String name, byte[] content) throws StorageFailed {
        Path path = file.directory().resolve(name).toAbsolutePath().normalize();
        PrivateFile.write(path, content);
        return path;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                onCrash.accept(e);
            }
        }
    }
}
