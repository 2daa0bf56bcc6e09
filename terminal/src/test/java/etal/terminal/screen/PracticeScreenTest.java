package etal.terminal.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.web.WebServer;
import etal.protocol.ledger.Body;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Training as its beginner sees it: begun with open eyes, marked everywhere, on paper too, ended by one touch. */
class PracticeScreenTest extends OpenTill {
    private static final String FRENCH = "ÉCOLE – rien n'est vendu";
    private static final String ENGLISH = "TRAINING – nothing is sold";
    private static final List<String> PAGES =
            List.of("/", "/?pad=amount", "/till/day", "/till/known", "/till/practice");

    /** As a plain form is sent, and answered by the way to go on. */
    private String sent(String path, String form) throws Exception {
        HttpResponse<Void> answer = client.send(form(path, form), BodyHandlers.discarding());
        assertEquals(303, answer.statusCode());
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private void begin() throws Exception {
        assertEquals("/", sent("/till/practice/begin", "read=yes"));
        assertTrue(market.till().practice().on());
    }

    private static boolean says(String page, String words) {
        return page.replace("&#39;", "'").replace("&#34;", "\"").contains(words);
    }

    @Test
    void every_page_says_in_words_that_nothing_is_sold_in_both_languages_and_none_does_before_or_after()
            throws Exception {
        for (String page : PAGES) {
            assertFalse(says(get(page), FRENCH), page);
        }
        begin();
        for (String page : PAGES) {
            assertTrue(says(get(page), FRENCH), page);
            String english = get(page + (page.contains("?") ? "&" : "?") + "lang=en");
            assertTrue(says(english, ENGLISH), page);
        }
        assertTrue(get("/").contains("<title>ÉCOLE ·"), "the tab says it too");
        sent("/till/practice/end", "");
        for (String page : PAGES) {
            assertFalse(says(get(page), FRENCH), page);
        }
    }

    @Test
    void a_screen_that_looks_on_gets_the_mark_with_the_tickets_next_version() throws Exception {
        String before = get("/");
        assertTrue(before.contains("<div id=\"school\" class=\"school\"></div>"), before);
        assertTrue(before.contains("<div hidden data-into=\"school\"></div>"), before);
        begin();

        assertTrue(says(get("/till/live?after=-1"), FRENCH));
    }

    @Test
    void it_begins_only_when_its_beginner_has_read_what_it_means() throws Exception {
        assertEquals("/till/practice?said=unread", sent("/till/practice/begin", ""));
        assertFalse(market.till().practice().on());
        assertTrue(says(get("/till/practice?said=unread"), "Cochez d'abord la case"));
    }

    @Test
    void with_a_basket_open_the_page_says_why_it_cannot_begin_and_offers_nothing() throws Exception {
        touch("ring", "cheese");
        String page = get("/till/practice");

        assertTrue(says(page, "Un panier est ouvert"), page);
        assertFalse(page.contains("id=\"begin-practice\""));
        assertEquals("/till/practice", sent("/till/practice/begin", "read=yes"));
        assertFalse(market.till().practice().on());
    }

    @Test
    void the_whole_of_selling_is_practised_on_the_tills_own_screen() throws Exception {
        begin();
        touch("ring", "cheese");
        String rung = touch("ring", "wine");
        assertTrue(shows(rung, "16,50") && shows(rung, "4,50"), rung);
        type("discount", "digits", "1", "as", "amount");
        String awaiting = touch("card");
        assertEquals("awaiting-card", state(awaiting));
        assertTrue(
                awaiting.contains("id=\"practise-enough\"") && awaiting.contains("id=\"practise-lifted\""), awaiting);
        assertEquals("shortfall", state(post("/till/practise", "card=short")));
        assertEquals("awaiting-card", state(touch("agree")));
        assertEquals("in-doubt", state(post("/till/practise", "card=lifted")));
        String paid = post("/till/practise", "card=enough");
        assertEquals("paid", state(paid));
        assertTrue(says(paid, "Rien n'a été vendu"), paid);
        assertFalse(paid.contains("/till/balance"), "no card has a balance here");
        assertEquals("awaiting-cancel", state(touch("cancel")));
        assertEquals("cancelled", state(post("/till/practise", "card=enough")));
        assertEquals("open", state(touch("again")));
        assertEquals("paid", state(touch("cash")));
        assertEquals("empty", state(touch("next")));

        assertEquals(2, market.bodies(Body.TrainingSale.class).size());
        assertEquals(0, market.bodies(Body.Sale.class).size());
        assertEquals(0, market.bodies(Body.Cancellation.class).size());
    }

    @Test
    void what_was_in_hand_before_is_in_hand_again_afterwards() throws Exception {
        touch("ring", "milk");
        touch("cash");
        begin();
        assertEquals("empty", state(get("/")));
        touch("ring", "wine");
        sent("/till/practice/end", "");

        String after = get("/");
        assertEquals("paid", state(after));
        assertTrue(shows(after, "1,35"), after);
    }

    @Test
    void every_receipt_says_on_paper_of_each_width_that_it_is_worth_nothing_and_bears_no_code() throws Exception {
        begin();
        touch("ring", "cheese");
        touch("card");
        post("/till/practise", "card=enough");
        for (int columns : new int[] {32, 42, 48}) {
            market.printer.columns(columns);
            assertTrue(says(post("/till/receipt", ""), "imprime"));
            String paper = lastPaper();
            assertEquals(3, paper.split("\\*\\*\\* ÉCOLE - SANS VALEUR \\*\\*\\*\n", -1).length - 1, paper);
            assertEquals(3, paper.split("Rien n'a été vendu", -1).length - 1, paper);
            assertFalse(paper.contains("ETAL1:"), "no code by which it could be taken for a receipt");
            assertTrue(paper.contains("Exercice n° 1"), paper);
        }
        assertTrue(lastPaper().contains("DUPLICATA 2"), lastPaper());
        touch("cancel");
        post("/till/practise", "card=enough");
        touch("receipt");
        assertTrue(lastPaper().contains("ANNULATION") && lastPaper().contains("ÉCOLE - SANS VALEUR"), lastPaper());
        assertTrue(market.printer.printed().getLast().name().startsWith("t3-e1-ecole000001-"));
    }

    private String lastPaper() {
        return new String(market.printer.printed().getLast().escpos(), Charset.forName("IBM00858"));
    }

    @Test
    void nothing_is_closed_or_reprinted_and_no_slip_printed_meanwhile() throws Exception {
        touch("ring", "wine");
        touch("cash");
        String key = market.till().baskets().newest("touch-").orElseThrow().key();
        sent("/till/close", "term=day");
        long entry = market.till().closing().past().getFirst().entry();
        begin();
        int papers = market.printer.printed().size();

        assertEquals("/till/day?said=practises", sent("/till/close", "term=month"));
        sent("/till/reprint", "key=" + key);
        sent("/till/slip", "entry=" + entry);

        assertEquals(papers, market.printer.printed().size());
        assertEquals(1, market.bodies(Body.Closing.class).size());
        String day = get("/till/day");
        assertFalse(day.contains("/till/close") || day.contains("/till/slip") || day.contains("/till/reprint"), day);
        assertTrue(says(get("/till/day?said=practises"), "rien n'est clos"));
    }

    @Test
    void a_members_card_is_told_that_the_till_practises() throws Exception {
        begin();
        market.tap(card(10_000));
        assertTrue(says(get("/"), "cette carte n'a pas été lue"), "also with nothing rung up");
        touch("ring", "cheese");
        assertFalse(says(get("/"), "cette carte n'a pas été lue"));
    }

    @Test
    void what_the_terminal_knows_says_since_when_it_practises_and_how_often_it_did() throws Exception {
        assertTrue(says(get("/till/known"), "0 ventes d'exercice"));
        begin();
        touch("ring", "cheese");
        touch("cash");

        String known = get("/till/known");
        assertTrue(says(known, "1 ventes d'exercice") && says(known, "depuis le 2 avr. 2025"), known);
    }

    @Test
    void a_button_of_practice_does_nothing_on_a_till_that_sells() throws Exception {
        touch("ring", "cheese");
        touch("card");

        assertEquals("awaiting-card", state(post("/till/practise", "card=enough")));
        assertEquals(0, market.bodies(Body.TrainingSale.class).size());
    }

    @Test
    void the_other_interface_sells_and_prints_nothing_and_says_why() throws Exception {
        begin();
        try (WebServer api = WebServer.start(
                new InetSocketAddress("127.0.0.1", 0),
                market.loop,
                routes -> new Screen(market.till(), market.loop, "nowhere", null).routes(routes))) {
            String basket = "{\"key\":\"b1\",\"lines\":[{\"product\":\"cheese\",\"quantity\":1}]}";
            for (List<String> asked :
                    List.of(List.of("/api/baskets", basket), List.of("/api/closing", "{\"day\":\"2025-04-02\"}"))) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(java.net.URI.create(api.uri() + asked.getFirst()))
                                .POST(BodyPublishers.ofString(asked.getLast()))
                                .build(),
                        BodyHandlers.ofString());
                assertTrue(answer.statusCode() >= 400, answer.body());
                assertTrue(answer.body().contains("till-practises"), answer.body());
            }
            HttpResponse<String> status = client.send(
                    HttpRequest.newBuilder(java.net.URI.create(api.uri() + "/api/status"))
                            .build(),
                    BodyHandlers.ofString());
            assertTrue(status.body().contains("\"training\":true"), status.body());
            assertTrue(status.body().contains("\"ready\":false"), status.body());
        }
    }
}
