package etal.hub.pages;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.web.WebServer;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.cose.P256;
import etal.protocol.ledger.FundedLine;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.Topics;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hub's pages over HTTP, in both languages, asked for one after the other. */
class HubSiteTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private TestFund fund;
    private WebServer web;
    private TestCard card;
    private long sale;

    @BeforeEach
    void a_hub_with_one_sale_and_its_pages() throws Exception {
        fund = new TestFund();
        card = fund.cards.getFirst();
        HubSite site = new HubSite(fund.hub, fund.loop);
        web = WebServer.start(new InetSocketAddress("127.0.0.1", 0), fund.loop, site::on);
        fund.three.load(card, fund.token());
        sale = fund.three
                .sell(card, vegetables(1_250), new FundedLine("laitier", 2, 333, 55, 100))
                .entry()
                .number();
        fund.deliver(fund.three.batch());
    }

    @AfterEach
    void stop() {
        web.close();
        client.close();
    }

    @Test
    void what_the_operator_reads_first_is_that_everything_adds_up() throws Exception {
        String french = text(page("/"));
        assertTrue(french.contains("Mercredi 2 avril 2025") || french.contains("mercredi 2 avril 2025"), french);
        assertTrue(french.indexOf("Tout est juste") < french.indexOf("Les ventes"), french);
        assertTrue(french.contains("15,83 €".replace(' ', '\u00A0')), french);
        String english = text(page("/?lang=en"));
        assertTrue(english.contains("Everything adds up") && english.contains("€15.83"), english);
        assertTrue(english.contains("Wednesday 2 April 2025"), english);
    }

    @Test
    void something_refused_is_said_in_words_and_by_how_much() throws Exception {
        fund.deliver(new byte[] {1, 2, 3});
        String page = text(page("/"));
        assertTrue(page.contains("À regarder"), page);
        assertTrue(page.contains("Un message refusé à la vérification attend un regard."), page);
    }

    @Test
    void books_that_do_not_add_up_are_the_first_thing_said() throws Exception {
        fund.tamper("UPDATE posting SET credit_cents = credit_cents + 1 WHERE account = '4672A' AND credit_cents > 0");
        assertTrue(text(page("/")).contains("Les comptes ne tombent pas juste"));
    }

    @Test
    void a_sale_on_the_board_leads_to_the_way_of_its_cents() throws Exception {
        Matcher link = Pattern.compile("href=\"(/sales/[^\"]+)\"").matcher(page("/"));
        assertTrue(link.find());
        assertEquals("/sales/3-1-" + sale, link.group(1));
        String way = text(page(link.group(1)));
        assertTrue(way.contains("Tout est vérifié"), way);
        assertTrue(way.contains("Chèvrerie") && way.contains("Légumes") && way.contains("avril 2025"), way);
        String english = text(page(link.group(1) + "?lang=en"));
        assertTrue(english.contains("Everything is verified") && english.contains("Vegetables"), english);
    }

    @Test
    void a_changed_byte_is_told_to_whoever_looks() throws Exception {
        byte[] bytes = fund.three.entry(sale).bytes();
        bytes[bytes.length - 1] ^= 1;
        fund.tamper("UPDATE entry SET bytes = x'" + etal.protocol.cose.Hash.hex(bytes) + "' WHERE terminal = 3 AND"
                + " number = " + sale);
        String way = text(page("/sales/3-1-" + sale));
        assertTrue(way.contains("ne tiennent pas") || way.contains("ne tient pas"), way);
        fund.tamper("UPDATE entry SET bytes = x'00' WHERE terminal = 3 AND number = " + sale);
        HttpResponse<String> damaged = get("/sales/3-1-" + sale);
        assertEquals(404, damaged.statusCode());
        assertTrue(text(damaged.body()).contains("la base de la caisse est endommagée"));
    }

    @Test
    void a_name_of_no_sale_is_a_page_that_says_so_and_repeats_nothing() throws Exception {
        for (String name : new String[] {
            "3-1-99",
            "3-1-1",
            "9-9-9",
            "3-1-99999999999999999999",
            "4294967296-1-1",
            "3-1-" + sale + "'--",
            "..%2f..%2fhub.db",
            "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "-1-1-1",
            "%00",
            "x".repeat(3_000)
        }) {
            HttpResponse<String> answer = get("/sales/" + name);
            assertTrue(answer.statusCode() == 404 || answer.statusCode() == 400, name + ": " + answer.statusCode());
            assertFalse(answer.body().contains("<script>alert"), name);
        }
        String english = text(get("/sales/3-1-99?lang=en").body());
        assertTrue(english.contains("The fund has no sale under that name."), english);
    }

    @Test
    void the_button_reconciles_lightly_and_leads_back() throws Exception {
        assertTrue(text(page("/")).contains("Pas encore rapproché"));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(at("/reconcile"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("day=2025-04-02"))
                        .build(),
                BodyHandlers.ofString());
        assertEquals(303, answer.statusCode());
        assertEquals(
                "/?day=2025-04-02#evening",
                answer.headers().firstValue("Location").orElseThrow());
        assertFalse(fund.hub.lastEvening().orElseThrow().evening().deep());
        String page = text(page("/?day=2025-04-02"));
        assertTrue(page.contains("Aucun écart."), page);
        assertTrue(page.contains("2 étals n'ont pas encore clôturé leur journée"), page);
        assertTrue(page.contains("Tout est juste"), page);
    }

    @Test
    void the_part_that_renews_itself_comes_with_every_change_and_its_version() throws Exception {
        long before = version(page("/live/board?after=-1"));
        fund.three.sell(card, vegetables(100));
        fund.deliver(fund.three.batch());
        String part = page("/live/board?day=&after=" + before);
        assertTrue(version(part) > before);
        assertFalse(part.contains("<html"));
        assertTrue(part.contains("16,83"), part);
    }

    @Test
    void each_stall_says_where_its_terminal_stands() throws Exception {
        String starting = text(page("/"));
        assertTrue(starting.contains("pas encore entendu") && starting.contains("pas encore en service"), starting);
        present(fund.three.head());
        assertTrue(text(page("/")).contains("à jour"));
        present(fund.three.head() + 4);
        assertTrue(text(page("/")).contains("rattrape : 4 écritures à venir"));
        fund.loop.advance(etal.hub.sync.RollCall.SILENCE);
        assertTrue(text(page("/")).contains("hors ligne depuis 17:00"));
        assertTrue(text(page("/?lang=en")).contains("offline since 17:00"));
    }

    @Test
    void another_day_is_reached_by_its_date_and_what_is_no_day_is_refused() throws Exception {
        String earlier = page("/?day=2025-04-09");
        assertTrue(text(earlier).contains("Aucune vente ce jour-là."));
        assertTrue(earlier.contains("href=\"/?day=2025-04-02\""));
        assertEquals(400, get("/?day=%3Cb%3E").statusCode());
        assertEquals(400, get("/live/board?day=2025-02-31").statusCode());
    }

    @Test
    void nothing_on_a_page_comes_from_elsewhere_and_no_style_or_script_stands_in_it() throws Exception {
        for (String path : new String[] {"/", "/sales/3-1-" + sale, "/?lang=en"}) {
            String page = page(path);
            assertFalse(
                    Pattern.compile("(src|href)=\"(https?:)?//").matcher(page).find(), path);
            assertFalse(page.contains("style="), path);
            assertFalse(Pattern.compile("<script(?![^>]*src=)").matcher(page).find(), path);
        }
    }

    @Test
    void every_text_is_there_in_both_languages() throws Exception {
        Properties french = texts("fr");
        Properties english = texts("en");
        assertEquals(new TreeSet<>(french.stringPropertyNames()), new TreeSet<>(english.stringPropertyNames()));
        for (String key : french.stringPropertyNames()) {
            assertFalse(french.getProperty(key).isBlank(), key);
            assertEquals(places(french.getProperty(key)), places(english.getProperty(key)), key);
        }
    }

    private static TreeSet<String> places(String sentence) {
        TreeSet<String> places = new TreeSet<>();
        Matcher matcher = Pattern.compile("\\{[^}]*}").matcher(sentence);
        while (matcher.find()) {
            places.add(matcher.group());
        }
        return places;
    }

    private static Properties texts(String language) throws Exception {
        Properties texts = new Properties();
        String name = "messages_" + language + ".properties";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(HubSite.class.getResourceAsStream(name)), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }

    private void present(long number) {
        fund.clock.advance(java.time.Duration.ofMillis(1));
        Presence presence = new Presence(3, 1, number, fund.clock.now().toEpochMilli());
        byte[] signed = SignedPresence.sign(
                        presence,
                        fund.three.leaf().kid(),
                        message -> P256.sign(fund.three.leaf().scalar(), message))
                .bytes();
        fund.link.deliver(Topics.here(1, 3), signed);
        fund.loop.runUntilIdle();
    }

    private static long version(String part) {
        Matcher matcher = Pattern.compile("data-version=\"([0-9]+)\"").matcher(part);
        assertTrue(matcher.find(), part);
        return Long.parseLong(matcher.group(1));
    }

    /** What a reader reads: no markup, one space between words. */
    private static String text(String page) {
        return page.replaceAll("<[^>]*>", " ")
                .replace("&#39;", "'")
                .replaceAll("[ \n]+", " ")
                .strip();
    }

    private String page(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Content-Type").orElseThrow().startsWith("text/html"));
        return answer.body();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create(web.uri() + path);
    }
}
