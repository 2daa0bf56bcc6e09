package etal.fleet.world.sim;

import etal.terminal.basket.Wanted;
import java.util.List;

/**
 * One basket that somebody wants to pay for.
 *
 * @param key the name under which the till knows it
 * @param cardCents what the card must pay for it, worked out beforehand
 */
record Errand(String key, List<Wanted> basket, long cardCents) {
    /** Salad twice and a picodon are conventioned, the wine is not. */
    static final Errand ONE_PAYMENT = new Errand(
            "b1", List.of(new Wanted("salade", 2), new Wanted("picodon", 1), new Wanted("vin rouge", 1)), 490);
}
