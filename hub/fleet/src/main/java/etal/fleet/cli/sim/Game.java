package etal.fleet.cli.sim;

import java.util.List;
import java.util.Map;

/** One kind of simulation, played seed by seed. Thread-safe: each seed is a world of its own. */
interface Game {
    /** The name of it after {@code --only}, with the sizes that are not the usual ones: how a seed is replayed. */
    String replay();

    /** Plays one seed. */
    Played play(long seed);

    /**
     * What one seed led to.
     *
     * @param trace a hash over all that happened
     * @param counts how often what was done and went wrong
     * @param simulatedSeconds how much time passed in it
     */
    record Played(
            String trace,
            List<String> violations,
            List<String> story,
            Map<String, Long> counts,
            long simulatedSeconds) {}
}
