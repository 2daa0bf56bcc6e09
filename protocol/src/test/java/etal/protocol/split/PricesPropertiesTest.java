package etal.protocol.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Seeds;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Tariffs;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for every price asked. */
class PricesPropertiesTest {
    private static final int SEEDS = 5_000;

    private record Case(Scheme scheme, Basket rungUp, Wish wish, long discountCents, Envelope envelope) {
        static Case of(SplittableRandom random) {
            Scheme scheme = RandomSchemes.next(random);
            Basket basket = RandomSales.basket(random);
            return new Case(
                    scheme,
                    basket,
                    RandomSales.wish(random, basket),
                    RandomSales.discount(random, basket),
                    RandomSales.envelope(random));
        }

        Asked asked() {
            return Prices.ask(rungUp, scheme, wish, discountCents, envelope);
        }

        boolean byFund() {
            return scheme.tariffs()
                    .map(tariffs -> tariffs.difference() == Tariffs.Difference.FUND)
                    .orElse(false);
        }
    }

    @Test
    void what_the_buyer_pays_and_what_the_fund_owes_make_the_fair_price_less_the_discount() {
        Seeds.each(SEEDS, random -> {
            Case sale = Case.of(random);
            if (sale.asked() instanceof Asked.At at) {
                Basket basket = at.basket();
                long paid = basket.tariff().map(TariffSide::paidCents).orElse(basket.fairCents());
                assertEquals(paid - sale.discountCents(), basket.totalCents());
                assertEquals(sale.discountCents(), basket.discountCents());
                long fund = basket.tariff().map(TariffSide::fundCents).orElse(0L);
                assertEquals(
                        basket.totalCents() + fund,
                        basket.lines().stream().mapToLong(basket::turnoverCents).sum());
                assertTrue(sale.byFund() || fund == 0, "the fund owes what the shop bears");
            }
        });
    }

    @Test
    void the_fund_never_gives_more_than_the_envelope_has_and_nobody_is_asked_more_for_want_of_it() {
        Seeds.each(SEEDS, random -> {
            Case sale = Case.of(random);
            if (sale.asked() instanceof Asked.At at && at.basket().tariff().isPresent()) {
                TariffSide side = at.basket().tariff().get();
                assertTrue(side.fundCents() <= sale.envelope().leftCents());
                Case rich = new Case(sale.scheme(), sale.rungUp(), sale.wish(), 0, new Envelope(Long.MAX_VALUE));
                long wished = ((Asked.At) rich.asked())
                        .basket()
                        .tariff()
                        .orElseThrow()
                        .paidCents();
                assertTrue(side.paidCents() <= Math.max(side.fairCents(), wished));
                assertTrue(side.paidCents() >= wished);
            }
        });
    }

    @Test
    void a_discount_takes_from_each_line_its_share_to_the_cent_in_both_baskets() {
        Seeds.each(SEEDS, random -> {
            Scheme scheme = RandomSchemes.next(random);
            Basket basket = RandomSales.basket(random);
            long discount = RandomSales.discount(random, basket);
            Asked asked = Prices.ask(basket, scheme, Wish.FAIR, discount, new Envelope(0));
            if (asked instanceof Asked.At at) {
                for (BasketLine line : at.basket().lines()) {
                    double exact = (double) discount * line.fairCents() / Math.max(1, basket.fairCents());
                    assertTrue(Math.abs(line.discountCents() - exact) < 1.0001, line + " of " + discount);
                    assertEquals(line.fairCents() - line.discountCents(), line.priceCents());
                }
            }
        });
    }

    @Test
    void a_free_price_is_asked_to_the_cent_or_refused_with_its_bounds() {
        Seeds.each(SEEDS, random -> {
            Case sale = Case.of(random);
            if (sale.wish() instanceof Wish.Free(long amountCents)) {
                long fair = sale.rungUp().fairCents();
                switch (new Case(sale.scheme(), sale.rungUp(), sale.wish(), 0, new Envelope(Long.MAX_VALUE)).asked()) {
                    case Asked.At at -> assertEquals(amountCents, at.basket().totalCents());
                    case Asked.OutsideFreePrice outside -> {
                        Tariffs tariffs = sale.scheme().tariffs().orElseThrow();
                        assertTrue(amountCents * 100 < fair * tariffs.leastPercent()
                                || amountCents * 100 > fair * tariffs.mostPercent());
                        assertTrue(outside.leastCents() * 100 >= fair * tariffs.leastPercent());
                        assertTrue(outside.mostCents() * 100 <= fair * tariffs.mostPercent());
                    }
                    case Asked.TooDear tooDear -> assertTrue(amountCents > tooDear.mostCents());
                    default ->
                        assertTrue(sale.scheme()
                                .tariffs()
                                .map(tariffs -> !tariffs.freePrice())
                                .orElse(true));
                }
            }
        });
    }
}
