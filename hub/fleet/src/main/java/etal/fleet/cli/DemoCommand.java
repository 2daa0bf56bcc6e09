package etal.fleet.cli;

import etal.edge.config.SystemClock;
import etal.fleet.table.TableServer;
import etal.fleet.world.live.DayDirectory;
import etal.fleet.world.live.DayInput;
import etal.fleet.world.live.DayRun;
import etal.fleet.world.open.OpenDemo;
import etal.fleet.world.place.MarketDirectory;
import etal.fleet.world.place.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code etal demo}: a market in the browser, or a whole market day, as processes on this machine. */
@Command(name = "demo", description = "a market in the browser, or a whole market day", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--day", description = "one whole day, end to end, then end")
    private boolean day;

    @Option(
            names = "--port",
            description = "in the browser: the stall's page; hub and till follow (else the first free from 8630 on)")
    private @Nullable Integer port;

    @Option(names = "--seed", description = "fixes the customers; of a day the totals too", defaultValue = "1")
    private long seed;

    @Option(names = "--baskets", description = "of a day: receipts, one a line, items separated by commas")
    private @Nullable Path baskets;

    @Option(
            names = "--catalogue",
            description = "of a day: the items: item,name_fr,category,price_cents,vat_permille,conventioned")
    private @Nullable Path catalogue;

    @Option(
            names = "--out",
            description = "of a day: where everything of it lies; a day that was broken off there goes on")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<String> misfit = misfit();
        if (misfit.isPresent()) {
            System.err.println(misfit.get());
            return Etal.BAD_INPUT;
        }
        return day ? wholeDay() : inTheBrowser();
    }

    /** What is wrong with the options together. */
    private Optional<String> misfit() {
        if (day) {
            return port == null ? Optional.empty() : Optional.of("--port: a day has no page; leave out one of the two");
        }
        var ofADay = new LinkedHashMap<String, @Nullable Path>();
        ofADay.put("--baskets", baskets);
        ofADay.put("--catalogue", catalogue);
        ofADay.put("--out", out);
        for (Map.Entry<String, @Nullable Path> option : ofADay.entrySet()) {
            if (option.getValue() != null) {
                return Optional.of(option.getKey() + " belongs to a whole day: demo --day");
            }
        }
        return port == null || port >= 1 && port <= OpenDemo.PORT_MAX
                ? Optional.empty()
                : Optional.of("--port: " + port + ", 1 to " + OpenDemo.PORT_MAX + ": two more follow");
    }

    /** Until a signal ends it. */
    private int inTheBrowser() throws IOException {
        OptionalInt wanted = port == null ? OptionalInt.empty() : OptionalInt.of(port);
        Progress progress = progress();
        OpenDemo.Page page = (at, table) -> TableServer.start(
                at, table, new SystemClock(), bug -> progress.say("the table's page has failed: " + bug));
        try (var ending = new Ending()) {
            show(wanted, page, progress, ending);
        }
        return 0;
    }

    private void show(OptionalInt wanted, OpenDemo.Page page, Progress progress, Ending ending) throws IOException {
        try (OpenDemo demo = OpenDemo.open(top(), wanted, seed, page, progress)) {
            System.out.println("stall " + demo.stall());
            System.out.println("hub " + demo.hub());
            System.out.flush();
            ending.await();
        } catch (InterruptedException signal) {
            // This is how it ends; everything is closed by now.
            Thread.currentThread().interrupt();
        } catch (IOException brokenOff) {
            // A file that was being written when the signal came could not be, and nobody needs it any more.
            if (!ending.hasCome()) {
                throw brokenOff;
            }
        }
    }

    private int wholeDay() throws IOException, InterruptedException {
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

    private static Progress progress() {
        return new Progress(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    }

    private int sell(DayInput input, Path root) throws IOException, InterruptedException {
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        DayDirectory directory = DayDirectory.open(root);
        try (var lock = directory.market().lock()) {
            if (out == null) {
                directory.market().empty();
            }
            return switch (new DayRun(top(), directory, input, seed, progress()).run()) {
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
