package etal.protocol.draw;

import etal.protocol.scheme.Household;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A household that asks to come in. Immutable; an income is never part of it.
 *
 * @param id under which it is drawn and published; not a name
 * @param adults grown-ups, with the children 1 to {@link Household#PERSONS_MAX}
 * @param childrenYears the age of each child on the day of the draw
 * @param contributionCents what it would pay a month
 * @param group for which places may be kept; empty if none
 * @param traits ids of the supplements that hold for it
 */
public record Candidate(
        String id, int adults, List<Integer> childrenYears, long contributionCents, String group, List<String> traits) {
    /** What a grown-up counts as where the rules go by age: nobody's own age, so that none has to be asked for. */
    public static final int ADULT_YEARS = 40;

    /** Takes its own copies of the lists. */
    public Candidate {
        childrenYears = List.copyOf(childrenYears);
        traits = List.copyOf(traits);
    }

    /** Who lives there, as the rules ask for it; the ages stay those of the day of the draw. */
    public Household household() {
        return household(adults, childrenYears, traits);
    }

    static Household household(int adults, List<Integer> childrenYears, List<String> traits) {
        List<Integer> ageYears = new ArrayList<>(Collections.nCopies(adults, ADULT_YEARS));
        ageYears.addAll(childrenYears);
        return new Household(ageYears, traits);
    }

    /** The household as the projection of the reserve counts it. */
    public Projection.Payer payer() {
        return new Projection.Payer(household(), contributionCents);
    }
}
