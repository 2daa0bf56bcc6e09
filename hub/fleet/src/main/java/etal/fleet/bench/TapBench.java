package etal.fleet.bench;

import etal.edge.speech.Speech;
import etal.fleet.timing.Breakdown;
import etal.fleet.timing.Chip;
import etal.fleet.timing.Chips;
import etal.fleet.timing.Pn532;
import etal.fleet.timing.TapTime;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code etal bench tap}: the time in the field, worked out by {@link TapTime} from taps that were made, and the terminal's
 * own share of them, measured.
 */
public final class TapBench {
    /** So many payments are measured, unless asked otherwise. */
    public static final int PAYMENTS = 2_000;

    private static final int WARM_UP = 400;
    private static final int SHARE_GOAL_MILLIS = 15;

    private final Path directory;
    private final Consumer<String> progress;
    private final Speech speech;

    /**
     * A bench that keeps its files below an empty directory.
     *
     * @param progress hears a sentence now and then
     */
    public TapBench(Path directory, Speech speech, Consumer<String> progress) {
        this.directory = directory;
        this.speech = speech;
        this.progress = progress;
    }

    /** The scenarios as they were made, and their time by parts on a chip and a line. */
    public Map<Scenario, Payment> scenarios() throws StorageFailed {
        return run(runs -> runs.scenarios());
    }

    /**
     * All figures, each handed on as soon as it is known.
     *
     * @param payments how many are measured for the terminal's own share
     */
    public void run(int payments, Consumer<Figure> out) throws StorageFailed {
        run(runs -> {
            say("bench-tap-shares", payments);
            TapRuns.Shares shares = runs.shares(WARM_UP, payments);
            out.accept(share("tap.share.p50", shares, 50, null));
            out.accept(share("tap.share.p99", shares, 99, SHARE_GOAL_MILLIS));
            say("bench-tap-scenarios");
            Map<Scenario, Payment> made = runs.scenarios();
            for (Chip chip : Chips.all()) {
                for (Pn532 reader : List.of(Pn532.FAST, Pn532.SLOW)) {
                    made.forEach((scenario, payment) -> out.accept(inField(scenario, payment, chip, reader)));
                }
            }
            say("bench-tap-held-up");
            out.accept(Figure.millis(
                    "tap.share.printer-and-link-held-up",
                    runs.heldUp().percentile(100),
                    shares.own().percentile(99),
                    SHARE_GOAL_MILLIS));
            return out;
        });
    }

    private static Figure inField(Scenario scenario, Payment payment, Chip chip, Pn532 reader) {
        Breakdown time = TapTime.of(payment.exchanges(), chip, reader, payment.fieldNanos());
        boolean held = chip == Chips.J3R180 && reader.equals(Pn532.FAST);
        return Figure.millis(
                "tap." + scenario.id() + "." + chip.name() + "." + reader.baud(),
                time.totalNanos(),
                null,
                held ? scenario.goalMillis() : null);
    }

    private static Figure share(
            String name, TapRuns.Shares shares, int percent, @org.jspecify.annotations.Nullable Integer goalMillis) {
        return Figure.millis(
                name, shares.own().percentile(percent), shares.bare().percentile(percent), goalMillis);
    }

    private void say(String key, Object... arguments) {
        progress.accept(speech.speak(Said.of(key, arguments)));
    }

    private interface Work<T> {
        T on(TapRuns runs) throws StorageFailed, CardGone, ReaderBroken;
    }

    private <T> T run(Work<T> work) throws StorageFailed {
        try {
            return work.on(new TapRuns(directory));
        } catch (Malformed | CardGone | ReaderBroken broken) {
            throw new IllegalStateException("the virtual card or its fund is broken", broken);
        }
    }
}
