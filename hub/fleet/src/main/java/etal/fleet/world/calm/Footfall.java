package etal.fleet.world.calm;

import etal.fleet.market.Visit.Purchase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Who comes next, after how long, and with what in the basket; all of it follows from the seed. For one thread. */
final class Footfall {
    /** Pauses are spread evenly between these: a sale every four seconds in the mean. */
    private static final int PAUSE_MILLIS_MIN = 1_500;

    private static final int PAUSE_MILLIS_MAX = 6_500;
    private static final int ARTICLES_MAX = 5;

    private final Assortment assortment;
    private final SplittableRandom random;

    Footfall(Assortment assortment, SplittableRandom random) {
        this.assortment = assortment;
        this.random = random;
    }

    /** How long nobody comes. */
    Duration pause() {
        return Duration.ofMillis(random.nextInt(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX + 1));
    }

    /** One of these. */
    <T> T oneOf(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    /** Whether this customer is a member who pays by card: four in five. */
    boolean withCard() {
        return random.nextInt(5) > 0;
    }

    /** One to five articles of what the stall sells, small baskets more often than big ones. */
    List<Purchase> basket(int stall) {
        List<String> table = Assortment.of(stall);
        int articles = 1 + Math.min(random.nextInt(ARTICLES_MAX), random.nextInt(ARTICLES_MAX));
        Map<String, Long> quantities = new LinkedHashMap<>();
        for (int i = 0; i < articles; i++) {
            quantities.merge(oneOf(table), 1L, Long::sum);
        }
        var purchases = new ArrayList<Purchase>();
        quantities.forEach((product, quantity) -> purchases.add(new Purchase(product, quantity)));
        return List.copyOf(purchases);
    }

    /** Whether the fund pays for any of it. */
    boolean conventioned(List<Purchase> purchases) {
        return assortment.conventioned(purchases);
    }

    /** The same in another order. */
    <T> List<T> shuffled(List<T> several) {
        var others = new ArrayList<>(several);
        for (int i = others.size() - 1; i > 0; i--) {
            Collections.swap(others, i, random.nextInt(i + 1));
        }
        return others;
    }
}
