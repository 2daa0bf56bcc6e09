package etal.fleet.cli.scheme;

import etal.edge.speech.RulesSpoken;
import etal.fleet.cli.Etal;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code etal scheme explain}: the rules as an assembly reads them. */
@Command(
        name = "explain",
        description = "says the rules of a scheme file in sentences",
        mixinStandardHelpOptions = true)
final class SchemeExplain implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(paramLabel = "F", description = "the scheme file")
    private Path file = Path.of("");

    @Option(names = "--lang", paramLabel = "L", description = "fr (usual) or en")
    private String language = "fr";

    @Override
    public Integer call() throws IOException {
        Words.check(language, spec.commandLine());
        Locale locale = Locale.of(language);
        Optional<Scheme> scheme = new Inputs(spec.commandLine().getErr(), locale).scheme(file);
        PrintWriter out = spec.commandLine().getOut();
        scheme.ifPresent(read -> new RulesSpoken(read, locale).lines().forEach(out::println));
        out.flush();
        return scheme.isPresent() ? 0 : Etal.BAD_INPUT;
    }
}
