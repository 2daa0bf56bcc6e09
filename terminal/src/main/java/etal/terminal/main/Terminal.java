package etal.terminal.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.Logging;
import etal.edge.config.ParentWatch;
import etal.edge.config.SystemClock;
import etal.edge.config.SystemEntropy;
import etal.edge.keys.PrivateFile;
import etal.edge.service.ServiceNotice;
import etal.edge.sqlite.SqliteDatabase;
import etal.edge.stick.StickDirectory;
import etal.port.Clock;
import etal.port.StorageFailed;
import etal.port.stick.Stick;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.money.Unit;
import etal.protocol.trust.TrustFile;
import etal.terminal.archive.Archive;
import etal.terminal.archive.ArchiveFile;
import etal.terminal.bundle.StoredBundle;
import etal.terminal.enrol.Credentials;
import etal.terminal.enrol.Enrolment;
import etal.terminal.ledger.Identity;
import etal.terminal.speech.TillSpeech;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The terminal's command line: {@code run} sells until it is stopped, {@code status} says how the ledger stands,
 * {@code archive} writes what an inspector is handed, {@code bundle} what is carried to the hub on a stick. Exit codes: 0 done, 1 difference or damage, 2 bad usage or configuration, 3 the environment lacks something.
 */
@Command(
        name = "terminal",
        description = "One till.",
        subcommands = {Terminal.Run.class, Terminal.Status.class, Terminal.Archiving.class, Terminal.Bundling.class})
public final class Terminal {
    private static final int BAD_USAGE = 2;

    private Terminal() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Logging.toStandardError();
        Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> crashed(bug));
        System.exit(new CommandLine(new Terminal()).execute(arguments));
    }

    /** After a bug nothing in memory is to be trusted: end as a pulled plug does, which everything is built for. */
    private static void crashed(Throwable bug) {
        LoggerFactory.getLogger(Terminal.class).error("a bug; the terminal ends", bug);
        Runtime.getRuntime().halt(1);
    }

    private static PrintStream out() {
        return new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    private static int refused(int exitCode, Exception why) {
        return refused(exitCode, why.getMessage());
    }

    private static int refused(int exitCode, @Nullable String why) {
        PrintStream error =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
        error.println(why);
        return exitCode;
    }

    /** Sells. */
    @Command(name = "run", description = "Sells until it is stopped.")
    static final class Run implements Callable<Integer> {
        @Option(names = "--config", required = true, description = "terminal.yaml")
        private Path config = Path.of("terminal.yaml");

        @Option(names = ParentWatch.OPTION, description = "Ends when standard input ends.")
        private boolean withParent;

        @Override
        public Integer call() throws InterruptedException {
            if (withParent) {
                ParentWatch.watch(System.in, () -> System.exit(0));
            }
            try {
                ServiceNotice notice = ServiceNotice.of(
                        System.getenv(), ProcessHandle.current().pid());
                TerminalProcess process = TerminalProcess.start(TerminalConfig.read(config), notice, Terminal::crashed);
                Runtime.getRuntime().addShutdownHook(new Thread(process::close, "stop"));
                out().println("ready stall " + process.uri());
                notice.ready(process.uri().toString());
                new CountDownLatch(1).await();
                return 0;
            } catch (ConfigFault fault) {
                return refused(BAD_USAGE, fault);
            } catch (StartRefused refused) {
                return refused(refused.exitCode(), refused);
            }
        }
    }

    /** Looks. */
    @Command(name = "status", description = "Says how the ledger stands.")
    static final class Status implements Callable<Integer> {
        @Option(names = "--config", required = true, description = "terminal.yaml")
        private Path config = Path.of("terminal.yaml");

        @Override
        public Integer call() {
            try {
                TerminalConfig read = TerminalConfig.read(config);
                Path file = read.directory().resolve("terminal.db");
                if (!Files.exists(file)) {
                    out().println(read.ledger() + ": no ledger yet");
                    return 0;
                }
                try (SqliteDatabase database = SqliteDatabase.openToLook(file)) {
                    out().println(StoredStatus.line(read.ledger(), database));
                    long disowned = StoredStatus.disowned(database);
                    if (disowned != 0) {
                        out().println(TillSpeech.in(read.language(), Unit.EURO)
                                .speak(Said.of(
                                        "ledger-rolled-back", read.ledger().toString(), disowned)));
                    }
                }
                return 0;
            } catch (ConfigFault fault) {
                return refused(BAD_USAGE, fault);
            } catch (StorageFailed damaged) {
                return refused(StartRefused.DAMAGE, damaged);
            }
        }
    }

    /**
     * {@code terminal archive}: what an inspector is handed of a period, also while the terminal sells. Exit codes: 0 written, 1
     * the store is damaged, 2 bad usage or nothing to archive, 3 the terminal is not enrolled or a file is missing.
     */
    @Command(name = "archive", description = "Writes the signed archive of a period.")
    static final class Archiving implements Callable<Integer> {
        @Option(names = "--config", required = true, description = "terminal.yaml")
        private Path config = Path.of("terminal.yaml");

        @Option(names = "--from", required = true, description = "The first day, such as 2025-04-01.")
        private LocalDate from = LocalDate.EPOCH;

        @Option(names = "--to", required = true, description = "The last day, such as 2025-04-30.")
        private LocalDate to = LocalDate.EPOCH;

        @Option(names = "--out", required = true, description = "The file to write; it must not be there.")
        private Path out = Path.of("archive.zip");

        @Override
        public Integer call() {
            try {
                TerminalConfig read = TerminalConfig.read(config);
                if (to.isBefore(from)) {
                    return refused(BAD_USAGE, "--to " + to + " is before --from " + from);
                }
                if (Files.exists(out)) {
                    return refused(BAD_USAGE, out + ": is there already");
                }
                Path store = read.directory().resolve("terminal.db");
                if (!Files.exists(store)) {
                    return refused(BAD_USAGE, store + ": no ledger yet");
                }
                return write(read, store);
            } catch (ConfigFault fault) {
                return refused(BAD_USAGE, fault.getMessage());
            } catch (StartRefused refused) {
                return refused(refused.exitCode(), refused.getMessage());
            } catch (StorageFailed | Malformed damaged) {
                return refused(StartRefused.DAMAGE, damaged.getMessage());
            } catch (IOException lacking) {
                return refused(StartRefused.LACKING, lacking.toString());
            }
        }

        private int write(TerminalConfig read, Path store) throws StartRefused, StorageFailed, Malformed, IOException {
            String trustPem = Files.readString(read.trust());
            TrustFile trust = TrustFile.read(trustPem);
            Clock clock = new SystemClock();
            Archive.By by = new Archive.By(
                    identity(read, trust, clock),
                    read.seller(),
                    trust,
                    trustPem,
                    clock.now(),
                    TillSpeech.in(read.language(), Unit.EURO));
            Optional<Archive> archive;
            try (SqliteDatabase database = SqliteDatabase.openToLook(store)) {
                archive = Archive.of(database, from, to, by);
            }
            if (archive.isEmpty()) {
                return refused(BAD_USAGE, "nothing was written from " + from + " to " + to);
            }
            PrivateFile.write(out, ArchiveFile.zip(archive.get()));
            out().println(line(read, archive.get()));
            return 0;
        }

        /** Such as {@code archive FILE: t3-e1, entries 1 to 57, 12 sales, 0 without details, closed}. */
        private String line(TerminalConfig read, Archive archive) {
            return "archive " + out + ": " + read.ledger() + ", entries " + archive.firstNumber() + " to "
                    + archive.lastNumber() + ", " + archive.sales() + " sales, " + archive.lost() + " without details, "
                    + (archive.closed() ? "closed" : "not closed yet");
        }
    }

    /**
     * {@code terminal bundle}: what the hub has not signed for, for a stick; also while the terminal sells. The answer is read by
     * the till's own key. Exit codes: 0 written, 1 the store is damaged, 2 bad usage or no ledger yet, 3 the terminal is not
     * enrolled or the stick cannot be written.
     */
    @Command(name = "bundle", description = "Writes what is to be carried to the hub on a stick.")
    static final class Bundling implements Callable<Integer> {
        @Option(names = "--config", required = true, description = "terminal.yaml")
        private Path config = Path.of("terminal.yaml");

        @Option(names = "--out", required = true, description = "The stick's folder, or a file.")
        private Path out = Path.of("stick");

        @Override
        public Integer call() {
            try {
                TerminalConfig read = TerminalConfig.read(config);
                Path store = read.directory().resolve("terminal.db");
                if (!Files.exists(store)) {
                    return refused(BAD_USAGE, store + ": no ledger yet");
                }
                TrustFile trust = TrustFile.read(Files.readString(read.trust()));
                Clock clock = new SystemClock();
                Identity identity = identity(read, trust, clock);
                Optional<StoredBundle.Packed> packed;
                try (SqliteDatabase database = SqliteDatabase.openToLook(store)) {
                    packed = StoredBundle.of(
                            database, identity, read.fund(), clock.now().toEpochMilli());
                }
                return packed.isEmpty() ? refused(BAD_USAGE, store + ": no ledger yet") : write(read, packed.get());
            } catch (ConfigFault fault) {
                return refused(BAD_USAGE, fault);
            } catch (StartRefused refused) {
                return refused(refused.exitCode(), refused);
            } catch (StorageFailed | Malformed damaged) {
                return refused(StartRefused.DAMAGE, damaged);
            } catch (IOException lacking) {
                return refused(StartRefused.LACKING, lacking.toString());
            }
        }

        private int write(TerminalConfig read, StoredBundle.Packed packed) {
            Path file = Files.isDirectory(out) ? out.resolve(packed.bundle().name()) : out;
            Path whole = file.toAbsolutePath();
            Path folder = whole.getParent();
            Path name = whole.getFileName();
            if (folder == null || name == null || !StickDirectory.isName(name.toString())) {
                return refused(BAD_USAGE, out + ": is no name of a file on a stick");
            }
            Stick.Written written = new StickDirectory(folder)
                    .write(name.toString(), packed.bundle().encode());
            if (written instanceof Stick.Written.Failed failed) {
                return refused(
                        StartRefused.LACKING,
                        TillSpeech.in(read.language(), Unit.EURO)
                                .word("stick-" + failed.why().name().toLowerCase(Locale.ROOT)));
            }
            out().println("bundle " + file + ": " + read.ledger() + ", " + packed.entries() + " entries, head "
                    + packed.head());
            return 0;
        }
    }

    private static Identity identity(TerminalConfig read, TrustFile trust, Clock clock)
            throws StartRefused, StorageFailed, Malformed {
        Path keys = read.directory().resolve("keys");
        // Looked for first: asking for credentials makes keys where there are none.
        Optional<Credentials> kept = Files.exists(keys.resolve("chain.pem"))
                ? Enrolment.enrolled(keys, trust.root(), clock, new SystemEntropy())
                : Optional.empty();
        if (kept.isEmpty()) {
            throw new StartRefused(StartRefused.LACKING, keys + ": not enrolled");
        }
        if (!kept.get().ledger().equals(read.ledger())) {
            throw new StartRefused(
                    StartRefused.DAMAGE,
                    keys + ": these are the keys of " + kept.get().ledger());
        }
        return new Identity(read.ledger(), kept.get().chain(), kept.get().signer());
    }
}
