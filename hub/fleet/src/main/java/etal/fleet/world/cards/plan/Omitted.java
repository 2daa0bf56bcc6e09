package etal.fleet.world.cards.plan;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is left out of a seed's game, so that a failure is told with little beside it: steps, single faults of a step, whole
 * kinds of faults. Immutable.
 *
 * @param steps the last step that is played before the liveness phase
 * @param names in order: {@code 17} a step, {@code 22.1} the first fault of step 22, {@code CARD_TORN} a kind
 */
public record Omitted(int steps, List<String> names) {
    /** Nothing is left out. */
    public static final Omitted NOTHING = new Omitted(Integer.MAX_VALUE, List.of());

    private static final Pattern NAME = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?|[A-Z][A-Z0-9_]{0,60}");

    /** Keeps the names sorted, each once. */
    public Omitted {
        names = List.copyOf(new TreeSet<>(names));
        for (String name : names) {
            if (!isName(name)) {
                throw new IllegalArgumentException(name);
            }
        }
    }

    /** Whether something could be left out by this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Without these as well. */
    public Omitted and(Collection<String> more) {
        var all = new TreeSet<>(names);
        all.addAll(more);
        return new Omitted(steps, List.copyOf(all));
    }

    /** Ending after another step. */
    public Omitted until(int lastStep) {
        return new Omitted(lastStep, names);
    }

    /** The options of the command that leave out the same, each with a blank before it. */
    public String options() {
        return (steps == Integer.MAX_VALUE ? "" : " --until " + steps)
                + (names.isEmpty() ? "" : " --without " + String.join(",", names));
    }

    /** Whether a step is left out. */
    public boolean step(int number) {
        return number > steps || names.contains(Integer.toString(number));
    }

    /** Whether a fault is left out, by its name or its kind. */
    public boolean fault(String name, String kind) {
        return names.contains(name) || names.contains(kind);
    }
}
