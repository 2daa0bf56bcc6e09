package etal.terminal.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.terminal.basket.Tender;
import etal.terminal.basket.TillBasket;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a producer types: weights, amounts, prices, discounts, tenders. */
class PadsTest extends OpenTill {
    @Test
    void a_weighed_article_asks_for_its_weight_and_costs_the_price_of_a_kilogram_times_it() throws Exception {
        String pad = get("/?pad=weight&product=carrots");
        assertTrue(pad.contains("Carottes") && shows(pad, "3,20"), pad);

        String ticket = type("weigh", "product", "carrots", "digits", "750");

        assertTrue(shows(ticket, "2,40"), ticket);
        assertTrue(ticket.contains("0,750\u00A0kg"), ticket);
        assertTrue(ticket.contains("id=\"room\""), "the tiles come back in the place of the pad");
        assertTrue(shows(type("weigh", "product", "carrots", "digits", "1,5"), "7,20"), "each weighing is a line");
    }

    @Test
    void what_lies_on_the_scale_stands_on_the_pad_and_can_be_typed_over() throws Exception {
        onScale = OptionalLong.of(352);
        String pad = get("/?pad=weight&product=carrots");
        assertTrue(pad.contains("value=\"352\""), pad);
        assertTrue(pad.contains("pesé par la balance"), pad);
        assertTrue(shows(type("weigh", "product", "carrots", "digits", "352"), "1,13"));

        onScale = OptionalLong.empty();
        String empty = get("/?pad=weight&product=carrots");
        assertFalse(empty.contains("pesé par la balance"), "a scale that moves or is silent offers nothing");
    }

    @Test
    void a_weight_rounds_half_a_cent_to_the_even_neighbour() throws Exception {
        type("weigh", "product", "carrots", "digits", "1,000");
        type("line", "line", "0", "product", "carrots", "digits", "3,50", "as", "price");

        String ticket = type("line", "line", "0", "product", "priced:carrots", "digits", "130", "as", "quantity");

        assertEquals(46, inHand().basket().totalCents(), ticket);
    }

    @Test
    void what_does_not_read_changes_nothing_and_says_what_to_type() throws Exception {
        touch("ring", "cheese");
        for (String wrong : List.of("", "-1", "abc", "1,2345", "99999999", "1.2.3")) {
            String ticket = type("weigh", "product", "carrots", "digits", wrong);
            assertTrue(ticket.contains("notice warn") && ticket.contains("Tapez un poids"), wrong + ticket);
            assertFalse(ticket.contains("id=\"room\""), "the pad stays");
        }
        assertEquals(450, inHand().basket().totalCents());
        assertTrue(touch("ring", "carrots").contains("tapez le poids"));
        assertTrue(type("weigh", "product", "cheese", "digits", "750").contains("à la pièce"));
    }

    @Test
    void an_amount_of_a_family_is_covered_as_the_least_covered_of_its_products() throws Exception {
        type("amount", "digits", "4,20", "as", "legumes");
        type("amount", "digits", "3,00", "as", "alcool");
        type("deposit", "digits", "0,50");

        assertEquals(420, inHand().basket().conventionedCents());
        assertEquals(350, inHand().basket().otherCents());
        assertTrue(type("amount", "digits", "4,20", "as", "nonsense").contains("Famille de produits inconnue"));
    }

    @Test
    void a_new_article_is_covered_by_its_family_and_not_at_all_in_a_new_one() throws Exception {
        type("article", "name", "Panais", "family", "Légumes", "digits", "2,00", "vat", "5,5");
        assertEquals(200, inHand().basket().conventionedCents());

        type("article", "name", "Bougie", "family", "bougies", "digits", "8,00", "vat", "20");
        assertEquals(800, inHand().basket().otherCents());
        assertEquals(200, inHand().basket().lines().getLast().vatPermille());
        assertTrue(type("article", "name", "", "family", "x", "digits", "8", "vat", "20")
                .contains("Donnez un nom"));
        assertTrue(type("article", "name", "a", "family", "x", "digits", "8", "vat", "ten")
                .contains("TVA"));
    }

    @Test
    void a_line_takes_another_quantity_another_price_and_goes() throws Exception {
        touch("ring", "cheese");
        type("line", "line", "0", "product", "cheese", "digits", "4", "as", "quantity");
        assertEquals(1_800, inHand().basket().totalCents());

        type("line", "line", "0", "product", "cheese", "digits", "4,00", "as", "price");
        assertEquals(1_600, inHand().basket().totalCents());
        assertEquals(1_600, inHand().basket().conventionedCents(), "the price is the stall's, the cover the fund's");
        touch("ring", "cheese");
        assertEquals(2_050, inHand().basket().totalCents(), "one more is at the list's price, on a line of its own");

        assertTrue(type("line", "line", "0", "product", "wine", "as", "remove").contains("plus dans le panier"));
        type("line", "line", "0", "product", "priced:cheese", "as", "remove");
        assertEquals(450, inHand().basket().totalCents());
    }

    @Test
    void a_discount_is_an_amount_or_a_percentage_and_can_be_taken_back() throws Exception {
        touch("ring", "cheese");
        touch("ring", "wine");

        type("discount", "digits", "10", "as", "percent");
        assertEquals(1_485, inHand().basket().totalCents());
        type("discount", "digits", "1,65", "as", "amount");
        assertEquals(1_485, inHand().basket().totalCents());
        assertTrue(type("discount", "digits", "99,00", "as", "amount").contains("La remise va de"));
        type("discount", "as", "none");
        assertEquals(1_650, inHand().basket().totalCents());
    }

    @Test
    void the_card_pays_no_more_than_its_member_lets_it() throws Exception {
        touch("ring", "cheese");
        touch("ring", "wine");
        String ticket = type("most", "digits", "2,00", "as", "most");
        assertTrue(shows(ticket, "2,00") && shows(ticket, "14,50"), ticket);

        touch("card");
        market.tap(card(10_000));

        assertEquals(200, inHand().cardCents());
        assertEquals(1_450, inHand().cashCents());
    }

    @Test
    void the_rest_is_paid_in_several_means_and_change_is_given_back() throws Exception {
        touch("ring", "cheese");
        touch("ring", "wine");
        type("tender", "digits", "5,00", "as", "cheque");
        type("tender", "digits", "3,00", "as", "meal-voucher");
        assertTrue(type("tender", "digits", "99,00", "as", "bank-card").contains("16,50"));

        touch("card");
        market.tap(card(10_000));

        TillBasket paid = inHand();
        assertEquals(1_200, paid.cashCents());
        assertEquals(
                List.of(new Tender(Tender.Means.CHEQUE, 500), new Tender(Tender.Means.MEAL_VOUCHER, 300)),
                paid.paying().tenders());
        assertTrue(shows(get("/"), "4,00"), "what is left to collect");
        assertTrue(shows(type("change", "digits", "20"), "16,00"));
        assertTrue(shows(type("change", "digits", "1"), "3,00"));
    }

    @Test
    void tenders_that_leave_nothing_for_the_card_are_named_before_it_is_awaited() throws Exception {
        touch("ring", "cheese");
        touch("ring", "wine");
        type("tender", "digits", "13,00", "as", "bank-card");

        assertTrue(touch("card").contains("La carte ne laisse que 12,00"));
        type("tender", "as", "none");
        type("tender", "as", "bank-card");
        assertEquals(1_200, inHand().paying().tenderedCents(), "without an amount all that the card leaves");
        assertEquals("awaiting-card", state(touch("card")));
    }

    @Test
    void two_amounts_and_a_tap_are_a_sale_for_those_who_keep_a_till_of_their_own() throws Exception {
        assertEquals("awaiting-card", state(type("card-alone", "digits", "12,50", "other", "3,00")));

        market.tap(card(10_000));

        assertEquals(1_250, inHand().cardCents());
        assertEquals(300, inHand().cashCents());
        assertEquals("awaiting-card", state(type("card-alone", "digits", "2", "other", "")));
        assertEquals("awaiting-card", state(type("card-alone", "digits", "7", "other", "")), "typed again");
        assertEquals(700, inHand().basket().totalCents());
    }

    @Test
    void what_was_typed_is_there_after_a_pulled_plug() throws Exception {
        type("weigh", "product", "carrots", "digits", "750");
        type("most", "digits", "1,00", "as", "most");
        type("tender", "digits", "0,40", "as", "cheque");
        off();
        market.restart();
        on();

        TillBasket again = inHand();
        assertEquals(320, again.basket().lines().getFirst().perKiloCents());
        assertEquals(100, again.paying().cardMostCents().getAsLong());
        assertEquals(40, again.paying().tenderedCents());
    }

    private TillBasket inHand() throws Exception {
        return market.till().baskets().newest("touch-").orElseThrow();
    }
}
