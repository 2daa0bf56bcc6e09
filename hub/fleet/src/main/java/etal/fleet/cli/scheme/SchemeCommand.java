package etal.fleet.cli.scheme;

import etal.fleet.cli.Etal;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code etal scheme}: what stands in a scheme file. */
@Command(
        name = "scheme",
        description = "reads scheme files",
        mixinStandardHelpOptions = true,
        subcommands = {SchemeDraw.class, SchemeProject.class})
public final class SchemeCommand implements Runnable {
    /** Far above any scheme file. */
    private static final long FILE_BYTES_MAX = 1 << 20;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "scheme: what to do is missing: check, draw or project F");
    }

    @Command(name = "check", description = "says what is wrong with a scheme file, or that nothing is")
    int check(@Parameters(paramLabel = "F") Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file) || Files.size(file) > FILE_BYTES_MAX) {
            System.err.println(file + ": not a file that can be read, a YAML file of at most 1 MiB is expected");
            return Etal.BAD_INPUT;
        }
        String yaml = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return switch (SchemeFile.read(yaml, file.toString())) {
            case SchemeReading.Read(Scheme scheme) -> {
                System.out.println("ok " + scheme.id() + " " + scheme.version() + " from " + scheme.holdsFrom());
                yield 0;
            }
            case SchemeReading.Faulty faulty -> {
                faulty.faults().forEach(System.out::println);
                yield Etal.BAD_INPUT;
            }
        };
    }
}
