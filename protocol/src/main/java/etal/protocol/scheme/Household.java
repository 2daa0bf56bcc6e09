package etal.protocol.scheme;

import java.util.Collections;
import java.util.List;

/**
 * Who lives together, as the rules ask for it; used at once and never stored with an income. Immutable.
 *
 * @param ageYears the age of each person in the month reckoned with, oldest first; 1 to {@link #PERSONS_MAX} of them
 * @param traits ids of the supplements and modulators that hold for it
 */
public record Household(List<Integer> ageYears, List<String> traits) {
    /** The largest household counted. */
    public static final int PERSONS_MAX = 50;

    /** From this age on a person counts as grown up where the rules name no other. */
    public static final int ADULT_YEARS = 18;

    /** Nobody is older. */
    public static final int YEARS_MAX = 130;

    /** Sorts the ages, oldest first. @throws IllegalArgumentException if there is nobody, too many, or an impossible age */
    public Household {
        ageYears = ageYears.stream().sorted(Collections.reverseOrder()).toList();
        traits = List.copyOf(traits);
        if (ageYears.isEmpty() || ageYears.size() > PERSONS_MAX) {
            throw new IllegalArgumentException("persons: 1 to " + PERSONS_MAX);
        }
        if (ageYears.getFirst() > YEARS_MAX || ageYears.getLast() < 0) {
            throw new IllegalArgumentException("age: 0 to " + YEARS_MAX);
        }
    }

    /** So many grown-ups. */
    public static Household ofAdults(int persons) {
        if (persons < 1 || persons > PERSONS_MAX) {
            throw new IllegalArgumentException("persons: 1 to " + PERSONS_MAX);
        }
        return new Household(Collections.nCopies(persons, ADULT_YEARS), List.of());
    }

    /** Grown-ups and children alike. */
    public int persons() {
        return ageYears.size();
    }
}
