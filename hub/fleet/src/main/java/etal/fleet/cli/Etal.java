package etal.fleet.cli;

import etal.edge.config.Logging;
import etal.fleet.cli.card.CardCommand;
import etal.fleet.cli.scheme.SchemeCommand;
import etal.fleet.cli.sim.SimCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that stand on the whole house. Exit codes: 0 done, 1 a difference, 2 bad usage or input, 3 the environment. */
@Command(
        name = "etal",
        mixinStandardHelpOptions = true,
        subcommands = {
            DemoCommand.class,
            SimCommand.class,
            SchemeCommand.class,
            BenchCommand.class,
            CardCommand.class,
            RehearsalCommand.class
        })
public final class Etal implements Runnable {
    /** A difference, damage or a missed goal. */
    public static final int DIFFERENCE = 1;

    /** Bad usage or input; nothing was changed. */
    public static final int BAD_INPUT = 2;

    /** The environment lacks something, which the sentence names. */
    public static final int ENVIRONMENT = 3;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** Runs one command. */
    public static void main(String[] args) {
        Logging.toStandardError();
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code. */
    static int run(String... args) {
        var commandLine = new CommandLine(new Etal());
        commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(sentence(failure));
            return ENVIRONMENT;
        });
        return commandLine.execute(args);
    }

    /** What the environment refused, and to which file. */
    private static String sentence(Exception failure) {
        if (failure instanceof FileSystemException file) {
            String reason = file.getReason();
            String kind = failure.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])|Exception", " ");
            return file.getFile() + ": " + (reason == null ? kind.strip().toLowerCase(Locale.ROOT) : reason);
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "a command is missing: demo, sim, scheme, bench or card");
    }
}
