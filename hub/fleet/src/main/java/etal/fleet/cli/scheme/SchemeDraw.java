package etal.fleet.cli.scheme;

import etal.edge.speech.Speech;
import etal.fleet.cli.Etal;
import etal.protocol.cose.Hash;
import etal.protocol.draw.Candidate;
import etal.protocol.draw.Draw;
import etal.protocol.draw.DrawOrder;
import etal.protocol.draw.Projection;
import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code etal scheme draw}: the public draw, as docs/tirage.md describes it. */
@Command(
        name = "draw",
        description = "draws households in public: those admitted, in order; how it came about on standard error",
        mixinStandardHelpOptions = true)
final class SchemeDraw implements Callable<Integer> {
    private static final int HASH_DIGITS_SHOWN = 16;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(paramLabel = "F", description = "the scheme file")
    private Path file = Path.of("");

    @Option(
            names = "--candidates",
            paramLabel = "F",
            required = true,
            description =
                    "CSV: household,adults,children (ages, with spaces between),contribution or income,group,traits")
    private Path candidates = Path.of("");

    @Option(
            names = "--seed",
            paramLabel = "S",
            required = true,
            description = "the seed, as its announced source gives it")
    private String seed = "";

    @Option(
            names = "--from",
            paramLabel = "YYYY-MM",
            description = "first month of the projection; otherwise that from which the scheme holds")
    private @Nullable YearMonth from;

    @Option(
            names = "--households",
            paramLabel = "N",
            split = ",",
            description = "households that are in already, where the scheme's monthly figures do not count them: N,"
                    + " NxADULTS, NxADULTS+CHILDREN, each also with @CONTRIBUTION")
    private List<String> households = List.of();

    @Option(
            names = "--members",
            paramLabel = "N",
            description = "how many households are in already, where the scheme's monthly figures count them (0)")
    private int members;

    @Option(names = "--lang", paramLabel = "L", description = "language of the explanation: fr (usual) or en")
    private String language = "fr";

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Inputs inputs = new Inputs(err, Locale.of(language));
        checkOptions();
        Optional<Scheme> scheme = inputs.scheme(file);
        if (scheme.isEmpty()) {
            return Etal.BAD_INPUT;
        }
        Speech speech = Words.of(language, scheme.get());
        if (!(scheme.get().admission().way() instanceof Admission.Way.Draw rules)) {
            err.println(file + ": " + speech.say("draw.no-draw"));
            return Etal.BAD_INPUT;
        }
        Optional<Inputs.PublishedCandidates> published = inputs.candidates(candidates, scheme.get());
        if (published.isEmpty()) {
            return Etal.BAD_INPUT;
        }
        Draw draw = draw(scheme.get(), rules, published.get());
        explain(err, speech, scheme.get(), rules, published.get(), draw);
        PrintWriter out = spec.commandLine().getOut();
        draw.admitted().forEach(candidate -> out.println(candidate.id()));
        out.flush();
        return 0;
    }

    private Draw draw(Scheme scheme, Admission.Way.Draw rules, Inputs.PublishedCandidates published) {
        Projection now = Projection.of(scheme, rules.reserve(), Words.firstMonth(from, scheme));
        int in = members;
        for (Households alike : Households.all(households, scheme, spec.commandLine())) {
            now = now.with(alike.payer(), alike.count());
            in += alike.count();
        }
        return Draw.of(rules, scheme.admission().placesMost(), published.candidates(), seed, in, now);
    }

    private void checkOptions() {
        boolean soundSeed = !seed.isBlank()
                && seed.length() <= DrawOrder.SEED_CHARS_MAX
                && seed.chars().noneMatch(Character::isISOControl);
        if (!soundSeed) {
            String allowed = "1 to " + DrawOrder.SEED_CHARS_MAX + " visible characters";
            throw new CommandLine.ParameterException(spec.commandLine(), "--seed: " + allowed + " are expected");
        }
        if (members < 0) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--members: 0 or more is expected");
        }
        Words.check(language, spec.commandLine());
    }

    private void explain(
            PrintWriter err,
            Speech speech,
            Scheme scheme,
            Admission.Way.Draw rules,
            Inputs.PublishedCandidates published,
            Draw draw) {
        err.println(speech.say("draw.rules", scheme.name(), scheme.version(), scheme.holdsFrom()));
        err.println(speech.say("draw.source", rules.seedSource()));
        err.println(speech.say("draw.seed", seed));
        int count = published.candidates().size();
        err.println(speech.say("draw.list", count, Hash.hex(Hash.sha256(published.bytes()))));
        err.println(speech.word("draw.order"));
        List<String> admitted = draw.admitted().stream().map(Candidate::id).toList();
        int place = 0;
        for (DrawOrder.Drawn drawn : draw.order()) {
            boolean in = admitted.contains(drawn.id());
            err.println(String.format(
                    Locale.ROOT,
                    "%5d  %s…  %s%s",
                    ++place,
                    drawn.hash().substring(0, HASH_DIGITS_SHOWN),
                    drawn.id(),
                    in ? "  " + speech.say("draw.in", admitted.indexOf(drawn.id()) + 1) : ""));
        }
        err.println(speech.say("draw.admitted", admitted.size()));
        err.println(stop(speech, draw.stop()));
        reserve(err, speech, draw.projection());
        err.flush();
    }

    private static String stop(Speech speech, Draw.Stop stop) {
        return switch (stop) {
            case Draw.Stop.NobodyLeft none -> speech.word("draw.stop.nobody-left");
            case Draw.Stop.DrawFull(int most) -> speech.say("draw.stop.draw-full", most);
            case Draw.Stop.FundFull(int most) -> speech.say("draw.stop.fund-full", most);
            case Draw.Stop.ReserveShort(
                    Candidate candidate,
                    Projection.Month month,
                    long floorCents,
                    boolean already) ->
                speech.say(
                        already ? "draw.stop.reserve-short-already" : "draw.stop.reserve-short",
                        candidate.id(),
                        month.month(),
                        month.reserveCents(),
                        floorCents);
        };
    }

    private static void reserve(PrintWriter err, Speech speech, Projection projection) {
        Projection.Month last = projection.months().getLast();
        err.println(speech.say(
                "draw.reserve",
                last.month(),
                last.reserveCents(),
                projection.reserve().availableCents(),
                projection.reserve().floorCents()));
    }
}
