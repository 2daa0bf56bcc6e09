package etal.fleet.bench.process;

import etal.edge.speech.Speech;
import etal.fleet.bench.Figure;
import etal.fleet.bench.SaleRuns;
import etal.fleet.world.place.Progress;
import etal.port.StorageFailed;
import etal.protocol.Said;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * {@code etal bench terminal}: what a till takes of a small machine, with the virtual machine set as the package for the
 * Raspberry Pi sets it.
 */
public final class TillBench {
    /** So many sales are made before its memory is looked at, unless asked otherwise. */
    public static final int SALES = 1_000;

    private static final BigDecimal MEMORY_GOAL_MEGABYTES = BigDecimal.valueOf(128);
    private static final BigDecimal IDLE_GOAL_PERCENT = BigDecimal.ONE;
    private static final long KILOBYTES = 1_024;
    private static final int IDLE_SECONDS = 60;
    private static final int STARTS = 5;

    private final Path top;
    private final Path house;
    private final Path directory;
    private final Speech speech;
    private final Progress progress;

    /**
     * A bench that keeps its files below an empty directory.
     *
     * @param top the project's folder
     * @param house the finished build
     * @param progress is told a sentence now and then
     */
    public TillBench(Path top, Path house, Path directory, Speech speech, Progress progress) {
        this.top = top;
        this.house = house;
        this.directory = directory;
        this.speech = speech;
        this.progress = progress;
    }

    /** All figures, each handed on as soon as it is known. */
    public void run(int sales, Consumer<Figure> out) throws IOException, InterruptedException, StorageFailed {
        say("bench-till-sale");
        out.accept(SaleRuns.sale(Files.createDirectory(directory.resolve("sale"))));
        say("bench-till-sales", sales);
        Path market = directory.resolve("market");
        BusyStall busy;
        try (var stall = new BusyStall(top, house, market, sales, progress)) {
            busy = stall;
            stall.sell(sales);
            long pid = stall.stall().process().pid();
            say("bench-till-idle", IDLE_SECONDS);
            out.accept(idle(pid, stall.stall().client().base()));
            out.accept(new Figure(
                    "terminal.memory.peak",
                    BigDecimal.valueOf(ProcFile.peakKilobytes(pid))
                            .divide(BigDecimal.valueOf(KILOBYTES), 1, RoundingMode.HALF_UP),
                    "MB",
                    null,
                    MEMORY_GOAL_MEGABYTES));
        }
        starts(busy.till(), busy.cache(), out);
    }

    /** The share of one processor that it takes while nobody touches it; one screen looks on, as in a kiosk. */
    private static Figure idle(long pid, String base) throws IOException, InterruptedException {
        try (var visitor = new Onlooker(base)) {
            visitor.look();
            long before = ProcFile.cpuHundredths(pid);
            long begin = System.nanoTime();
            waitFor(IDLE_SECONDS);
            BigDecimal spent = BigDecimal.valueOf(ProcFile.cpuHundredths(pid) - before, 2);
            BigDecimal passed = BigDecimal.valueOf(System.nanoTime() - begin, 9);
            BigDecimal percent = spent.movePointRight(2).divide(passed, 2, RoundingMode.HALF_UP);
            return new Figure("terminal.idle.cpu", percent, "%", null, IDLE_GOAL_PERCENT);
        }
    }

    private static void waitFor(int seconds) throws InterruptedException {
        try {
            new CompletableFuture<Void>().get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException over) {
            return;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("nothing was to happen", impossible);
        }
    }

    private void starts(PackagedTill till, Path cache, Consumer<Figure> out) throws IOException, InterruptedException {
        say("bench-till-starts", STARTS);
        Path none = directory.resolve("no.aot");
        long[] plain = new long[STARTS];
        long[] cached = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            plain[i] = till.firstScreenNanos(none);
            cached[i] = till.firstScreenNanos(cache);
        }
        out.accept(new Figure("terminal.first-screen", millis(cached), "ms", millis(plain), null));
    }

    /** The median. */
    private static BigDecimal millis(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return Figure.millis(sorted[sorted.length / 2]);
    }

    private void say(String key, Object... arguments) {
        progress.say(speech.speak(Said.of(key, arguments)));
    }
}
