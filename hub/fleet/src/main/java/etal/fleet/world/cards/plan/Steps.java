package etal.fleet.world.cards.plan;

import java.util.SplittableRandom;

/**
 * The steps of a seed's safety phase, one errand each. What a step draws follows from the seed and its number alone, so that
 * a step that is left out changes no draw of the others. Not thread-safe.
 */
public final class Steps {
    private static final int TAPS_LEAST = 20;
    private static final int TAPS_MOST = 100;
    /** Where hardly any errand lays a card down the game ends all the same. */
    private static final int STEPS_A_TAP = 4;

    private static final int RUSH_LEAST = 6;
    private static final int RUSH_MOST = 24;

    /** An odd number, and not the one by which a SplittableRandom goes from draw to draw. */
    private static final long APART = 0xD1342543DE82EF95L;

    /** Another one: what stalls practise is drawn beside all else, so that a market without it stays what it was. */
    private static final long PRACTISING = 0xAEF17502108EF2D9L;

    private static final int MARKETS_THAT_PRACTISE_ONE_IN = 4;
    private static final int STEPS_A_TRAINING = 15;

    private final long key;
    private final Omitted omitted;
    private final MarketSize size;
    private final int taps;
    private final int rush;
    private int number;
    private SplittableRandom own;

    /** Before the first step; how many taps and how long a rush is, where that is not given, is drawn. */
    public Steps(MarketSize size, SplittableRandom dice, Omitted omitted) {
        this.key = dice.nextLong();
        this.omitted = omitted;
        this.size = size;
        int drawn = TAPS_LEAST + dice.nextInt(TAPS_MOST - TAPS_LEAST + 1);
        this.taps = size.taps() == 0 ? drawn : size.taps();
        this.rush = RUSH_LEAST + dice.nextInt(RUSH_MOST - RUSH_LEAST + 1);
        this.own = dice;
    }

    /** Goes on to the next step; false when the phase is over. */
    public boolean next(long tapsSoFar) {
        boolean over = size.days() == 0
                ? tapsSoFar >= taps || number >= (long) taps * STEPS_A_TAP
                : number >= (long) size.days() * size.errandsADay();
        if (over || number >= omitted.steps()) {
            return false;
        }
        number++;
        own = new SplittableRandom(key ^ number * APART);
        return true;
    }

    /** The step's number, from 1. */
    public int number() {
        return number;
    }

    /** Whether this step is left out. */
    public boolean omitted() {
        return omitted.step(number);
    }

    /** By which faults happen in this step. */
    public SplittableRandom weatherDice() {
        return own.split();
    }

    /** By which people decide in this step. */
    public SplittableRandom peopleDice() {
        return own.split();
    }

    /** By which sticks are carried after this step; asked for last, so that it changes no other draw. */
    public SplittableRandom carriersDice() {
        return own.split();
    }

    /** Whether a stall practises before this step: at one market in four, and never in a season. */
    public boolean practises() {
        boolean here = new SplittableRandom(key ^ PRACTISING).nextInt(MARKETS_THAT_PRACTISE_ONE_IN) == 0;
        return here && !season() && practiceDice().nextInt(STEPS_A_TRAINING) == 0;
    }

    /** By which people decide when they practise; apart from the step's own dice, which they leave as they are. */
    public SplittableRandom practiceDice() {
        return new SplittableRandom(key ^ number * PRACTISING);
    }

    /** Whether the market is over for the day after this step. */
    public boolean endsRush() {
        return size.days() == 0 ? own.nextInt(rush) == 0 : number % size.errandsADay() == 0;
    }

    /** Whether this is a season, of one market each day. */
    public boolean season() {
        return size.days() > 0;
    }

    /** The day of the season that this step belongs to, from 1. */
    public int day() {
        return (number - 1) / size.errandsADay() + 1;
    }
}
