package etal.fleet.cli;

import etal.fleet.world.live.DayDirectory;
import etal.fleet.world.live.DayInput;
import etal.fleet.world.live.DayRun;
import etal.fleet.world.place.MarketDirectory;
import etal.fleet.world.place.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code etal demo}: a market day, end to end, as processes on this machine. */
@Command(name = "demo", description = "a market day, end to end", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--day", description = "one whole day, then end (the only kind of demo so far)")
    private boolean day;

    @Option(names = "--seed", description = "fixes the plan and the totals", defaultValue = "1")
    private long seed;

    @Option(names = "--baskets", description = "receipts: one a line, items separated by commas")
    private @Nullable Path baskets;

    @Option(
            names = "--catalogue",
            description = "the items: item,name_fr,category,price_cents,vat_permille,conventioned")
    private @Nullable Path catalogue;

    @Option(names = "--out", description = "where everything of the day lies; a day that was broken off there goes on")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!day) {
            System.err.println("a market day begins; the demo in the browser is not part of this version");
        }
        DayInput.Reading reading = DayInput.read(Optional.ofNullable(baskets), Optional.ofNullable(catalogue), seed);
        return switch (reading) {
            case DayInput.Reading.Unfit unfit -> {
                unfit.sentences().forEach(System.err::println);
                yield Etal.BAD_INPUT;
            }
            case DayInput.Reading.Sound(DayInput input) -> {
                Path root = out == null ? top().resolve("target").resolve("day") : out;
                Optional<String> strange = out == null ? Optional.empty() : DayDirectory.objection(root);
                if (strange.isPresent()) {
                    System.err.println(strange.get());
                    yield Etal.BAD_INPUT;
                }
                yield sell(input, root);
            }
        };
    }

    /** The project's folder. */
    private static Path top() {
        return Path.of(System.getenv().getOrDefault("ETAL_TOP", ""))
                .toAbsolutePath()
                .normalize();
    }

    private int sell(DayInput input, Path root) throws IOException, InterruptedException {
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        DayDirectory directory = DayDirectory.open(root);
        try (var lock = directory.market().lock()) {
            if (out == null) {
                directory.market().empty();
            }
            return switch (new DayRun(top(), directory, input, seed, new Progress(err)).run()) {
                case DayRun.Outcome.Balanced balanced -> print(balanced.line(), 0);
                case DayRun.Outcome.Differs differs -> print(differs.line(), Etal.DIFFERENCE);
                case DayRun.Outcome.OtherPlan other -> {
                    err.println(other.sentence());
                    yield Etal.BAD_INPUT;
                }
            };
        } catch (MarketDirectory.Busy e) {
            err.println(e.getMessage() + "; wait for it, or choose another --out");
            return Etal.ENVIRONMENT;
        }
    }

    private static int print(String line, int exitCode) {
        System.out.println(line);
        return exitCode;
    }
}
