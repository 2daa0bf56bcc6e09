package etal.fleet.cli.sim;

import etal.fleet.world.cards.fault.Flaw;
import etal.fleet.world.cards.plan.MarketSize;
import etal.fleet.world.cards.plan.Omitted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code etal sim}: the simulated world. */
@Command(
        name = "sim",
        description = "the simulated world: tills, cards and a hub, in one thread and virtual time",
        mixinStandardHelpOptions = true)
public final class SimCommand implements Callable<Integer> {
    private static final int DIFFERENCE = 1;
    private static final String TAPS = "0";
    private static final String TERMINALS = "3";
    private static final String CARDS = "6";
    private static final int TAPS_MOST = 1_000_000;
    private static final int THREADS_MOST = 64;
    private static final int TERMINALS_MOST = 60;
    private static final int DAYS_MOST = 365;
    private static final int CARDS_MOST = 1_000;

    @Option(
            names = "--enumerate",
            description = "each moment at which something may go wrong, and each pair of moments")
    private boolean enumerate;

    @Option(
            names = "--at",
            paramLabel = "MOMENTS",
            description = "with --enumerate: the moments of one violation again")
    private @Nullable String at;

    @Option(names = "--seed", description = "one seed, with faults by chance")
    private @Nullable Long seed;

    @Option(names = "--seeds", description = "several seeds, such as 1..100")
    private @Nullable String seeds;

    @Option(
            names = "--only",
            description = "market: an afternoon of one till and one card under the rules of any fund, also over a"
                    + " change of rules; card: tills and cards torn at random; without it both")
    private @Nullable String only;

    @Option(
            names = "--taps",
            paramLabel = "N",
            defaultValue = TAPS,
            description = "how often at most cards are laid down in a seed; 0, as without it: 20 to 100, by the seed")
    private int taps;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "how many seeds are played at once, and the trace is the same; without it one for each core")
    private int threads = Math.min(THREADS_MOST, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--until",
            paramLabel = "STEP",
            description = "the errand after which nothing goes wrong any more, as a shrunken story says")
    private int until = Integer.MAX_VALUE;

    @Option(
            names = "--without",
            paramLabel = "WHAT",
            split = ",",
            description = "what is left out, as a shrunken story says: errands by number, faults by errand and number"
                    + " (22.1), whole kinds of faults (CARD_TORN)")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--days",
            paramLabel = "D",
            defaultValue = "0",
            description = "a season: a market each day for so many days, whatever the taps; 0, as without it: none")
    private int days;

    @Option(
            names = "--nightly",
            description =
                    "seed after seed until it is stopped (Ctrl-C); seeds that fail are kept and played by the tests")
    private boolean nightly;

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "with --nightly: the first seed; without it the one after the last that was played here")
    private @Nullable Long from;

    @Option(
            names = "--report",
            description = "write RELIABILITY.md from the newest recorded runs, after this one if there is one")
    private boolean report;

    @Option(names = "--terminals", defaultValue = TERMINALS, description = "stalls of the cards, ${DEFAULT-VALUE}")
    private int terminals;

    @Option(names = "--cards", defaultValue = CARDS, description = "cards, ${DEFAULT-VALUE}")
    private int cards;

    @CommandLine.Mixin
    private MutantsOption mutants = new MutantsOption();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        int ways = (enumerate || mutants.asked() ? 1 : 0)
                + (nightly ? 1 : 0)
                + (seed == null ? 0 : 1)
                + (seeds == null ? 0 : 1);
        if (ways > 1 || ways == 0 && !report || enumerate && mutants.asked()) {
            throw usage("sim: one of --enumerate, --mutants, --seed N, --seeds A..B, --nightly and --report");
        }
        Optional<String> complaint = enumerate
                ? Enumerated.complaint(only, at)
                : Optional.ofNullable(at).map(moments -> "--at: with --enumerate");
        if (complaint.isPresent()) {
            throw usage("sim: " + complaint.get());
        }
        bounded("--taps", taps, 0, TAPS_MOST);
        bounded("--days", days, 0, DAYS_MOST);
        bounded("--threads", threads, 1, THREADS_MOST);
        bounded("--until", until, 1, Integer.MAX_VALUE);
        bounded("--terminals", terminals, 1, TERMINALS_MOST);
        bounded("--cards", cards, 1, CARDS_MOST);
        int code = ways == 0 ? 0 : enumerate ? enumerated() : mutants.asked() ? mutants.play() : played();
        if (report) {
            System.err.println(Report.write(Records.top()));
        }
        return code;
    }

    private int enumerated() throws IOException, InterruptedException {
        var enumerated = new Enumerated(System.out, System.err, Records.here());
        try {
            return (only == null || at == null ? enumerated.run(only) : enumerated.replay(only, at)) ? 0 : DIFFERENCE;
        } catch (IllegalArgumentException moments) {
            throw usage("sim: --at: " + at + ", moments such as deed.14a,deed.7t3");
        }
    }

    private int played() throws IOException {
        if (nightly) {
            return new Nightly(games(), threads, from, System.out, System.err).play();
        }
        long[] played = (seed == null ? range(String.valueOf(seeds)) : LongStream.of(seed)).toArray();
        var playing = new Seeds(games(), threads, System.out, System.err, (failing, left) -> {});
        Totals totals = playing.play(LongStream.of(played).iterator(), OptionalLong.of(played.length));
        totals.story(playing.spent()).forEach(System.err::println);
        boolean whole = played.length >= Demanded.STANDARD_SEEDS && standard();
        if (whole) {
            for (String missing : Demanded.missing(totals.counts())) {
                System.out.println("hollow: " + missing + ": never");
                totals.violation();
            }
            Demanded.elsewhere(totals.counts())
                    .forEach((what, test) -> System.err.println("not met, left to " + test + ": " + what));
        }
        if (whole || days > 0) {
            Records.here().keep(days > 0 ? "season" : "seeds", command(played), totals.figures());
        }
        System.out.println(totals.line());
        return totals.violations() == 0 ? 0 : DIFFERENCE;
    }

    /** Whether the market of cards is played as it is by default. */
    private boolean standard() {
        return !"market".equals(only)
                && size().equals(MarketSize.USUAL)
                && omitted().equals(Omitted.NOTHING);
    }

    private String command(long[] played) {
        List<String> arguments =
                new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
        // Whoever calls this command by its name has said it already.
        arguments.removeIf("sim"::equals);
        return "./etal sim " + String.join(" ", arguments) + (played.length == 0 ? " (none)" : "");
    }

    private void bounded(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw usage("sim: " + option + ": " + value + ", " + least + " to " + most);
        }
    }

    private List<Game> games() {
        String wanted = only == null ? "" : only;
        if (!List.of("", "card", "market").contains(wanted)) {
            throw usage("sim: --only: " + wanted + ", card or market");
        }
        boolean sized = days > 0 || !omitted().equals(Omitted.NOTHING);
        var games = new ArrayList<Game>();
        if (!wanted.equals("card") && !(sized && wanted.isEmpty())) {
            games.add(new MarketGame());
        }
        if (!wanted.equals("market")) {
            games.add(new CardGame(size(), omitted(), Flaw.NONE, System.err));
        }
        return games;
    }

    private MarketSize size() {
        return new MarketSize(taps, terminals, cards, days);
    }

    private Omitted omitted() {
        for (String name : without) {
            if (!Omitted.isName(name)) {
                throw usage("sim: --without: " + name + ", such as 17, 22.1 or CARD_TORN");
            }
        }
        return new Omitted(until, without);
    }

    private LongStream range(String text) {
        Matcher range = Pattern.compile("(\\d{1,15})\\.\\.(\\d{1,15})").matcher(text);
        if (!range.matches() || Long.parseLong(range.group(1)) > Long.parseLong(range.group(2))) {
            throw usage("sim: --seeds: " + text + ", A..B with A not above B");
        }
        return LongStream.rangeClosed(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
    }

    private CommandLine.ParameterException usage(String sentence) {
        return new CommandLine.ParameterException(spec.commandLine(), sentence);
    }
}
