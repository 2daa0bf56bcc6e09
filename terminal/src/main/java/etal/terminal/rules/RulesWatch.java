package etal.terminal.rules;

import etal.port.Loop;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells when rules may have begun to hold: a document came, its date came, or the clock was set. Used from the loop only.
 */
public final class RulesWatch {
    /** The time of day may be set while the loop only counts: so nobody sleeps longer than this towards a date. */
    private static final Duration AT_MOST = Duration.ofMinutes(1);

    private final RuleBook rules;
    private final Loop loop;
    private final LongSupplier timeMillis;
    private final Runnable onBegin;
    private Loop.@Nullable Timer timer;

    /**
     * A watch that stands still until {@link #look}.
     *
     * @param timeMillis the time an entry written now would bear
     * @param onBegin hears that rules may have begun to hold; called more often than they do
     */
    public RulesWatch(RuleBook rules, Loop loop, LongSupplier timeMillis, Runnable onBegin) {
        this.rules = rules;
        this.loop = loop;
        this.timeMillis = timeMillis;
        this.onBegin = onBegin;
    }

    /** Looks now, and again when the next date comes. */
    public void look() {
        Loop.Timer pending = timer;
        if (pending != null) {
            pending.cancel();
            timer = null;
        }
        onBegin.run();
        long nowMillis = timeMillis.getAsLong();
        OptionalLong next = rules.nextBeginMillis(nowMillis);
        if (next.isPresent()) {
            Duration until = Duration.ofMillis(next.getAsLong() - nowMillis);
            timer = loop.after(until.compareTo(AT_MOST) < 0 ? until : AT_MOST, this::look);
        }
    }
}
