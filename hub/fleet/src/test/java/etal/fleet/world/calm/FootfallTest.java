package etal.fleet.world.calm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.market.OwnMarket;
import etal.fleet.market.Visit.Purchase;
import etal.fleet.world.place.FundScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FootfallTest {
    private static final int CUSTOMERS = 2_000;

    private static Footfall footfall(long seed) {
        return new Footfall(new Assortment(OwnMarket.catalogue(), FundScheme.dieulefit()), new SplittableRandom(seed));
    }

    @Test
    void a_customer_comes_every_four_seconds_in_the_mean() {
        Footfall footfall = footfall(1);
        long millis = 0;
        for (int i = 0; i < CUSTOMERS; i++) {
            millis += footfall.pause().toMillis();
        }
        assertEquals(4_000, millis / CUSTOMERS, 200);
    }

    @Test
    void four_in_five_pay_by_card() {
        Footfall footfall = footfall(2);
        int cards = 0;
        for (int i = 0; i < CUSTOMERS; i++) {
            cards += footfall.withCard() ? 1 : 0;
        }
        assertEquals(CUSTOMERS * 4 / 5, cards, CUSTOMERS / 20);
    }

    @Test
    void a_basket_holds_one_to_five_articles_of_its_stall() {
        Footfall footfall = footfall(3);
        for (int i = 0; i < CUSTOMERS; i++) {
            int stall = 2 + i % 7;
            List<Purchase> basket = footfall.basket(stall);
            long articles = basket.stream().mapToLong(Purchase::quantity).sum();
            assertTrue(articles >= 1 && articles <= 5, basket.toString());
            assertTrue(
                    Assortment.of(stall)
                            .containsAll(basket.stream().map(Purchase::product).toList()),
                    basket.toString());
        }
    }

    @Test
    void the_same_seed_brings_the_same_customers() {
        assertEquals(story(footfall(4)), story(footfall(4)));
    }

    private static List<String> story(Footfall footfall) {
        var story = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            story.add(footfall.pause() + " " + footfall.oneOf(List.of(2, 3, 4)) + " " + footfall.basket(2) + " "
                    + footfall.withCard() + " " + footfall.shuffled(List.of(1, 2, 3, 4, 5)));
        }
        return story;
    }
}
