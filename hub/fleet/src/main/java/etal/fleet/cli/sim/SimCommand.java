package etal.fleet.cli.sim;

import etal.fleet.world.cards.plan.MarketSize;
import etal.fleet.world.cards.plan.Omitted;
import etal.fleet.world.sim.Enumeration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    private static final int TERMINALS_MOST = 9;
    private static final int CARDS_MOST = 1_000;

    @Option(
            names = "--enumerate",
            description = "each moment at which something may go wrong, and each pair of moments")
    private boolean enumerate;

    @Option(names = "--every", description = "with --enumerate: only every N-th pair, for a quicker look")
    private int every = 1;

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

    @Option(names = "--terminals", defaultValue = TERMINALS, description = "stalls of the cards, ${DEFAULT-VALUE}")
    private int terminals;

    @Option(names = "--cards", defaultValue = CARDS, description = "cards, ${DEFAULT-VALUE}")
    private int cards;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((enumerate ? 1 : 0) + (seed == null ? 0 : 1) + (seeds == null ? 0 : 1) != 1) {
            throw usage("sim: one of --enumerate, --seed N and --seeds A..B");
        }
        if (every < 1 || every > 1 && !enumerate) {
            throw usage("sim: --every: " + every + ", 1 or more, with --enumerate");
        }
        if (taps != 0) {
            bounded("--taps", taps, TAPS_MOST);
        }
        bounded("--threads", threads, THREADS_MOST);
        bounded("--until", until, Integer.MAX_VALUE);
        bounded("--terminals", terminals, TERMINALS_MOST);
        bounded("--cards", cards, CARDS_MOST);
        if (enumerate) {
            Enumeration.Outcome outcome = Enumeration.run(every, System.err::println);
            outcome.violations().forEach(System.out::println);
            System.out.println(outcome.line());
            return outcome.violations().isEmpty() ? 0 : DIFFERENCE;
        }
        LongStream played = seed == null ? range(String.valueOf(seeds)) : LongStream.of(seed);
        return new Seeds(games(), threads, System.out, System.err).play(played.toArray()) ? 0 : DIFFERENCE;
    }

    private void bounded(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw usage("sim: " + option + ": " + value + ", 1 to " + most);
        }
    }

    private List<Game> games() {
        String wanted = only == null ? "" : only;
        if (!List.of("", "card", "market").contains(wanted)) {
            throw usage("sim: --only: " + wanted + ", card or market");
        }
        var games = new ArrayList<Game>();
        if (!wanted.equals("card")) {
            games.add(new MarketGame());
        }
        if (!wanted.equals("market")) {
            games.add(new CardGame(new MarketSize(taps, terminals, cards), omitted(), sizes()));
        }
        return games;
    }

    /** What differs from the defaults, as it must be said again to replay a seed. */
    private String sizes() {
        return said("--taps", taps, TAPS)
                + said("--terminals", terminals, TERMINALS)
                + said("--cards", cards, CARDS)
                + (until == Integer.MAX_VALUE ? "" : " --until " + until)
                + (without.isEmpty() ? "" : " --without " + String.join(",", without));
    }

    private Omitted omitted() {
        for (String name : without) {
            if (!Omitted.isName(name)) {
                throw usage("sim: --without: " + name + ", such as 17, 22.1 or CARD_TORN");
            }
        }
        return new Omitted(until, without);
    }

    private static String said(String option, int value, String usual) {
        return value == Integer.parseInt(usual) ? "" : " " + option + " " + value;
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
