package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.split.Wish;
import etal.protocol.sync.Document;
import etal.protocol.sync.Topics;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Details;
import etal.terminal.basket.Terms;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Prices that buyers choose, labels and bonus at the till. Cheese is 4.50 and covered, wine 12.00 and not. */
class ChosenPriceTest {
    private static final String THREE_PRICES = """
            tariffs:
              kind: choices
              choices:
                - { id: accessible, name: Prix accessible, percent: 60, gesture: bille bleue }
                - { id: juste, name: Prix juste, percent: 100 }
                - { id: solidaire, name: Prix solidaire, percent: 120 }
              difference: fund
              envelopePerDay: 10

            bonus:
              percent: 50
              labels: [bio]
              capPerPerson: 25

            card:
            """;
    private static final Wanted CHEESE = new Wanted("cheese", 2);
    private static final Wanted WINE = new Wanted("wine", 1);
    private static final Terms ACCESSIBLE = new Terms(new Wish.Choice("accessible"), 0);

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    ChosenPriceTest() {
        rules(2, THREE_PRICES);
    }

    private void rules(long version, String tariffs) {
        String yaml = SchemeFile.dieulefit()
                .replaceFirst("(?m)^version: .*$", "version: " + version)
                .replace("\ncard:\n", "\n" + tariffs);
        byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
        market.link.deliver(Topics.doc(1, "scheme", version), fund.document(Document.SCHEME, version, content));
        byte[] list = new Catalogue(List.of(
                        new Product("cheese", "Picodon", "laitier", 450, 55, 100, List.of("bio")),
                        new Product("wine", "Clairette de Die", "alcool", 1_200, 200, 0)))
                .encode();
        market.link.deliver(Topics.doc(1, "catalogue", version), fund.document(Document.CATALOGUE, version, list));
        market.loop.runUntilIdle();
    }

    private TillBasket ring(String key, Terms terms, Wanted... wanted) {
        return TestTill.basket(market.stall().ringUp(key, List.of(wanted), false, terms));
    }

    private Body.Sale lastSale() {
        return market.bodies(Body.Sale.class).getLast();
    }

    private String refused(String key, Terms terms) {
        return assertInstanceOf(Answer.Refused.class, market.stall().ringUp(key, List.of(CHEESE), false, terms))
                .why()
                .key();
    }

    @Test
    void a_price_chosen_without_a_card_stands_in_the_sale_for_the_pooled_fund() {
        TillBasket basket = ring("b1", ACCESSIBLE, CHEESE);
        assertEquals(540, basket.basket().totalCents(), "60 % of 9.00");
        TillBasket paid = TestTill.basket(market.stall().cash("b1"));
        assertEquals(BasketState.PAID, paid.state());
        assertEquals(540, paid.cashCents());
        assertEquals(new PriceChosen("accessible", 900, 540), lastSale().price());
        assertEquals(List.of(), lastSale().lines());
    }

    @Test
    void at_the_fair_price_the_fund_sees_nothing_of_a_sale_in_cash() {
        ring("b1", new Terms(new Wish.Choice("juste"), 0), CHEESE);
        TestTill.basket(market.stall().cash("b1"));
        assertNull(lastSale().price());
    }

    @Test
    void the_card_pays_its_part_of_what_is_asked_and_earns_its_bonus_at_once() throws Exception {
        TestCard card = new TestCard(fund.card(1, earning(), TestFund.APRIL + 24));
        ring("b1", ACCESSIBLE, CHEESE, WINE);
        TestTill.basket(market.stall().awaitCard("b1"));
        market.tap(card);
        TillBasket paid = market.look("b1");
        // Asked: 5.40 of cheese, 7.20 of wine; fair 21.00, paid 12.60. Organic: 50 % of 5.40.
        assertEquals(540, paid.cardCents());
        assertEquals(720, paid.cashCents());
        assertEquals(new PriceChosen("accessible", 2_100, 1_260), lastSale().price());
        assertEquals(
                List.of(new FundedLine("laitier", 2, 540, 55, 100, List.of("bio"))),
                lastSale().lines());
        CardRecord record =
                CardRecord.decode(Objects.requireNonNull(lastSale().card()).record());
        assertEquals(new Deltas(-540, 270, -270), record.deltas());
        assertEquals(new Balances(14_460, 270, 2_230), record.after());
    }

    private static Entitlement earning() {
        return new Entitlement(
                TestFund.ALLOCATION_CENTS,
                2_500,
                Balances.PURSE_MAX,
                Entitlement.EVERYWHERE,
                TestFund.APRIL,
                TestFund.APRIL + 11,
                0,
                1);
    }

    @Test
    void the_envelope_of_the_day_is_kept_over_a_pulled_plug_and_beyond_it_the_fair_price_holds() {
        ring("b1", ACCESSIBLE, CHEESE, WINE);
        TestTill.basket(market.stall().cash("b1"));
        market.restart();
        // 8.40 of 10.00 are given: 1.60 are left for the 3.60 that the next basket could take off.
        assertEquals(740, ring("b2", ACCESSIBLE, CHEESE).basket().totalCents());
        TestTill.basket(market.stall().cash("b2"));
        assertEquals(new PriceChosen("accessible", 900, 740), lastSale().price());
        assertEquals(900, ring("b3", ACCESSIBLE, CHEESE).basket().totalCents());
        market.clock.advance(Duration.ofDays(1));
        market.loop.runUntilIdle();
        assertEquals(540, ring("b4", ACCESSIBLE, CHEESE).basket().totalCents());
    }

    @Test
    void a_basket_whose_reduction_another_one_has_taken_is_shown_anew_before_it_is_paid() {
        ring("b1", ACCESSIBLE, CHEESE, WINE);
        ring("b2", ACCESSIBLE, CHEESE);
        TestTill.basket(market.stall().cash("b1"));
        TillBasket shown = TestTill.basket(market.stall().cash("b2"));
        assertEquals(BasketState.OPEN, shown.state());
        assertEquals("price-changed", shown.said().key());
        assertEquals(740, shown.basket().totalCents());
        assertEquals(1, market.bodies(Body.Sale.class).size());
        assertEquals(
                BasketState.PAID, TestTill.basket(market.stall().cash("b2")).state());
    }

    @Test
    void a_choice_can_be_made_anew_and_stays_when_goods_come_and_go() {
        ring("b1", Terms.PLAIN, CHEESE);
        assertEquals(
                1_080,
                TestTill.basket(market.stall().choose("b1", new Wish.Choice("solidaire")))
                        .basket()
                        .totalCents());
        TillBasket more = TestTill.basket(market.stall().ringOne("b1", "wine", true));
        assertEquals(2_520, more.basket().totalCents(), "120 % of 21.00");
        TillBasket less = TestTill.basket(market.stall().ringOne("b1", "cheese", false));
        assertEquals(1_980, less.basket().totalCents(), "120 % of 16.50");
        TestTill.basket(market.stall().cash("b1"));
        assertEquals(new PriceChosen("solidaire", 1_650, 1_980), lastSale().price());
    }

    @Test
    void a_discount_is_taken_off_both_baskets() {
        TillBasket basket = ring("b1", new Terms(Wish.FAIR, 210), CHEESE, WINE);
        // 2.10 off 9.00 + 12.00: 0.90 and 1.20.
        assertEquals(810, basket.basket().conventionedCents());
        assertEquals(1_080, basket.basket().otherCents());
        market.restart();
        assertEquals(basket.basket(), market.look("b1").basket());
    }

    @Test
    void a_wish_that_the_rules_do_not_know_is_refused_by_its_word() {
        assertEquals("no-such-tariff", refused("b1", new Terms(new Wish.Choice("gratuit"), 0)));
        assertEquals("no-free-price", refused("b1", new Terms(new Wish.Free(500), 0)));
        assertEquals("discount-too-high", refused("b1", new Terms(Wish.FAIR, 901)));
        rules(3, """
                tariffs:
                  kind: freePrice
                  least: 50
                  most: 150
                  difference: shop
                  envelopePerDay: 0

                card:
                """);
        assertEquals("outside-free-price", refused("b1", new Terms(new Wish.Free(449), 0)));
        assertEquals(
                500,
                ring("b1", new Terms(new Wish.Free(500), 0), CHEESE).basket().totalCents());
        TestTill.basket(market.stall().cash("b1"));
        assertNull(lastSale().price(), "the shop bears it: the fund sees nothing");
    }

    @Test
    void details_keep_what_was_asked_and_those_of_before_read_as_they_did() throws Exception {
        TillBasket basket = ring("b1", ACCESSIBLE, CHEESE, WINE);
        Details details = new Details(basket.basket(), 540, 720);
        assertEquals(details, Details.decode(details.encode()));
        Details plain = new Details(ring("b2", Terms.PLAIN, WINE).basket(), 0, 1_200);
        assertArrayEquals(plain.encode(), Details.decode(plain.encode()).encode());
        assertEquals(plain, Details.decode(plain.encode()));
    }
}
