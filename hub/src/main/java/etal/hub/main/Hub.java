package etal.hub.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.Logging;
import etal.edge.config.ParentWatch;
import etal.edge.config.SystemClock;
import etal.edge.config.SystemEntropy;
import etal.edge.config.YamlConfig;
import etal.hub.broker.Broker;
import etal.hub.broker.BrokerConfig;
import etal.hub.main.store.Backup;
import etal.hub.main.store.PutBack;
import etal.hub.main.store.Restore;
import etal.hub.main.store.Told;
import etal.hub.settle.Settlement;
import etal.hub.settle.statement.AccountStatement;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The hub's commands. Exit codes: 0 done, 1 stopped by a fault, 2 bad usage or input (nothing changed), 3 the environment
 * lacks something.
 */
@Command(name = "hub", resourceBundle = "etal.hub.main.messages")
public final class Hub {
    private final Sentences sentences;
    private final PrintStream out;
    private final PrintStream err;

    private Hub(Sentences sentences, PrintStream out, PrintStream err) {
        this.sentences = sentences;
        this.out = out;
        this.err = err;
    }

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        Logging.toStandardError();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        String language = Objects.requireNonNullElse(System.getenv("LANG"), "");
        System.exit(run(Sentences.in(language), out, err, args));
    }

    /** Runs a command; returns its exit code. */
    static int run(Sentences sentences, PrintStream out, PrintStream err, String... args) {
        Hub hub = new Hub(sentences, out, err);
        CommandLine line = new CommandLine(hub)
                .addSubcommand("init", hub.new Init())
                .addSubcommand("run", hub.new Run())
                .addSubcommand("status", hub.new Status())
                .addSubcommand("backup", hub.new BackupCommand())
                .addSubcommand("restore", hub.new RestoreCommand())
                .addSubcommand("restored", hub.new RestoredCommand())
                .addSubcommand("statement", hub.new StatementCommand())
                .addSubcommand("bundle", hub.new Bundles())
                .addSubcommand("broker", hub.new BrokerCommand());
        line.setExecutionExceptionHandler((e, command, parsed) -> hub.failed(e));
        return args.length == 0 ? usage(line, err) : line.execute(args);
    }

    private static int usage(CommandLine line, PrintStream err) {
        line.usage(err);
        return 2;
    }

    private int failed(Exception e) {
        if (e instanceof ConfigFault fault) {
            err.println(fault.getMessage());
            return 2;
        }
        err.println(sentences.say("failed", e.getMessage() == null ? e.toString() : e.getMessage()));
        return e instanceof StorageFailed || e instanceof IOException ? 3 : 1;
    }

    /** What ends a service; with its parent if asked for, also while it is still starting. */
    private static Stop stop(boolean withParent) {
        Stop stop = new Stop();
        if (withParent) {
            ParentWatch.watch(System.in, () -> stop.with(0));
        }
        return stop;
    }

    /** Waits until something ends the service, then closes it. */
    private static int stay(Stop stop, Callable<Void> close) throws Exception {
        Thread hook = new Thread(stop::ended, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        int code = stop.await();
        close.call();
        stop.closed();
        return code;
    }

    @Command(description = "$usage.init")
    final class Init implements Callable<Integer> {
        @Option(names = "--config", required = true)
        private Path config = Path.of("hub.yaml");

        @Override
        public Integer call() throws ConfigFault, StorageFailed {
            Path directory = HubFile.directory(config);
            KeyRing.make(directory, new SystemEntropy());
            try (Opened opened = new Opened()) {
                etal.hub.core.Status.lastReceivedMillis(HubFile.store(config).open(opened));
            }
            out.println(sentences.say("initialised", directory));
            return 0;
        }
    }

    @Command(description = "$usage.run")
    final class Run implements Callable<Integer> {
        @Option(names = "--config", required = true)
        private Path config = Path.of("hub.yaml");

        @Option(names = ParentWatch.OPTION)
        private boolean withParent;

        @Override
        public Integer call() throws Exception {
            Stop stop = stop(withParent);
            HubProcess.Running running = HubProcess.start(HubFile.read(config), crash -> {
                err.println(sentences.say(
                        "failed", crash instanceof StorageFailed ? String.valueOf(crash.getMessage()) : crash));
                stop.with(crash instanceof StorageFailed ? 3 : 1);
            });
            out.println("ready hub " + running.uri());
            return stay(stop, () -> {
                running.process().close();
                return null;
            });
        }
    }

    @Command(description = "$usage.status")
    final class Status implements Callable<Integer> {
        @Option(names = "--config", required = true)
        private Path config = Path.of("hub.yaml");

        @Override
        public Integer call() throws ConfigFault, StorageFailed {
            etal.hub.core.Status status = StatusQuery.ask(HubFile.directory(config), HubFile.store(config));
            out.println(sentences.say(
                    "status", status.entries(), status.terminals().size(), status.sales(), status.quarantined()));
            Closed.sentences(status.restored(), sentences).forEach(out::println);
            return 0;
        }
    }

    private int tell(Told told) {
        String sentence = sentences.say(told.key(), told.args().toArray());
        (told.done() ? out : err).println(sentence);
        return told.done() ? 0 : 2;
    }

    @Command(description = "$usage.backup")
    final class BackupCommand implements Callable<Integer> {
        @Parameters(index = "0")
        private Path file = Path.of("hub-backup.db");

        @Option(names = "--config", required = true)
        private Path config = Path.of("hub.yaml");

        @Override
        public Integer call() throws ConfigFault, StorageFailed {
            if (HubFile.store(config) instanceof Store.Postgres) {
                return tell(Told.refused("backup.postgres"));
            }
            return tell(Backup.make(HubFile.directory(config), file));
        }
    }

    @Command(description = "$usage.restore")
    final class RestoreCommand implements Callable<Integer> {
        @Parameters(index = "0", arity = "0..1")
        private @Nullable Path file;

        @Option(names = "--config", required = true)
        private Path config = Path.of("hub.yaml");

        @Option(names = "--even-if-newer")
        private boolean evenIfNewer;

        @Override
        public Integer call() throws ConfigFault, StorageFailed {
            long systemMillis = new SystemClock().now().toEpochMilli();
            HubFile hub = HubFile.read(config);
            if (hub.store() instanceof Store.Postgres) {
                return file == null ? putBack(hub, systemMillis) : tell(Told.refused("restore.postgres"));
            }
            if (file == null) {
                return tell(Told.refused("restore.which"));
            }
            Restore restore = new Restore(hub.directory(), hub.fund().id(), hub.driven(), evenIfNewer);
            return tell(restore.from(file, systemMillis));
        }

        private int putBack(HubFile hub, long systemMillis) throws StorageFailed {
            try (Opened opened = new Opened()) {
                return tell(PutBack.mark(hub.store().open(opened), hub.fund().id(), hub.driven(), systemMillis));
            }
        }
    }

    @Command(description = "$usage.restored")
    final class RestoredCommand implements Callable<Integer> {
        @Option(names = "--config", required = true)
        private Path config = Path.of("hub.yaml");

        @Option(names = "--statement-entered")
        private boolean statement;

        @Option(names = "--lost")
        private long terminal;

        @Option(names = "--by", required = true)
        private String by = "";

        @Override
        public Integer call() throws ConfigFault, StorageFailed {
            if (statement == (terminal != 0)) {
                return tell(Told.refused("restored.which"));
            }
            Map<String, Object> word =
                    statement ? Map.of("statement", "entered", "by", by) : Map.of("lost", terminal, "by", by);
            return tell(StatusQuery.say(HubFile.directory(config), "/api/restored", word));
        }
    }

    @Command(description = "$usage.statement")
    final class StatementCommand implements Callable<Integer> {
        @Parameters(index = "0")
        private Path file = Path.of("statement.xml");

        @Option(names = "--config", required = true)
        private Path config = Path.of("hub.yaml");

        @Override
        public Integer call() throws ConfigFault, StorageFailed, IOException {
            HubFile hub = HubFile.read(config);
            AccountStatement statement;
            try (InputStream in = Files.newInputStream(file)) {
                statement = AccountStatement.read(in.readNBytes(AccountStatement.BYTES_MAX + 1), payer(hub));
            } catch (NoSuchFileException e) {
                return tell(Told.refused("statement.nofile", file));
            } catch (Malformed e) {
                return tell(Told.refused("statement.unreadable", file, String.valueOf(e.getMessage())));
            }
            String own = AccountStatement.iban(hub.fund().debtor().iban());
            if (!statement.accounts().equals(Set.of(own))) {
                return tell(Told.refused("statement.account", file, String.join(", ", statement.accounts()), own));
            }
            OptionalInt posted = StatusQuery.enter(hub.directory(), statement.lines());
            if (posted.isEmpty()) {
                return tell(Told.refused("statement.notrunning"));
            }
            int lines = statement.lines().size();
            out.println(sentences.say("statement.done", file, lines, posted.getAsInt(), statement.others()));
            statement
                    .unclear()
                    .forEach(each -> err.println(sentences.say(
                            "statement.unclear." + each.why().name().toLowerCase(Locale.ROOT),
                            each.line(),
                            each.endToEndId())));
            return statement.unclear().isEmpty() ? 0 : 1;
        }

        private static AccountStatement.Payer payer(HubFile hub) {
            Map<Long, String> creditors = new TreeMap<>();
            hub.fund().pointsOfSale().forEach(each -> creditors.put(each.id(), AccountStatement.iban(each.iban())));
            Scheme scheme = hub.rules().scheme();
            return new AccountStatement.Payer(Settlement.of(scheme).currency(), scheme.zone(), creditors);
        }
    }

    @Command(description = "$usage.bundle")
    final class Bundles implements Callable<Integer> {
        @Parameters(arity = "1..*")
        private List<Path> files = List.of();

        @Option(names = "--config", required = true)
        private Path config = Path.of("hub.yaml");

        @Option(names = "--out")
        private @Nullable Path answer;

        @Override
        public Integer call() throws ConfigFault, StorageFailed {
            if (answer != null && files.size() > 1) {
                return tell(Told.refused("bundle.one"));
            }
            int code = 0;
            for (Path file : files) {
                BundleCommand.Done done = BundleCommand.run(HubFile.directory(config), file, answer);
                done.told().forEach(Hub.this::tell);
                code = Math.max(code, done.exitCode());
            }
            return code;
        }
    }

    @Command(description = "$usage.broker")
    final class BrokerCommand implements Callable<Integer> {
        @Option(names = "--config", required = true)
        private Path config = Path.of("broker.yaml");

        @Option(names = ParentWatch.OPTION)
        private boolean withParent;

        @Override
        public Integer call() throws Exception {
            Stop stop = stop(withParent);
            Broker broker = Broker.start(BrokerConfig.read(YamlConfig.read(config)));
            out.println("ready broker " + broker.uri());
            return stay(stop, () -> {
                broker.close();
                return null;
            });
        }
    }
}
