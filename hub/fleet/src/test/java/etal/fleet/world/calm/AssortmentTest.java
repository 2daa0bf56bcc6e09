package etal.fleet.world.calm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.market.OwnMarket;
import etal.fleet.market.StallOfTheDay;
import etal.fleet.market.Visit.Purchase;
import etal.fleet.world.place.FundScheme;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.scheme.Household;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssortmentTest {
    private final Catalogue catalogue = OwnMarket.catalogue();
    private final Assortment assortment = new Assortment(catalogue, FundScheme.dieulefit());

    @Test
    void every_stall_has_goods_of_the_catalogue_and_some_the_fund_pays_for() {
        for (StallOfTheDay stall : StallOfTheDay.all()) {
            List<Product> products = assortment.products(stall.number());
            assertTrue(products.size() >= 4, stall.name());
            assertTrue(
                    products.stream().anyMatch(product -> assortment.conventioned(List.of(bought(product)))),
                    stall.name());
        }
    }

    @Test
    void the_visitors_stall_has_all_vegetables_and_fruits_and_something_for_cash() {
        List<String> vegetablesAndFruits = catalogue.products().stream()
                .filter(product -> List.of("legumes", "fruits").contains(product.family()))
                .map(Product::id)
                .toList();
        assertTrue(Assortment.of(1).containsAll(vegetablesAndFruits), vegetablesAndFruits.toString());
        assertFalse(assortment.conventioned(List.of(new Purchase("cabas", 1))));
        assertTrue(Assortment.of(1).contains("cabas"));
    }

    @Test
    void a_card_is_spent_down_to_a_few_euros() {
        long cents = FundScheme.dieulefit().allocation().amountCents(Household.ofAdults(1), YearMonth.of(2025, 4));
        long left = cents;
        for (Purchase purchase : assortment.spending(6, cents, 300)) {
            left -= purchase.quantity()
                    * catalogue.find(purchase.product()).orElseThrow().unitPriceCents();
        }
        assertEquals(400, left);
    }

    @Test
    void with_less_on_the_card_than_is_to_be_left_nothing_is_bought() {
        assertEquals(List.of(), assortment.spending(6, 200, 300));
    }

    private static Purchase bought(Product product) {
        return new Purchase(product.id(), 1);
    }
}
