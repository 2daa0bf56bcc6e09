package etal.fleet.world.open;

import etal.fleet.market.Household;
import etal.protocol.scheme.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The members of the open demo, numbered from 1 in this order.
 *
 * @param strolling who buy at the calm market
 * @param full whose cards lie beside the till one after the other, as each is spent
 * @param nearlyEmpty likewise, of the cards that are nearly empty
 * @param denied whose card the fund has denied
 */
record Members(List<Household> strolling, List<Household> full, List<Household> nearlyEmpty, Household denied) {
    private static final int STROLLING = 120;
    private static final int FULL = 8;
    private static final int NEARLY_EMPTY = 8;
    /** Two persons: 150 euros a month under the rules of Dieulefit. */
    private static final int PERSONS_FULL = 2;

    private static final int PERSONS_NEARLY_EMPTY = 1;

    /** The members under that scheme; incomes and sizes follow from the seed. */
    static Members of(Scheme scheme, long seed) {
        var random = new SplittableRandom(seed);
        var strolling = new ArrayList<Household>();
        for (int number = 1; number <= STROLLING; number++) {
            strolling.add(Household.drawn(number, scheme, random));
        }
        int number = STROLLING;
        var full = new ArrayList<Household>();
        for (int i = 0; i < FULL; i++) {
            full.add(Household.of(++number, PERSONS_FULL, scheme, random));
        }
        var nearlyEmpty = new ArrayList<Household>();
        for (int i = 0; i < NEARLY_EMPTY; i++) {
            nearlyEmpty.add(Household.of(++number, PERSONS_NEARLY_EMPTY, scheme, random));
        }
        return new Members(
                List.copyOf(strolling),
                List.copyOf(full),
                List.copyOf(nearlyEmpty),
                Household.of(++number, PERSONS_FULL, scheme, random));
    }

    /** All of them, by number. */
    List<Household> all() {
        var all = new ArrayList<>(strolling);
        all.addAll(full);
        all.addAll(nearlyEmpty);
        all.add(denied);
        return List.copyOf(all);
    }

    /** The numbers of those whose cards the fund has denied. */
    Set<Integer> deniedNumbers() {
        return Set.of(denied.number());
    }
}
