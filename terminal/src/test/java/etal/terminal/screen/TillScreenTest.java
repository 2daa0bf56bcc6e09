package etal.terminal.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.printer.Printer;
import etal.protocol.card.Entitlement;
import etal.protocol.ledger.Body;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.sync.Document;
import etal.protocol.sync.Topics;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The till's screen as a browser sees it, on a till whose plug can be pulled. */
class TillScreenTest extends OpenTill {
    private void plugPulledAndIn() throws Exception {
        web.close();
        market.restart();
        on();
    }

    @Test
    void there_is_a_tile_for_each_product_that_was_chosen_and_is_sold() throws Exception {
        String page = get("/");

        assertTrue(page.contains("value=\"cheese\""));
        assertTrue(page.contains("value=\"wine\""));
        assertFalse(page.contains("value=\"milk\""));
        assertFalse(page.contains("no such thing"));
        assertEquals("empty", state(page));
    }

    @Test
    void what_the_printer_lacks_stands_above_the_baskets_and_stops_no_sale() throws Exception {
        touch("ring", "cheese");
        market.printer.state(Printer.State.NO_PAPER);
        assertTrue(get("/").contains("Plus de papier"), get("/"));
        assertEquals("paid", state(touch("cash")));
        assertTrue(post("/till/receipt", "").contains("Plus de papier"));
        market.printer.state(Printer.State.READY);
        String printed = post("/till/receipt", "");
        assertFalse(printed.contains("Plus de papier"), printed);
        market.printer.lose(true);
        assertTrue(get("/").contains("du ticket n° 1 s"), get("/"));
    }

    @Test
    void both_baskets_grow_with_each_touch_and_shrink_again() throws Exception {
        touch("ring", "cheese");
        touch("ring", "wine");
        String grown = touch("ring", "cheese");

        assertTrue(shows(grown, "9,00"), grown);
        assertTrue(shows(grown, "12,00"), grown);
        assertTrue(shows(grown, "21,00"), grown);
        assertTrue(shows(touch("less", "cheese"), "16,50"));
        touch("less", "cheese");
        assertEquals("abandoned", state(touch("less", "wine")));
        assertEquals("open", state(touch("ring", "wine")));
    }

    @Test
    void a_card_pays_what_the_fund_pays_for_and_the_rest_is_collected() throws Exception {
        touch("ring", "cheese");
        touch("ring", "wine");
        assertEquals("awaiting-card", state(touch("card")));
        market.tap(card(10_000));

        String paid = get("/");
        assertEquals("paid", state(paid));
        assertTrue(shows(paid, "4,50") && shows(paid, "12,00"), paid);
        assertEquals("empty", state(touch("next")));
    }

    @Test
    void prices_to_choose_are_buttons_of_one_look_that_name_the_gesture() throws Exception {
        assertFalse(touch("ring", "cheese").contains("/till/price"), "these rules have no prices to choose");
        String yaml = SchemeFile.dieulefit()
                .replaceFirst("(?m)^version: .*$", "version: 2")
                .replace("\ncard:\n", """

                        tariffs:
                          kind: choices
                          choices:
                            - { id: accessible, name: Prix accessible, percent: 60, gesture: bille bleue }
                            - { id: juste, name: Prix juste, percent: 100, gesture: bille verte }
                          difference: fund
                          envelopePerDay: 10

                        card:
                        """);
        byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
        market.link.deliver(Topics.doc(1, "scheme", 2), fund.document(Document.SCHEME, 2, content));
        market.loop.runUntilIdle();

        String offered = get("/");
        assertTrue(
                offered.contains(
                        "<button class=\"choice\" name=\"choice\" value=\"accessible\" title=\"Prix accessible\""
                                + " aria-pressed=\"false\">bille bleue</button>"),
                offered);
        assertTrue(offered.contains("value=\"juste\" title=\"Prix juste\" aria-pressed=\"true\""), offered);
        String chosen = post("/till/price", "choice=accessible");
        assertTrue(shows(chosen, "2,70"), chosen);
        assertTrue(chosen.contains("value=\"accessible\" title=\"Prix accessible\" aria-pressed=\"true\""), chosen);
    }

    @Test
    void after_a_card_that_is_not_taken_another_one_pays_without_a_further_touch() throws Exception {
        touch("ring", "cheese");
        touch("card");
        market.tap(new TestCard(
                fund.card(2, Entitlement.monthly(900, TestFund.APRIL, TestFund.APRIL + 1, 1), TestFund.APRIL - 1)));
        String refused = get("/");
        assertEquals("refused", state(refused));
        assertTrue(refused.contains("Ou présentez une autre carte"), refused);

        market.tap(card(10_000));
        assertEquals("paid", state(get("/")));
    }

    @Test
    void after_a_pulled_plug_the_basket_is_as_it_was() throws Exception {
        touch("ring", "cheese");
        String before = touch("ring", "wine");
        plugPulledAndIn();

        String after = get("/");
        assertEquals("open", state(after));
        assertTrue(shows(after, "16,50") && shows(before, "16,50"));
        assertTrue(shows(touch("ring", "cheese"), "21,00"), "the same basket goes on");
    }

    @Test
    void after_a_pulled_plug_the_sale_just_made_still_shows_until_the_next_customer() throws Exception {
        touch("ring", "cheese");
        touch("cash");
        plugPulledAndIn();
        assertEquals("paid", state(get("/")));

        touch("next");
        plugPulledAndIn();
        assertEquals("empty", state(get("/")));
    }

    @Test
    void a_payment_in_doubt_is_found_again_and_the_same_card_decides_it() throws Exception {
        TestCard card = card(10_000);
        touch("ring", "cheese");
        touch("card");
        card.answerLost(TestCard.DEBIT);
        market.tap(card);
        assertEquals("in-doubt", state(get("/")));
        plugPulledAndIn();

        assertEquals("in-doubt", state(get("/")));
        assertTrue(touch("ring", "wine").contains("Un paiement est en cours"));
        market.tap(card);
        assertEquals("paid", state(get("/")));
        assertEquals(1, market.bodies(Body.Sale.class).size());
    }

    @Test
    void while_one_payment_is_in_doubt_the_next_customer_is_served() throws Exception {
        TestCard card = card(10_000);
        touch("ring", "cheese");
        touch("card");
        card.goneBefore(TestCard.DEBIT);
        market.tap(card);

        String waiting = touch("next");
        assertEquals("empty", state(waiting));
        assertTrue(waiting.contains("En attente de la carte"), waiting);
        touch("ring", "wine");
        assertEquals("paid", state(touch("cash")));
        Matcher parked = Pattern.compile("name=\"key\" value=\"([^\"]+)\"").matcher(get("/"));
        assertTrue(parked.find());
        assertEquals("in-doubt", state(post("/till/take", "key=" + parked.group(1))));
    }

    @Test
    void what_is_changed_while_a_card_is_awaited_is_not_paid_by_that_card() throws Exception {
        touch("ring", "cheese");
        touch("card");
        assertEquals("open", state(touch("ring", "cheese")));
        market.tap(card(10_000));

        assertEquals("open", state(get("/")));
        touch("card");
        assertEquals("open", state(touch("reopen")));
    }

    @Test
    void a_wish_that_cannot_be_has_its_sentence_on_the_screen_and_changes_nothing() throws Exception {
        touch("ring", "wine");
        assertTrue(touch("card").contains("Rien dans ce panier"));
        assertTrue(touch("ring", "<b>salsify</b>").contains("&lt;b&gt;salsify&lt;/b&gt;"));
        assertTrue(touch("receipt").contains("pas payé"));
        assertTrue(shows(get("/"), "12,00"));
        assertEquals(
                400,
                client.send(form("/till/ring", "other=1"), BodyHandlers.ofString())
                        .statusCode());
        touch("next");
        assertEquals("empty", state(touch("cash")));
    }

    @Test
    void what_was_said_stays_when_the_page_renews_itself_until_something_else_is_done() throws Exception {
        touch("ring", "wine");
        assertTrue(touch("card").contains("Rien dans ce panier"));
        assertTrue(get("/").contains("Rien dans ce panier"));
        touch("cash");
        assertFalse(get("/").contains("Rien dans ce panier"));
        assertTrue(touch("receipt").contains("Le ticket"));
        assertTrue(get("/").contains("Le ticket"));
        touch("next");
        assertFalse(get("/").contains("Le ticket"));
    }

    @Test
    void a_sale_just_made_is_cancelled_from_its_ticket_with_the_same_card() throws Exception {
        touch("ring", "cheese");
        touch("ring", "wine");
        touch("card");
        TestCard card = card(10_000);
        market.tap(card);
        assertTrue(get("/").contains("Annuler cette vente"));

        String waiting = touch("cancel");
        assertEquals("awaiting-cancel", state(waiting));
        assertTrue(waiting.contains("Présentez la même carte"), waiting);
        assertEquals("paid", state(touch("keep")));
        touch("cancel");
        market.tap(new TestCard(fund.card(2)));
        assertTrue(get("/").contains("Ce panier attend une autre carte"), get("/"));
        market.tap(card);

        String done = get("/");
        assertEquals("cancelled", state(done));
        assertTrue(done.contains("Vente annulée") && shows(done, "4,50") && shows(done, "12,00"), done);
        assertTrue(touch("receipt").contains("Le ticket"));
        assertEquals("empty", state(touch("next")));
        assertTrue(get("/?lang=en").contains("Touch an article"), get("/?lang=en"));
    }

    @Test
    void a_line_is_corrected_by_cancelling_the_sale_and_ringing_up_the_rest_of_it_again() throws Exception {
        touch("ring", "cheese");
        touch("ring", "wine");
        touch("card");
        TestCard card = card(10_000);
        market.tap(card);
        touch("cancel");
        market.tap(card);
        assertTrue(get("/").contains("Reprendre ces articles"));

        String again = touch("again");
        assertEquals("open", state(again));
        assertTrue(shows(again, "16,50"), again);
        touch("less", "wine");
        touch("card");
        market.tap(card);

        String paid = get("/");
        assertEquals("paid", state(paid));
        assertTrue(shows(paid, "4,50") && !shows(paid, "16,50"), paid);
        assertTrue(shows(get("/till/balance"), "95,50"), "what the card holds");
        assertEquals(2, market.bodies(Body.Sale.class).size());
        assertEquals(1, market.bodies(Body.Cancellation.class).size());
        assertEquals("paid", state(touch("again")), "a sale that stands is not rung up twice");
    }

    @Test
    void a_cancellation_in_doubt_lets_the_next_customer_be_served() throws Exception {
        touch("ring", "cheese");
        touch("card");
        TestCard card = card(10_000);
        market.tap(card);
        touch("cancel");
        card.answerLost(0x1A);
        market.tap(card);

        assertEquals("cancel-in-doubt", state(get("/")));
        String next = touch("next");
        assertTrue(next.contains("Annulation en attente"), next);
        touch("ring", "wine");
        assertEquals("paid", state(touch("cash")));
        market.tap(card);
        assertEquals(1, market.bodies(Body.Cancellation.class).size());
    }

    @Test
    void a_browser_without_script_is_led_back_to_the_page() throws Exception {
        HttpRequest plain = HttpRequest.newBuilder(at("/till/ring"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("product=cheese"))
                .build();
        HttpResponse<String> answer = client.send(plain, BodyHandlers.ofString());

        assertEquals(303, answer.statusCode());
        assertEquals("/", answer.headers().firstValue("Location").orElseThrow());
        assertTrue(shows(get("/"), "4,50"));
    }

    @Test
    void every_screen_that_looks_on_hears_of_a_change() throws Exception {
        String page = get("/");
        Matcher version = VERSION.matcher(page);
        assertTrue(version.find());
        touch("ring", "cheese");

        assertEquals("open", state(get("/till/live?after=" + version.group(1))));
    }

    @Test
    void the_lamp_says_since_when_there_is_no_network() throws Exception {
        assertFalse(get("/").contains("Hors ligne"));
        market.link.down();
        market.loop.advance(Duration.ofSeconds(2));

        assertTrue(get("/").contains("Hors ligne depuis 14:00"), get("/"));
        assertTrue(get("/?lang=en").contains("Offline since 14:00"));
    }

    @Test
    void english_is_one_click_away() throws Exception {
        touch("ring", "cheese");
        String english = get("/?lang=en");

        assertTrue(english.contains("The card pays up to"));
        assertTrue(english.contains("€4.50"));
        assertTrue(english.contains(">Français</a>"));
        assertTrue(post("/till/ring", "product=cheese&lang=en").contains("€9.00"));
        assertTrue(get("/till/live?lang=en").contains("€9.00"));
    }
}
