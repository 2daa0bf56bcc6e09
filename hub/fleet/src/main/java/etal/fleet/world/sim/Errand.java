package etal.fleet.world.sim;

import etal.terminal.basket.Wanted;
import java.util.List;

/**
 * One basket that somebody wants to pay for.
 *
 * @param key the name under which the till knows it
 * @param basket each product once
 * @param cardCents what the card must pay for it, worked out beforehand
 * @param earnedCents what the card must earn by it
 * @param byTouch whether it is rung up touch by touch, or at once
 * @param deniedFirst whether somebody tries a lost card before the member's own
 */
record Errand(String key, List<Wanted> basket, long cardCents, long earnedCents, boolean byTouch, boolean deniedFirst) {
    /** Salad twice and a picodon are conventioned, the wine is not. */
    static final Errand ONE_PAYMENT = new Errand(
            "b1",
            List.of(new Wanted("salade", 2), new Wanted("picodon", 1), new Wanted("vin rouge", 1)),
            490,
            0,
            false,
            false);
}
