package etal.protocol.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Schemes;
import etal.protocol.scheme.Tariffs;
import etal.protocol.scheme.Tariffs.Choice;
import etal.protocol.scheme.Tariffs.Difference;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices that are chosen, reckoned by hand: money.md, postings 7a and 7b. */
class PricesTableTest {
    private static final PointOfSale STALL = new PointOfSale(3, "123456782");
    private static final Envelope WIDE = new Envelope(100_000);

    private static Scheme with(Tariffs tariffs) {
        Scheme base = Schemes.dieulefit();
        return new Scheme(
                base.id(),
                base.fund(),
                base.name(),
                base.version(),
                base.holdsFrom(),
                base.zone(),
                base.unit(),
                base.parity(),
                base.allocation(),
                base.contribution(),
                base.commitment(),
                base.convention(),
                base.bonus(),
                Optional.of(tariffs),
                new CardRules(
                        150_000, base.card().spendingOrder(), base.card().carryOver(), 0, 1, Balances.PURSE_MAX, 366),
                base.admission(),
                base.funding(),
                List.of());
    }

    private static Scheme threePrices(Difference difference, Tariffs.FixedPrice... fixed) {
        List<Choice> choices = List.of(
                new Choice("accessible", "Accessible", 65, "bille bleue", false),
                new Choice("juste", "Juste", 100, "bille verte", false),
                new Choice("solidaire", "Solidaire", 125, "bille jaune", false));
        return with(new Tariffs(choices, false, 0, 0, difference, 10_000, List.of(fixed)));
    }

    private static Scheme freePrice(Difference difference) {
        return with(new Tariffs(List.of(), true, 50, 200, difference, 10_000, List.of()));
    }

    /** Lines named a, b, c, wholly covered, but those with a minus: not at all. */
    private static Basket basket(String prices) {
        String[] each = prices.split(" ");
        return new Basket(IntStream.range(0, each.length)
                .mapToObj(at -> new BasketLine(
                        "abcdef".substring(at, at + 1),
                        "N",
                        "legumes",
                        1,
                        Math.abs(Long.parseLong(each[at])),
                        55,
                        each[at].startsWith("-") ? 0 : 100))
                .toList());
    }

    private static String prices(Basket basket) {
        return String.join(
                " ", basket.lines().stream().map(line -> "" + line.priceCents()).toList());
    }

    private static Basket asked(Basket basket, Scheme scheme, Wish wish, long discountCents, long leftCents) {
        return assertInstanceOf(
                        Asked.At.class, Prices.ask(basket, scheme, wish, discountCents, new Envelope(leftCents)))
                .basket();
    }

    @ParameterizedTest
    @CsvSource({
        // prices, choice, discount, left in the envelope -> prices asked, fair, paid, owed by the fund
        // money.md 7a: fair 20, paid 13: the fund owes 7
        "2000,          accessible,   0, 10000, 1300,         2000, 1300,  700",
        // money.md 7b: fair 20, paid 25: the seller owes 5
        "2000,          solidaire,    0,     0, 2500,         2000, 2500, -500",
        "2000,          juste,        0,     0, 2000,         2000, 2000,    0",
        // 65 % of 333 = 216.45, of 10 = 6.5 (half to even: 6), of 30 = 19.5 (20): line by line
        "333 10 30,     accessible,   0, 10000, 216 6 20,      373,  242,  131",
        // 4.00 left of 7.00: 3.00 go back onto the line
        "2000,          accessible,   0,   400, 1600,         2000, 1600,  400",
        // reductions 350, 175, 175 = 700, 400 left: 300 go back as 150, 75, 75
        "1000 500 500,  accessible,   0,   400, 800 400 400,  2000, 1600,  400",
        // reductions 35, 35, 35 = 105, 5 left: 100 go back as 34, 33, 33 (33.3 each; the first by name gets the cent)
        "100 100 100,   accessible,   0,     5, 99 98 98,      300,  295,    5",
        // nothing left: the fair price
        "2000,          accessible,   0,     0, 2000,         2000, 2000,    0",
        // discount 1.30 off 13.00, in both baskets: 65 off each 6.50
        "1000 -1000,    accessible, 130, 10000, 585 585,      2000, 1300,  700",
        // the surplus is not the seller's to give: 200 off 20.00, shared by the fair prices, 100 off each
        "1000 1000,     solidaire,  200,     0, 1150 1150,    2000, 2500, -500",
    })
    void prices_are_asked_as_reckoned_by_hand(
            String prices, String choice, long discount, long left, String asked, long fair, long paid, long fund) {
        Basket basket = asked(basket(prices), threePrices(Difference.FUND), new Wish.Choice(choice), discount, left);
        assertEquals(asked, prices(basket));
        assertEquals(Optional.of(new TariffSide(choice, fair, paid, fund)), basket.tariff());
        assertEquals(
                fund == 0 ? Optional.empty() : Optional.of(new PriceChosen(choice, fair, paid)),
                basket.tariff().flatMap(TariffSide::forLedger));
    }

    @Test
    void the_seller_books_the_fair_price_whoever_pays_it() {
        Basket accessible =
                asked(basket("2000"), threePrices(Difference.FUND), new Wish.Choice("accessible"), 100, 10_000);
        assertEquals(1_200, accessible.totalCents());
        assertEquals(1_900, accessible.turnoverCents(accessible.lines().getFirst()));
        Basket solidarity = asked(basket("2000"), threePrices(Difference.FUND), new Wish.Choice("solidaire"), 0, 0);
        assertEquals(2_000, solidarity.turnoverCents(solidarity.lines().getFirst()));
        assertEquals(500, solidarity.tariff().orElseThrow().surplusCents());
    }

    @Test
    void where_the_shop_bears_it_the_fund_owes_nothing_and_the_shop_books_what_it_asks() {
        Basket basket = asked(basket("2000"), threePrices(Difference.SHOP), new Wish.Choice("accessible"), 0, 0);
        assertEquals(1_300, basket.totalCents());
        assertEquals(0, basket.tariff().orElseThrow().fundCents());
        assertTrue(basket.tariff().orElseThrow().forLedger().isEmpty());
        assertEquals(1_300, basket.turnoverCents(basket.lines().getFirst()));
    }

    @Test
    void a_fixed_price_holds_whatever_the_percentage() {
        Scheme scheme = threePrices(Difference.FUND, new Tariffs.FixedPrice("accessible", "b", 100));
        assertEquals("650 100", prices(asked(basket("1000 500"), scheme, new Wish.Choice("accessible"), 0, 10_000)));
        assertEquals("1000 500", prices(asked(basket("1000 500"), scheme, new Wish.Choice("juste"), 0, 0)));
    }

    @Test
    void the_card_pays_of_what_is_asked_and_the_fund_the_rest() {
        Scheme scheme = threePrices(Difference.FUND);
        Basket basket = asked(basket("1000 -1000"), scheme, new Wish.Choice("accessible"), 0, 10_000);
        Plan plan = Split.split(basket, scheme, STALL, CardState.of(new Balances(20_000, 0, 0)));
        // 6.50 of each line is asked; the card pays the covered one, the fund owes 7.00.
        assertEquals(650, plan.cardCents());
        assertEquals(650, plan.cashCents());
        assertEquals(new Deltas(-650, 0, 0), plan.deltas());
        assertEquals(700, plan.tariff().orElseThrow().fundCents());
    }

    @Test
    void a_free_price_is_shared_over_the_lines() {
        // 10.00 for 5.00 + 3.33 + 3.34 = 11.67: 428.45, 285.35, 286.20: the cent left over goes to the first
        Basket basket = asked(basket("500 333 334"), freePrice(Difference.SHOP), new Wish.Free(1_000), 0, 0);
        assertEquals("429 285 286", prices(basket));
        assertEquals(
                new TariffSide(PriceChosen.FREE, 1_167, 1_000, 0),
                basket.tariff().orElseThrow());
        // 50 to 200 % of 11.67: from 5.835, so 5.84, to 23.34
        assertEquals(
                new Asked.OutsideFreePrice(584, 2_334),
                Prices.ask(basket, freePrice(Difference.SHOP), new Wish.Free(583), 0, WIDE));
        assertEquals(
                new Asked.OutsideFreePrice(584, 2_334),
                Prices.ask(basket, freePrice(Difference.SHOP), new Wish.Free(2_335), 0, WIDE));
        assertEquals(
                584,
                asked(basket, freePrice(Difference.SHOP), new Wish.Free(584), 0, 0)
                        .totalCents());
    }

    @Test
    void a_wish_that_cannot_be_met_is_refused_by_its_word() {
        Basket basket = basket("1000");
        assertEquals(
                new Asked.NoSuchChoice("bleu"),
                Prices.ask(basket, threePrices(Difference.FUND), new Wish.Choice("bleu"), 0, WIDE));
        assertEquals(
                new Asked.NoSuchChoice("juste"),
                Prices.ask(basket, Schemes.dieulefit(), new Wish.Choice("juste"), 0, WIDE));
        assertEquals(
                new Asked.NoFreePrice(),
                Prices.ask(basket, threePrices(Difference.FUND), new Wish.Free(1_000), 0, WIDE));
        assertEquals(new Asked.DiscountTooHigh(1_000), Prices.ask(basket, Schemes.dieulefit(), Wish.FAIR, 1_001, WIDE));
        assertEquals(new Asked.DiscountTooHigh(1_000), Prices.ask(basket, Schemes.dieulefit(), Wish.FAIR, -1, WIDE));
        assertEquals(
                new Asked.TooDear(Split.LINE_MAX_CENTS),
                Prices.ask(basket("2000000000"), threePrices(Difference.SHOP), new Wish.Choice("solidaire"), 0, WIDE));
    }

    @Test
    void the_envelope_of_a_day_is_what_was_voted_less_what_was_used() {
        Tariffs tariffs = threePrices(Difference.FUND).tariffs().orElseThrow();
        assertEquals(new Envelope(9_300), Envelope.of(tariffs, 700));
        assertEquals(new Envelope(0), Envelope.of(tariffs, 10_700));
    }
}
