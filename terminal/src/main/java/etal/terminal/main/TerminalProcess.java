package etal.terminal.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.DrivenClock;
import etal.edge.config.SystemClock;
import etal.edge.config.SystemEntropy;
import etal.edge.config.ThreadLoop;
import etal.edge.keys.KeyFile;
import etal.edge.mqtt.MqttLink;
import etal.edge.mqtt.MqttSettings;
import etal.edge.service.ServiceNotice;
import etal.edge.speech.Speech;
import etal.edge.sqlite.FileMedium;
import etal.edge.sqlite.SqliteDatabase;
import etal.edge.stick.CarriedStick;
import etal.edge.stick.StickDirectory;
import etal.edge.tls.TlsContext;
import etal.edge.tls.TlsIdentity;
import etal.edge.web.WebServer;
import etal.port.Clock;
import etal.port.Link;
import etal.port.ReaderBroken;
import etal.port.Signal;
import etal.port.StorageFailed;
import etal.port.scale.Scale;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.money.Unit;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.terminal.bundle.StickDesk;
import etal.terminal.enrol.Credentials;
import etal.terminal.hardware.Pi4jSignal;
import etal.terminal.hardware.StallBuildFile;
import etal.terminal.ledger.CertificateDates;
import etal.terminal.ledger.Identity;
import etal.terminal.ledger.LedgerMark;
import etal.terminal.ledger.LedgerMarkFile;
import etal.terminal.screen.Screen;
import etal.terminal.screen.TillScreen;
import etal.terminal.speech.TillSpeech;
import etal.terminal.succession.Inheritance;
import etal.terminal.sync.Uplink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A till with its real outside world: files, broker, reader, printer, screen. Safe for use by any thread. */
final class TerminalProcess implements AutoCloseable {
    static final String SOFTWARE = "0.1.0";

    private static final Logger LOG = LoggerFactory.getLogger(TerminalProcess.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable URI uri;

    private TerminalProcess() {}

    /**
     * Starts it; returns once the screen can be asked.
     *
     * @param notice whom the system hears from while the loop runs
     * @param onCrash hears of a bug: from then on the process is as good as unplugged
     */
    static TerminalProcess start(TerminalConfig config, ServiceNotice notice, Consumer<Throwable> onCrash)
            throws StartRefused, ConfigFault {
        TerminalProcess process = new TerminalProcess();
        try {
            process.run(config, notice, onCrash);
            return process;
        } catch (StorageFailed | Malformed damaged) {
            process.close();
            throw new StartRefused(StartRefused.DAMAGE, String.valueOf(damaged.getMessage()), damaged);
        } catch (IOException | ReaderBroken lacking) {
            process.close();
            throw new StartRefused(StartRefused.LACKING, String.valueOf(lacking.getMessage()), lacking);
        } catch (StartRefused | ConfigFault refused) {
            process.close();
            throw refused;
        }
    }

    private void run(TerminalConfig config, ServiceNotice notice, Consumer<Throwable> onCrash)
            throws StartRefused, ConfigFault, StorageFailed, Malformed, IOException, ReaderBroken {
        TrustFile trust = TrustFile.read(Files.readString(config.trust()));
        SystemEntropy entropy = new SystemEntropy();
        Clock before = config.drivenClock() ? new DrivenClock(Instant.EPOCH) : new SystemClock();
        Credentials credentials = Enrolled.credentials(config, trust, before, entropy);
        // A terminal's time cannot lie before its own certificate; so much is known before anyone has set the clock.
        Clock clock = config.drivenClock()
                ? new DrivenClock(Instant.ofEpochMilli(
                        CertificateDates.of(credentials.chain().getFirst()).fromMillis()))
                : before;
        ThreadLoop loop = opened(new ThreadLoop("terminal", onCrash));
        AttachedReader reader = opened(AttachedReader.open(config.reader(), loop));
        Ports ports = new Ports(
                clock,
                entropy,
                loop,
                database(config),
                medium(config),
                reader.reader(),
                opened(config.printer().open(loop)).printer(),
                link(config, credentials, trust, clock, loop),
                signal(config, loop));
        Setup setup = new Setup(
                config.fund(),
                config.seller(),
                config.language(),
                SOFTWARE,
                new Identity(credentials.ledger(), credentials.chain(), credentials.signer()),
                credentials.introduction(),
                credentials.agreementScalar(),
                trust,
                config.before().isPresent()
                        ? config.before().get().predecessor(config.ledger().terminal())
                        : null);
        Till till = till(loop, ports, setup, mark(config));
        // The till is stopped before anything it stands on is closed.
        opened(() -> stop(loop, till));
        uri = serve(config, till, loop, clock, reader.place());
        opened(notice).begin(loop);
    }

    private URI serve(TerminalConfig config, Till till, ThreadLoop loop, Clock clock, String reader)
            throws StorageFailed, IOException {
        UnaryOperator<Instant> setClock = clock instanceof DrivenClock driven ? driven::set : null;
        TillScreen screen =
                TillScreen.of(loop, till, config.tiles(), config.cardAlone(), scale(config), stick(config, till, loop));
        WebServer web = opened(WebServer.start(config.screen(), loop, routes -> {
            new Screen(till, loop, reader, setClock).routes(routes);
            screen.routes(routes);
            config.frame().ifPresent(origin -> routes.shownBy(origin.toString()));
        }));
        return web.uri();
    }

    private static Till till(ThreadLoop loop, Ports ports, Setup setup, LedgerMark mark)
            throws StartRefused, StorageFailed {
        Till.Opened opened;
        try {
            opened = loop.call(() -> Till.open(ports, setup, mark));
        } catch (StorageFailed failed) {
            throw failed;
        } catch (Exception bug) {
            throw new IllegalStateException("the till did not open", bug);
        }
        Speech speech = TillSpeech.in(setup.language(), Unit.EURO);
        return switch (opened) {
            case Till.Opened.Ready ready -> {
                if (ready.restored() > 0) {
                    LOG.warn(speech.speak(Said.of("restored", ready.restored())));
                }
                if (!ready.compared()) {
                    LOG.warn(speech.speak(
                            Said.of("not-compared", setup.identity().id().toString())));
                }
                ready.till().ledger().endedForGood().ifPresent(why -> LOG.error(speech.speak(why)));
                ready.till()
                        .dropped()
                        .forEach(document -> LOG.warn(speech.speak(Said.of("document-damaged", document))));
                ready.till().certificateWord().ifPresent(word -> LOG.warn(speech.speak(word)));
                ready.till().inheritance().ifPresent(before -> tellOf(before, speech));
                yield ready.till();
            }
            case Till.Opened.Refused refused ->
                throw new StartRefused(StartRefused.DAMAGE, speech.speak(refused.why()));
        };
    }

    private static void tellOf(Inheritance before, Speech speech) {
        long late = before.last() - before.acknowledged();
        LOG.warn(speech.speak(Said.of("before-taken", before.ledger().toString(), before.last(), Math.max(0, late))));
        before.fault().ifPresent(fault -> LOG.error(speech.speak(fault)));
    }

    private static void stop(ThreadLoop loop, Till till) throws Exception {
        loop.call(() -> {
            till.stop();
            return till;
        });
    }

    private SqliteDatabase database(TerminalConfig config) throws StorageFailed, IOException {
        privateDirectory(config.directory());
        Path file = config.directory().resolve("terminal.db");
        if (!Files.exists(file) && !mark(config).begun()) {
            // Only a new terminal makes the directory of its second medium: later a missing one is a stick pulled out.
            privateDirectory(config.medium());
        }
        return opened(SqliteDatabase.open(file));
    }

    private static LedgerMarkFile mark(TerminalConfig config) {
        return new LedgerMarkFile(config.directory().resolve("keys"), config.ledger());
    }

    private FileMedium medium(TerminalConfig config) {
        return opened(new FileMedium(config.medium().resolve(config.ledger() + ".entries"), true));
    }

    private static void privateDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private Link link(TerminalConfig config, Credentials credentials, TrustFile trust, Clock clock, ThreadLoop loop)
            throws StorageFailed {
        if (config.broker().isEmpty()) {
            return new Offline();
        }
        byte[] scalar = KeyFile.read(config.directory().resolve("keys").resolve("signing.key"));
        TlsIdentity identity = new TlsIdentity(credentials.chain(), scalar);
        SSLContext context = TlsContext.of(identity, trust.root(), Set.of(Role.BROKER), clock);
        List<String> filters = Uplink.topics(config.fund(), config.ledger().terminal());
        MqttSettings settings =
                MqttSettings.of(config.broker().get(), config.ledger().toString(), filters);
        return opened(new MqttLink(settings, context, loop));
    }

    private Signal signal(TerminalConfig config, ThreadLoop loop) throws ConfigFault {
        if (config.hardware().isEmpty()) {
            return outcome -> LOG.debug("{}", outcome);
        }
        return opened(Pi4jSignal.onBoard(StallBuildFile.read(config.hardware().get()), loop));
    }

    private Optional<StickDesk> stick(TerminalConfig config, Till till, ThreadLoop loop) {
        if (config.usb().isEmpty()) {
            return Optional.empty();
        }
        CarriedStick stick =
                opened(new CarriedStick(new StickDirectory(config.usb().get()), loop));
        return Optional.of(new StickDesk(stick, loop, till.uplink(), till.ledger(), config.fund()));
    }

    private Scale scale(TerminalConfig config) {
        return config.scale().isPresent() ? opened(config.scale().get().open()) : Scale.NONE;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    /** Where the screen is. */
    URI uri() {
        if (uri == null) {
            throw new IllegalStateException("not started");
        }
        return uri;
    }

    /** Stops cleanly, last opened first; what fails to close is said and the rest closed all the same. */
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failure) {
                LOG.error("closing failed: {}", failure.toString());
            }
        }
    }
}
