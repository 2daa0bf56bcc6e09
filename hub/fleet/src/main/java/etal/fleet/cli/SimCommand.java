package etal.fleet.cli;

import etal.fleet.world.sim.Enumeration;
import etal.fleet.world.sim.SeededRun;
import etal.protocol.cose.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        description = "the simulated world: one till, one card, one hub, in one thread",
        mixinStandardHelpOptions = true)
final class SimCommand implements Callable<Integer> {
    @Option(
            names = "--enumerate",
            description = "each moment at which something may go wrong, and each pair of moments")
    private boolean enumerate;

    @Option(names = "--every", description = "with --enumerate: only every N-th pair, for a quicker look")
    private int every = 1;

    @Option(names = "--seed", description = "one afternoon of one till, one card and one hub, with faults by chance")
    private @Nullable Long seed;

    @Option(names = "--seeds", description = "several seeds, such as 1..100")
    private @Nullable String seeds;

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
        if (enumerate) {
            Enumeration.Outcome outcome = Enumeration.run(every, System.err::println);
            outcome.violations().forEach(System.out::println);
            System.out.println(outcome.line());
            return outcome.violations().isEmpty() ? 0 : Etal.DIFFERENCE;
        }
        return seed == null ? play(range(String.valueOf(seeds))) : play(LongStream.of(seed));
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

    private static int play(LongStream seeds) throws IOException {
        SeededRun funds = SeededRun.funds();
        int count = 0;
        int violations = 0;
        String trace = "";
        for (long each : seeds.toArray()) {
            SeededRun.Outcome outcome = funds.play(each);
            count++;
            trace = Hash.hex(Hash.sha256((trace + outcome.trace()).getBytes(StandardCharsets.US_ASCII)));
            if (outcome.violation().isPresent()) {
                violations++;
                System.out.println("seed " + each + ": " + outcome.violation().get());
                outcome.story().forEach(line -> System.out.println("  " + line));
                System.out.println("replay: ./etal sim --seed " + each);
            }
        }
        System.out.println(count + " seeds, " + violations + " violations, trace " + trace);
        return violations == 0 ? 0 : Etal.DIFFERENCE;
    }
}
