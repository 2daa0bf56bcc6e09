package etal.fleet.cli.sim;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One kind of simulation, played seed by seed. Thread-safe: each seed is a world of its own. */
interface Game {
    /** Plays one seed. */
    Played play(long seed);

    /**
     * Tells a failure with as little beside it as can be: the same seed, ever more of it left out, as long as it fails.
     *
     * @param failed what {@link #play} gave for it
     * @param progress hears how it goes
     * @return what is left, failing too, and how that is replayed
     */
    default Played shrunken(long seed, Played failed, Consumer<String> progress) {
        return failed;
    }

    /**
     * What one seed led to.
     *
     * @param replay the options that play it again, the seed left out
     * @param trace a hash over all that happened
     * @param counts how often what was done and went wrong
     * @param simulatedSeconds how much time passed in it
     */
    record Played(
            String replay,
            String trace,
            List<String> violations,
            List<String> story,
            Map<String, Long> counts,
            long simulatedSeconds) {
        boolean failed() {
            return !violations.isEmpty();
        }
    }
}
