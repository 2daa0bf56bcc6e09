package etal.fleet.timing;

import java.util.EnumMap;
import java.util.Map;

/** Times by what they are spent on, in nanoseconds. Immutable. */
public final class Breakdown {
    /** No time at all. */
    public static final Breakdown NONE = new Breakdown(new EnumMap<>(Part.class));

    private final Map<Part, Long> nanos;

    private Breakdown(Map<Part, Long> nanos) {
        this.nanos = nanos;
    }

    /** Only this. */
    public static Breakdown of(Part part, long nanos) {
        return NONE.with(part, nanos);
    }

    /** That much more of it. */
    public Breakdown with(Part part, long moreNanos) {
        Map<Part, Long> sum = new EnumMap<>(Part.class);
        sum.putAll(nanos);
        sum.merge(part, moreNanos, Math::addExact);
        return new Breakdown(sum);
    }

    /** Both together. */
    public Breakdown plus(Breakdown other) {
        Breakdown sum = this;
        for (Map.Entry<Part, Long> entry : other.nanos.entrySet()) {
            sum = sum.with(entry.getKey(), entry.getValue());
        }
        return sum;
    }

    /** What was spent on it, 0 if nothing. */
    public long nanos(Part part) {
        return nanos.getOrDefault(part, 0L);
    }

    /** All of it. */
    public long totalNanos() {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }
}
