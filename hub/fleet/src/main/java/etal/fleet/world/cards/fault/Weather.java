package etal.fleet.world.cards.fault;

import etal.fleet.world.cards.plan.Omitted;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How often what goes wrong, drawn from the seed: some faults never happen in a seed, so that others are seen alone. It may
 * be calmed for ever or for a while. Each step of a game has dice of its own, so that what is left out of one step changes
 * no draw of the others. Not thread-safe.
 */
public final class Weather {
    private static final int CALM_SEED_ONE_IN = 16;
    private static final int ABSENT_ONE_IN = 4;

    private final Map<Fault, Integer> permille = new EnumMap<>(Fault.class);
    private final Omitted omitted;
    private final Map<String, String> fired = new LinkedHashMap<>();
    private SplittableRandom dice;
    private int step;
    private int firedInStep;
    private int rarer = 1;
    private boolean calm;

    /** Drawn from {@code dice}, which also decide what happens until the first step. */
    public Weather(SplittableRandom dice, Omitted omitted) {
        this.dice = dice;
        this.omitted = omitted;
        boolean calmSeed = dice.nextInt(CALM_SEED_ONE_IN) == 0;
        for (Fault fault : Fault.values()) {
            boolean absent = calmSeed | dice.nextInt(ABSENT_ONE_IN) == 0;
            int drawn = 1 + dice.nextInt(fault.permilleMost());
            permille.put(fault, absent ? 0 : drawn);
        }
    }

    /** Everything happens so many times more rarely than was drawn. */
    public void rarer(int times) {
        rarer = times;
    }

    /** From now on {@code stepDice} decide. */
    public void step(int number, SplittableRandom stepDice) {
        step = number;
        firedInStep = 0;
        dice = stepDice;
    }

    /** The faults that happened, each as {@link Omitted} names it, in order, with its kind. */
    public Map<String, String> fired() {
        return new LinkedHashMap<>(fired);
    }

    /** Whether it happens now. */
    public boolean brings(Fault fault) {
        return brings(fault, 1);
    }

    /** Whether it happens now, so many times as likely as elsewhere. */
    public boolean brings(Fault fault, int times) {
        int odds = permille.getOrDefault(fault, 0) * times;
        if (calm || odds == 0 || dice.nextInt(1_000 * rarer) >= odds) {
            return false;
        }
        firedInStep++;
        String name = step + "." + firedInStep;
        if (omitted.fault(name, fault.name())) {
            return false;
        }
        fired.put(name, fault.name());
        return true;
    }

    /** A number from 0 to below {@code bound}, of the faults' own dice. */
    public int draw(int bound) {
        return dice.nextInt(bound);
    }

    /** From now on nothing goes wrong, or again as before. */
    public void calm(boolean on) {
        calm = on;
    }

    /** Whether nothing goes wrong now. */
    public boolean calm() {
        return calm;
    }
}
