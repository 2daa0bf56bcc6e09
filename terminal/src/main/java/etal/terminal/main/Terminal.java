package etal.terminal.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.Logging;
import etal.edge.config.ParentWatch;
import etal.edge.sqlite.SqliteDatabase;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.money.Unit;
import etal.terminal.speech.TillSpeech;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The terminal's command line: {@code run} sells until it is stopped, {@code status} says how the ledger stands. Exit codes: 0
 * done, 1 difference or damage, 2 bad usage or configuration, 3 the environment lacks something.
 */
@Command(
        name = "terminal",
        description = "One till.",
        subcommands = {Terminal.Run.class, Terminal.Status.class})
public final class Terminal {
    private static final int BAD_CONFIGURATION = 2;

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
        PrintStream error =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
        error.println(why.getMessage());
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
                TerminalProcess process = TerminalProcess.start(TerminalConfig.read(config), Terminal::crashed);
                Runtime.getRuntime().addShutdownHook(new Thread(process::close, "stop"));
                out().println("ready stall " + process.uri());
                new CountDownLatch(1).await();
                return 0;
            } catch (ConfigFault fault) {
                return refused(BAD_CONFIGURATION, fault);
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
                return refused(BAD_CONFIGURATION, fault);
            } catch (StorageFailed damaged) {
                return refused(StartRefused.DAMAGE, damaged);
            }
        }
    }
}
