package etal.provisioning.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** One command run in this process: its exit code and what it said. */
record CommandRun(int code, String out, String err) {
    static CommandRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Provision.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** Writes a {@code registrar.yaml} of fund 1 into {@code directory}. */
    static Path config(Path directory) throws IOException {
        return Files.writeString(directory.resolve("registrar.yaml"), """
                fund: 1
                authority: ca
                tickets: tickets
                cards: cards
                listen: 127.0.0.1:0
                clock: driven
                now: 2025-04-02T05:00:00Z
                """);
    }
}
