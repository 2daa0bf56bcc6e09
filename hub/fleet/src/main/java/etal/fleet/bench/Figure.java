package etal.fleet.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * One result of a bench, as a line of JSON.
 *
 * @param name what was measured, words joined by dots, lower-case
 * @param value what came out
 * @param unit of value, baseline and goal
 * @param baseline a bare operation within the same run; null where there is none to compare with
 * @param goal what the value must not exceed; null for information only
 */
public record Figure(
        String name,
        BigDecimal value,
        String unit,
        @Nullable BigDecimal baseline,
        @Nullable BigDecimal goal) {
    private static final long NANOS_A_MICRO = 1_000;
    private static final int RATIO_DIGITS = 2;

    /** Milliseconds, to a hundredth. */
    static Figure millis(String name, long nanos, @Nullable Long baselineNanos, @Nullable Integer goalMillis) {
        return new Figure(
                name,
                millis(nanos),
                "ms",
                baselineNanos == null ? null : millis(baselineNanos),
                goalMillis == null ? null : BigDecimal.valueOf(goalMillis));
    }

    /** Nanoseconds as milliseconds, to a hundredth. */
    public static BigDecimal millis(long nanos) {
        return BigDecimal.valueOf(nanos / NANOS_A_MICRO, 3).setScale(2, RoundingMode.HALF_EVEN);
    }

    /** Value over baseline; null without one, or where it is nothing. */
    public @Nullable BigDecimal ratio() {
        BigDecimal bare = baseline;
        return bare == null || bare.signum() == 0 ? null : value.divide(bare, RATIO_DIGITS, RoundingMode.HALF_EVEN);
    }

    /** Whether no goal is missed. */
    public boolean ok() {
        BigDecimal most = goal;
        return most == null || value.compareTo(most) <= 0;
    }

    /** One object, its fields always all there and in this order. */
    public String json() {
        return "{\"name\":\"" + name + "\",\"value\":" + value.toPlainString() + ",\"unit\":\"" + unit
                + "\",\"baseline\":" + plain(baseline) + ",\"ratio\":" + plain(ratio()) + ",\"goal\":" + plain(goal)
                + ",\"ok\":" + ok() + "}";
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "null" : number.toPlainString();
    }
}
