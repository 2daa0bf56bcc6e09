package etal.fleet.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.ManualClock;
import etal.fleet.world.open.Table.Power;
import etal.fleet.world.sim.PrintedReceipts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The table's page over HTTP.
 *
 * <pre>
 * browser                                table's server                       table
 *  | POST /cards/c1/tap                    |  tap(c1)                          |
 *  |-------------------------------------->|---------------------------------->|
 *  |<--------------------------------------|  303 /, or the things as they are |
 *  | GET /things?after=V                   |                                   |
 *  |-------------------------------------->|  waits                            |
 *  |                                       |<-- the card is taken back --------|
 *  |<--------------------------------------|  200, the things                  |
 * </pre>
 */
class TablePagesTest {
    private static final Pattern THINGS = Pattern.compile("data-live=\"/things\" data-version=\"(\\d+)\"");
    private static final Pattern DISPLAY = Pattern.compile("data-live=\"/display\" data-version=\"(\\d+)\"");

    private final PretendTable table = new PretendTable(URI.create("http://127.0.0.1:8632/"));
    private final ManualClock clock = new ManualClock(Instant.parse("2025-04-02T14:00:00Z"));
    private TableServer server = start();
    private Browser browser = new Browser(server.uri());

    private TableServer start() {
        try {
            return TableServer.start(new InetSocketAddress("127.0.0.1", 0), table, clock, crash -> {
                throw new IllegalStateException(crash);
            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void open() throws Exception {
        assertEquals(200, browser.get("/").statusCode());
    }

    @AfterEach
    void close() {
        browser.close();
        server.close();
    }

    @Test
    void the_tills_own_screen_is_in_the_page_in_the_pages_language_and_nothing_else_may_be() throws Exception {
        HttpResponse<String> page = browser.get("/");
        assertTrue(page.body().contains("<iframe id=\"screen\" src=\"http://127.0.0.1:8632/?lang=fr\""), page.body());
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.contains("frame-src http://127.0.0.1:8632;"), policy);
        assertTrue(browser.get("/?lang=en").body().contains("src=\"http://127.0.0.1:8632/?lang=en\""));
    }

    @Test
    void french_is_spoken_first_and_english_after_one_click() throws Exception {
        String french = browser.get("/").body();
        assertTrue(french.contains("<html lang=\"fr\">"));
        assertTrue(french.contains("Présenter la carte"));
        assertTrue(french.contains("href=\"/?lang=en\""));
        HttpResponse<String> english = browser.get("/?lang=en");
        assertTrue(english.body().contains("Present the card"));
        assertTrue(english.headers().firstValue("Set-Cookie").orElseThrow().startsWith("lang=en;"));
    }

    @Test
    void the_page_holds_no_script_and_no_style_of_its_own() throws Exception {
        print(1);
        for (String path : List.of("/", "/papers/1", "/papers/1.svg")) {
            String page = browser.get(path).body();
            assertFalse(page.contains("style="), path);
            assertFalse(page.contains("<style"), path);
            assertFalse(Pattern.compile("\\son\\w+=").matcher(page).find(), path);
            assertFalse(Pattern.compile("<script(?! src)").matcher(page).find(), path);
        }
    }

    @Test
    void a_button_does_its_work_without_script_and_leads_back_to_the_page() throws Exception {
        HttpResponse<String> answer = browser.press("/cards/c2/tap", "");
        assertEquals(303, answer.statusCode());
        assertEquals("/", answer.headers().firstValue("Location").orElseThrow());
        assertEquals(List.of("tap c2"), table.calls());
        assertTrue(browser.get("/").body().contains("Carte posée sur le lecteur."));
    }

    @Test
    void with_script_a_button_changes_the_things_and_leaves_the_tills_screen_alone() throws Exception {
        String display = version(DISPLAY);
        String things = after(() -> browser.click("/cards/c1/tap", ""));
        assertTrue(things.stripLeading().startsWith("<div id=\"things\""), things);
        assertTrue(things.contains("<span class=\"face food comes\""), "it lies on the reader: " + things);
        assertTrue(things.contains("id=\"tap-c1\" class=\"lay\" aria-disabled=\"true\""), things);
        assertTrue(things.contains("<span hx-swap-oob=\"innerHTML:#said\">Carte posée sur le lecteur."), things);
        assertFalse(things.contains("<iframe"), things);
        assertEquals(display, version(DISPLAY));
    }

    @Test
    void the_second_half_of_a_double_click_does_not_move_the_card() throws Exception {
        browser.click("/cards/c1/tap", "");
        browser.click("/cards/c1/tap", "");
        browser.click("/cards/c1/tap-too-short", "");
        assertEquals(List.of("tap c1"), table.calls());
    }

    @Test
    void a_card_that_nobody_has_changes_nothing() throws Exception {
        for (String id : List.of("c9", "%3Cscript%3E", "..%2f..", "c1%00", "C1", "%20", "x".repeat(300))) {
            // The server closes the connection after an address that is none, so each asks on its own.
            try (Browser hostile = new Browser(server.uri())) {
                HttpResponse<String> answer = hostile.press("/cards/" + id + "/tap", "");
                assertTrue(answer.statusCode() == 303 || answer.statusCode() == 400, id + ": " + answer.statusCode());
                assertFalse(answer.body().contains("<script>"), answer.body());
            }
        }
        assertEquals(List.of(), table.calls());
    }

    @Test
    void another_page_of_the_browser_cannot_press_a_button() throws Exception {
        assertEquals(403, browser.pressElsewhere("/power", "on=false").statusCode());
        assertEquals(List.of(), table.calls());
    }

    @Test
    void switches_say_the_state_they_lead_to_so_that_pressing_twice_is_pressing_once() throws Exception {
        String plugged = browser.get("/").body();
        assertTrue(plugged.contains(cable("true", "false")), plugged);
        String pulled = after(() -> browser.click("/cable", "plugged=false"));
        assertTrue(pulled.contains(cable("false", "true")), pulled);
        assertTrue(pulled.contains("Câble débranché : le terminal continue sans réseau."), pulled);
        browser.click("/cable", "plugged=false");
        assertEquals(List.of("cable false", "cable false"), table.calls());
        assertTrue(after(() -> browser.click("/cable", "plugged=true")).contains(cable("true", "false")));
    }

    @Test
    void what_has_just_moved_is_marked_so_that_a_double_click_moves_it_once() throws Exception {
        assertFalse(browser.get("/").body().contains("moved"));
        String pulled = after(() -> browser.click("/cable", "plugged=false"));
        assertTrue(pulled.contains("id=\"cable\" class=\"switch moved\""), pulled);
        assertTrue(pulled.contains("id=\"power\" class=\"switch \""), pulled);
        String laid = after(() -> browser.click("/cards/c2/tap", ""));
        assertTrue(laid.contains("id=\"cable\" class=\"switch \""), laid);
        assertEquals(1, laid.split("class=\"card lies moved\"", -1).length - 1, laid);
    }

    @Test
    void a_switch_without_a_state_is_refused() throws Exception {
        assertEquals(400, browser.press("/cable", "").statusCode());
        assertEquals(400, browser.press("/cable", "plugged=maybe").statusCode());
        assertEquals(400, browser.press("/power", "plugged=true").statusCode());
        assertEquals(List.of(), table.calls());
    }

    @Test
    void the_display_is_dark_without_power_and_comes_back_by_itself() throws Exception {
        String lit = version(DISPLAY);
        var dark = browser.getLater("/display?lang=fr&after=" + lit);
        assertTrue(after(() -> browser.click("/power", "on=false")).contains("Courant coupé."));
        assertTrue(
                dark.get().body().contains("Le terminal est éteint."),
                dark.get().body());
        assertFalse(dark.get().body().contains("<iframe"));

        browser.click("/power", "on=true");
        assertTrue(browser.get("/display?lang=en&after=0").body().contains("The till is starting…"));
        var back = browser.getLater("/display?lang=fr&after=" + version(DISPLAY));
        table.power(Power.ON);
        assertTrue(
                back.get().body().contains("<iframe id=\"screen\""), back.get().body());
        assertTrue(browser.get("/").body().contains("Le terminal est de retour."));
    }

    @Test
    void what_happens_elsewhere_comes_to_the_page() throws Exception {
        browser.click("/cards/c3/tap", "");
        String things = after(table::withdraw);
        assertTrue(things.contains("Carte reprise."), things);
        assertTrue(things.contains("<span class=\"face food back\""), "it is back in its place: " + things);
    }

    @Test
    void a_card_taken_away_too_early_is_said_and_ticked_off() throws Exception {
        browser.click("/cards/c1/tap-too-short", "");
        table.withdraw();
        String page = browser.get("/").body();
        assertEquals(List.of("tap too short c1"), table.calls());
        assertTrue(page.contains("Carte retirée trop tôt."), page);
        assertTrue(page.contains("Retirer une carte trop tôt</strong><span class=\"unseen\"> (fait)</span>"), page);
        assertFalse(page.contains("Vendre sans réseau</strong><span class=\"unseen\"> (fait)</span>"), page);
    }

    @Test
    void a_receipt_is_a_picture_and_can_be_read_as_text() throws Exception {
        assertTrue(browser.get("/").body().contains("Pas encore de ticket."));
        print(2);
        String page = browser.get("/").body();
        Matcher image = Pattern.compile("<img src=\"(/papers/2\\.svg\\?v=\\w+)\" alt=\"Ticket 2 : [^\"]+\"")
                .matcher(page);
        assertTrue(image.find(), page);
        HttpResponse<String> picture = browser.get(image.group(1));
        assertEquals(
                "image/svg+xml", picture.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(picture.body().contains(">TOTAL</text>"), picture.body());
        assertTrue(page.contains("<a href=\"/papers/1\">Ticket 1</a>"), page);
        String text = browser.get("/papers/1").body();
        assertTrue(text.contains("2 x Carottes bottes"), text);
        assertTrue(text.contains("ETAL1:t1-e1:"), "what the code says, to have it checked: " + text);
    }

    @Test
    void a_receipt_that_was_never_printed_is_not_found() throws Exception {
        print(1);
        for (String name :
                List.of("2", "2.svg", "0", "-1.svg", "1.png", "99999999999.svg", ".svg", "..%2f1.svg", "%3Cb%3E")) {
            int status = browser.get("/papers/" + name).statusCode();
            assertTrue(status == 404 || status == 400, name + ": " + status);
        }
    }

    @Test
    void a_page_left_open_by_the_run_before_is_renewed() throws Exception {
        String before = version(THINGS);
        server.close();
        clock.advance(java.time.Duration.ofMillis(1));
        server = start();
        browser.close();
        browser = new Browser(server.uri());
        assertNotEquals(before, version(THINGS));
        assertEquals(200, browser.getLater("/things?after=" + before).get().statusCode());
    }

    private void print(int count) throws Exception {
        List<byte[]> receipts = PrintedReceipts.ofAnAfternoon();
        receipts.subList(0, count).forEach(table::print);
    }

    /** Something that somebody does. */
    private interface Doing {
        void run() throws Exception;
    }

    /** The things as the page gets them, which waits for news while something is done. */
    private String after(Doing doing) throws Exception {
        var renewed = browser.getLater("/things?lang=fr&after=" + version(THINGS));
        doing.run();
        return renewed.get().body();
    }

    private String version(Pattern part) throws Exception {
        Matcher matcher = part.matcher(browser.get("/?lang=fr").body());
        assertTrue(matcher.find());
        return matcher.group(1);
    }

    private static String cable(String checked, String leadsTo) {
        return "role=\"switch\" aria-checked=\"" + checked + "\" name=\"plugged\" value=\"" + leadsTo + "\"";
    }
}
