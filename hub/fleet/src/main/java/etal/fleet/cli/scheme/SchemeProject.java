package etal.fleet.cli.scheme;

import etal.edge.speech.Speech;
import etal.fleet.cli.Etal;
import etal.protocol.draw.Draw;
import etal.protocol.draw.Projection;
import etal.protocol.draw.ReserveChart;
import etal.protocol.draw.ReservePicture;
import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code etal scheme project}: the reserve months ahead, as CSV, as a chart and as a picture. */
@Command(
        name = "project",
        description = "projects the reserve: CSV, if wanted with a chart after an empty line, or a picture",
        mixinStandardHelpOptions = true)
final class SchemeProject implements Callable<Integer> {
    private static final String HEADER = "month,contributions,other_income,allocations,spent,other_costs,reserve";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(paramLabel = "F", description = "the scheme file")
    private Path file = Path.of("");

    @Option(
            names = "--candidates",
            paramLabel = "F",
            description = "with those of this list whom a draw admits; without a seed, with all of them")
    private @Nullable Path candidates;

    @Option(names = "--seed", paramLabel = "S", description = "the seed of the draw")
    private @Nullable String seed;

    @Option(
            names = "--households",
            paramLabel = "N",
            split = ",",
            description = "with so many households: N, NxADULTS, NxADULTS+CHILDREN, each also with @CONTRIBUTION;"
                    + " otherwise of one adult, paying the mean the scheme expects")
    private List<String> households = List.of();

    @Option(names = "--from", paramLabel = "YYYY-MM", description = "first month; otherwise the scheme's first")
    private @Nullable YearMonth from;

    @ArgGroup(exclusive = false, heading = "Instead of the scheme's own figures:%n")
    private ReserveOptions figures = new ReserveOptions();

    @Option(names = "--chart", description = "a bar a month, too")
    private boolean chart;

    @Option(names = "--svg", paramLabel = "FILE", description = "writes a picture")
    private @Nullable Path svg;

    @Option(names = "--lang", paramLabel = "L", description = "language of chart and explanation: fr (usual) or en")
    private String language = "fr";

    @Override
    public Integer call() throws IOException {
        Words.check(language, spec.commandLine());
        if (seed != null && candidates == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--seed: --candidates F is missing");
        }
        Inputs inputs = new Inputs(spec.commandLine().getErr(), Locale.of(language));
        Optional<Scheme> scheme = inputs.scheme(file);
        if (scheme.isEmpty()) {
            return Etal.BAD_INPUT;
        }
        Optional<Projection> projection = projection(inputs, scheme.get());
        if (projection.isEmpty()) {
            return Etal.BAD_INPUT;
        }
        Speech speech = Words.of(language, scheme.get());
        print(scheme.get(), projection.get(), speech);
        ReserveWords words = new ReserveWords(speech, scheme.get(), projection.get());
        if (svg != null) {
            ReservePicture picture = new ReservePicture(words.picture(), speech::amount);
            Files.writeString(svg, picture.of(projection.get()), StandardCharsets.UTF_8);
        }
        PrintWriter err = spec.commandLine().getErr();
        words.sentences().forEach(err::println);
        err.flush();
        return 0;
    }

    private Optional<Projection> projection(Inputs inputs, Scheme scheme) throws IOException {
        Projection projection =
                Projection.of(scheme, figures.reserve(scheme, spec.commandLine()), Words.firstMonth(from, scheme));
        int members = 0;
        for (Households alike : Households.all(households, scheme, spec.commandLine())) {
            projection = projection.with(alike.payer(), alike.count());
            members += alike.count();
        }
        if (candidates == null) {
            return Optional.of(projection);
        }
        Optional<Inputs.PublishedCandidates> published = inputs.candidates(candidates, scheme);
        if (published.isEmpty()) {
            return Optional.empty();
        }
        if (seed != null && scheme.admission().way() instanceof Admission.Way.Draw rules) {
            return Optional.of(Draw.of(
                            rules,
                            scheme.admission().placesMost(),
                            published.get().candidates(),
                            seed,
                            members,
                            projection)
                    .projection());
        }
        for (var candidate : published.get().candidates()) {
            projection = projection.with(candidate.payer());
        }
        return Optional.of(projection);
    }

    private void print(Scheme scheme, Projection projection, Speech speech) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(HEADER);
        projection
                .months()
                .forEach(month -> out.println(csv(month, scheme.unit().decimals())));
        if (chart) {
            out.println();
            ReserveChart.of(projection, speech::amount).forEach(out::println);
        }
        out.flush();
    }

    private static String csv(Projection.Month month, int decimals) {
        Stream<ToLongFunction<Projection.Month>> columns = Stream.of(
                Projection.Month::contributionsCents,
                Projection.Month::otherIncomeCents,
                Projection.Month::grantedCents,
                Projection.Month::spentCents,
                Projection.Month::otherCostsCents,
                Projection.Month::reserveCents);
        return month.month() + ","
                + columns.map(column -> BigDecimal.valueOf(column.applyAsLong(month), decimals)
                                .toPlainString())
                        .collect(Collectors.joining(","));
    }
}
