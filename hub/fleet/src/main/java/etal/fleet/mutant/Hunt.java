package etal.fleet.mutant;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks for mutants in one world: seed after seed until the simulation finds something. Each seed is first played with none
 * alive, which must find nothing, and once more after a find, so that nothing is left behind by it. Seeds that never come to
 * the mutant's method go on as if it were not there, and are passed over. For one thread.
 */
final class Hunt {
    private static final long STEPS_TIMES = 5;
    private static final long STEPS_MORE = 5_000;

    private final World world;
    private final Map<Game, Map<Long, World.Played>> unchanged = new EnumMap<>(Game.class);

    Hunt(World world) {
        this.world = world;
    }

    /** What came of it. */
    sealed interface Verdict {
        /** The simulation found it. */
        record Caught(Game game, long seed, String sentence) implements Verdict {}

        /** It was alive in so many seeds that come to its method, in so many its place was reached, and nothing was found. */
        record Survived(long seeds, long reached) implements Verdict {}

        /** The simulation finds something without any mutant: it can judge nothing. */
        record Unsound(Game game, long seed, String sentence) implements Verdict {}
    }

    /** Looks for that mutant. */
    Verdict look(int number, List<Game> games) {
        long played = 0;
        long reached = 0;
        for (Game game : games) {
            for (long seed = 1; seed <= game.seedsMost(); seed++) {
                World.Played without = unchanged(game, seed);
                if (!without.wrong().isEmpty()) {
                    return new Verdict.Unsound(game, seed, without.wrong().getFirst());
                }
                if (without.asked().get(number)) {
                    long most = without.steps() * STEPS_TIMES + STEPS_MORE;
                    World.Played with = world.play(game.name(), seed, number, most);
                    played++;
                    reached += with.reached() ? 1 : 0;
                    if (with.reached() && !with.wrong().isEmpty()) {
                        return caught(game, seed, with.wrong().getFirst());
                    }
                }
            }
        }
        return new Verdict.Survived(played, reached);
    }

    private Verdict caught(Game game, long seed, String sentence) {
        World.Played without = world.play(game.name(), seed, Live.NONE, Long.MAX_VALUE);
        return without.wrong().isEmpty()
                ? new Verdict.Caught(game, seed, sentence)
                : new Verdict.Unsound(game, seed, without.wrong().getFirst());
    }

    /** The seed without any mutant, played once. */
    private World.Played unchanged(Game game, long seed) {
        return unchanged
                .computeIfAbsent(game, each -> new TreeMap<>())
                .computeIfAbsent(seed, each -> world.play(game.name(), each, Live.NONE, Long.MAX_VALUE));
    }
}
