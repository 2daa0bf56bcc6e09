package etal.provisioning.tool;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command's lines go: results to standard output, progress to standard error, both at once. */
final class Commands {
    private Commands() {}

    /** The command as picocli has filled it in. */
    static CommandSpec of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("A command is run by picocli.");
        }
        return spec;
    }

    static void result(CommandSpec command, String line) {
        print(command.commandLine().getOut(), line);
    }

    static void progress(CommandSpec command, String line) {
        print(command.commandLine().getErr(), line);
    }

    private static void print(PrintWriter to, String line) {
        to.print(line + "\n");
        to.flush();
    }
}
