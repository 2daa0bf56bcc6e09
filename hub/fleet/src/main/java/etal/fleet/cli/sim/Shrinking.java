package etal.fleet.cli.sim;

import etal.fleet.world.cards.CardMarket;
import etal.fleet.world.cards.plan.Omitted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Leaves ever more out of a seed that fails, as long as it fails in the same kind of way: later errands, then all faults of a
 * kind, then errands, then single faults; in halves, quarters and so on (delta debugging, Zeller and Hildebrandt 2002). How
 * many games it plays is bounded, and not how long, so that everybody gets the same story. One failure, one object.
 */
final class Shrinking {
    private static final int GAMES_MOST = 200;
    /** A number, perhaps signed, a basket's name, an id in hexadecimal; not an account. */
    private static final Pattern NUMBER = Pattern.compile("(?<!account )(?<![0-9A-Za-z])-?[0-9a-f]*\\d[0-9a-f]*\\b");

    private final Function<Omitted, CardMarket.Outcome> game;
    private final Consumer<String> progress;
    private Set<String> kinds = Set.of();
    private int games;

    Shrinking(Function<Omitted, CardMarket.Outcome> game, Consumer<String> progress) {
        this.game = game;
        this.progress = progress;
    }

    /** What is left out, and what comes of the rest, which fails. */
    record Shrunken(Omitted omitted, CardMarket.Outcome outcome) {}

    /** The smallest found; {@code start} must fail. */
    Shrunken of(Omitted start) {
        Shrunken best = new Shrunken(start, game.apply(start));
        kinds = kinds(best.outcome());
        progress.accept("shrinking: " + best.outcome().steps() + " errands, "
                + best.outcome().fired().size() + " faults");
        best = earlier(best);
        best = without(
                best, new ArrayList<>(new TreeSet<>(best.outcome().fired().values())));
        best = without(
                best,
                IntStream.rangeClosed(1, best.outcome().steps())
                        .mapToObj(Integer::toString)
                        .toList());
        best = without(best, List.copyOf(best.outcome().fired().keySet()));
        progress.accept("shrunken in " + games + " games");
        return best;
    }

    /** Its violations but for the numbers in them: which card, which stall, and how many cents may change. */
    private static Set<String> kinds(CardMarket.Outcome outcome) {
        var kinds = new TreeSet<String>();
        outcome.violations().forEach(violation -> kinds.add(kind(violation)));
        return kinds;
    }

    /** What an account's number names is no number; what has no digit stays as it is. */
    static String kind(String violation) {
        return NUMBER.matcher(violation).replaceAll("#");
    }

    /** Still failing, in one of the ways of before, without more; empty when not, or enough was played. */
    private Optional<Shrunken> still(Omitted omitted) {
        if (games >= GAMES_MOST) {
            return Optional.empty();
        }
        games++;
        CardMarket.Outcome outcome = game.apply(omitted);
        return Collections.disjoint(kinds, kinds(outcome))
                ? Optional.empty()
                : Optional.of(new Shrunken(omitted, outcome));
    }

    /** Ending after as few errands as it takes; by halves. */
    private Shrunken earlier(Shrunken first) {
        Shrunken best = first;
        int enough = first.outcome().steps();
        int tooFew = 0;
        while (enough - tooFew > 1) {
            int middle = (enough + tooFew) / 2;
            Optional<Shrunken> found = still(best.omitted().until(middle));
            best = found.orElse(best);
            enough = found.isPresent() ? middle : enough;
            tooFew = found.isPresent() ? tooFew : middle;
        }
        return best;
    }

    /** Without as many of these names as can be: first all, then parts that get smaller. */
    private Shrunken without(Shrunken first, List<String> names) {
        Shrunken best = first;
        List<String> left = new ArrayList<>(names);
        for (int size = left.size(); size >= 1; size /= 2) {
            List<String> kept = new ArrayList<>();
            for (int at = 0; at < left.size(); at += size) {
                List<String> part = left.subList(at, Math.min(left.size(), at + size));
                Optional<Shrunken> found = still(best.omitted().and(part));
                best = found.orElse(best);
                kept.addAll(found.isPresent() ? List.of() : part);
            }
            left = kept;
        }
        return best;
    }
}
