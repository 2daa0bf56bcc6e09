package etal.fleet.cli.sim;

import etal.fleet.world.cards.errand.Errands;
import etal.fleet.world.cards.fault.Fault;
import etal.hub.ingest.Reason;
import etal.protocol.card.StatusWord;
import etal.terminal.card.CardRefusal;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What must have happened in a standard run, or the run says nothing: every kind of fault and errand, every way in which a
 * card or a till refuses, every reason for which the hub lays something aside. The lists are the programs' own enums, so that
 * a new kind is demanded as soon as it is there; what a market of this simulation cannot meet is named here, with the reason.
 */
final class Demanded {
    /** A run of so many seeds is a standard run. */
    static final int STANDARD_SEEDS = 1_000;

    /**
     * Cards of these kinds are not in the simulation: banks' and telephones', foreign and unfinished ones, test cards; and the
     * words that personalisation alone gives. Each has tests of its own at the card, the terminal or the hub.
     */
    private static final Set<String> ELSEWHERE = Set.of();

    private Demanded() {}

    /** What never happened of all that must, by the names under which it is counted. */
    static List<String> missing(Map<String, Long> counts) {
        return all().stream()
                .filter(each -> !ELSEWHERE.contains(each))
                .filter(each -> counts.keySet().stream().noneMatch(counted -> counted.startsWith(each)))
                .toList();
    }

    private static List<String> all() {
        var all = new ArrayList<String>();
        for (Fault fault : Fault.values()) {
            all.add("fault " + fault.words());
        }
        for (Errands errand : Errands.values()) {
            all.add("errand " + errand);
        }
        for (CardRefusal refusal : CardRefusal.values()) {
            all.add("till says card-" + refusal.name().toLowerCase(Locale.ROOT));
        }
        for (Reason reason : Reason.values()) {
            all.add("quarantine " + reason.code());
        }
        Arrays.stream(StatusWord.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .forEach(field -> all.add("card says " + word(field)));
        return all;
    }

    private static String word(Field field) {
        try {
            return String.format(Locale.ROOT, "%04X", field.getInt(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("public fields can be read", e);
        }
    }
}
