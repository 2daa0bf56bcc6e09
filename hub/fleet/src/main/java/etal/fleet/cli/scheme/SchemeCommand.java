package etal.fleet.cli.scheme;

import etal.fleet.cli.Etal;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.ShippedSchemes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code etal scheme}: what stands in a scheme file, and what would follow from it. */
@Command(
        name = "scheme",
        description = "reads and tries scheme files",
        mixinStandardHelpOptions = true,
        subcommands = {SchemeExplain.class, SchemeTry.class, SchemePreview.class, SchemeDraw.class, SchemeProject.class
        })
public final class SchemeCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "scheme: what to do is missing: check, explain, try, preview, draw or project F, or schema");
    }

    @Command(name = "check", description = "says what is wrong with a scheme file, or that nothing is")
    int check(
            @Parameters(paramLabel = "F") Path file,
            @Option(names = "--lang", paramLabel = "LANG", defaultValue = "fr", description = "fr or en") String lang)
            throws IOException {
        Words.check(lang, spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        Optional<Scheme> read = new Inputs(out, Locale.of(lang)).scheme(file);
        read.ifPresent(
                scheme -> out.println("ok " + scheme.id() + " " + scheme.version() + " from " + scheme.holdsFrom()));
        return read.isPresent() ? 0 : Etal.BAD_INPUT;
    }

    @Command(name = "schema", description = "prints the JSON Schema of scheme files")
    int schema() {
        spec.commandLine().getOut().print(ShippedSchemes.jsonSchema());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
