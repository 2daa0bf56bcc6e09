package etal.terminal.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeStick;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Topics;
import etal.protocol.sync.bundle.Bundle;
import etal.protocol.sync.bundle.Way;
import etal.terminal.bundle.StickDesk;
import etal.terminal.main.TestFund;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The day and its closing, and what the terminal knows, as a producer reads them. */
class DayScreenTest extends OpenTill {
    private final FakeStick stick = new FakeStick(market.loop);

    @Override
    Optional<StickDesk> desk() {
        return Optional.of(new StickDesk(
                stick, market.loop, market.till().uplink(), market.till().ledger(), 1));
    }

    @Test
    void the_day_shows_what_was_sold_by_its_means_and_is_closed_by_one_touch() throws Exception {
        touch("ring", "wine");
        type("tender", "digits", "5", "as", "cheque");
        touch("cash");
        String before = get("/till/day");
        assertTrue(shows(before, "12,00") && shows(before, "5,00") && shows(before, "7,00"), before);
        assertTrue(before.contains("Aucune clôture"));

        closed("day");

        String after = get("/till/day");
        assertTrue(after.contains("Jour 2025-04-02"), after);
        assertEquals(1, market.bodies(Body.Closing.class).size());
        closed("month");
        assertTrue(get("/till/day?lang=en").contains("Month 2025-04"));
    }

    @Test
    void a_closing_is_printed_with_its_number_and_every_total() throws Exception {
        touch("ring", "wine");
        touch("cash");
        closed("day");
        long entry = market.till().closing().past().getFirst().entry();

        assertEquals(
                303,
                client.send(form("/till/slip", "entry=" + entry), java.net.http.HttpResponse.BodyHandlers.discarding())
                        .statusCode());

        String slip =
                new String(market.printer.printed().getLast().escpos(), java.nio.charset.Charset.forName("IBM00858"));
        assertTrue(slip.contains("12,00") && slip.contains("/ " + entry), slip);
        assertTrue(slip.contains("Total perp"), slip);
    }

    @Test
    void any_sale_of_the_last_is_reprinted_as_a_duplicate_or_taken_up_again() throws Exception {
        touch("ring", "wine");
        touch("cash");
        touch("receipt");
        String key = market.till().baskets().newest("touch-").orElseThrow().key();
        touch("next");
        assertTrue(get("/till/day").contains(key));

        client.send(form("/till/reprint", "key=" + key), java.net.http.HttpResponse.BodyHandlers.discarding());

        String paper =
                new String(market.printer.printed().getLast().escpos(), java.nio.charset.Charset.forName("IBM00858"));
        assertTrue(paper.contains("DUPLICATA 1"), paper);
        assertEquals(
                java.util.List.of("1"),
                market.bodies(Body.TechnicalEvent.class).stream()
                        .filter(event -> event.code() == Body.TechnicalEvent.REPRINTED)
                        .map(Body.TechnicalEvent::note)
                        .toList());
        assertEquals("paid", state(post("/till/take", "key=" + key)));
        assertEquals("cancelled", state(touch("cancel")));
    }

    @Test
    void the_balance_is_for_the_member_alone_upside_down_and_only_after_a_card_has_paid() throws Exception {
        touch("ring", "cheese");
        assertFalse(get("/").contains("/till/balance"));
        touch("card");
        market.tap(card(10_000));

        assertTrue(get("/").contains("/till/balance"));
        String shown = get("/till/balance");
        assertTrue(shows(shown, "95,50") && shown.contains("class=\"turned\""), shown);
        market.clock.advance(java.time.Duration.ofMinutes(3));
        assertEquals(
                303,
                client.send(
                                java.net.http.HttpRequest.newBuilder(at("/till/balance"))
                                        .build(),
                                java.net.http.HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }

    @Test
    void what_the_terminal_knows_is_there_with_its_since_when() throws Exception {
        String page = get("/till/known");

        assertTrue(page.contains("t3-e1"), page);
        assertTrue(page.contains("Règlement") && page.contains("version 1"), page);
        assertTrue(page.contains("Dernier accusé") && page.contains("aucun encore"), page);
        assertFalse(page.contains("null"), page);
    }

    @Test
    void one_touch_copies_to_the_stick_and_the_lamp_says_that_all_is_up_once_the_answer_came_back() throws Exception {
        market.link.down();
        assertTrue(get("/till/known").contains("Copier sur la clé USB"));

        String copied = stickTouched();

        assertTrue(copied.contains("Écritures copiées : "), copied);
        assertTrue(get("/till/known?lang=en").contains("Take the stick out and carry it"));
        long head = market.till().ledger().head().number();
        byte[] hash = market.till().ledger().hashOf(head).orElseThrow();
        byte[] word = fund.acknowledgement(new Checkpoint(3, 1, head, hash, TestFund.NOON_MILLIS, 1));
        Bundle.Message acknowledged = new Bundle.Message(Topics.ack(1, 3), word);
        stick.put(
                "etal-1-t3-e1-retour.bundle",
                new Bundle(Way.DOWN, 1, new LedgerId(3, 1), List.of(acknowledged)).encode());
        market.loop.advance(Duration.ofSeconds(2));
        assertTrue(get("/").contains(", depuis 14:00"), get("/"));

        assertTrue(stickTouched().contains("Tout est remonté. Vous pouvez retirer la clé."));

        market.loop.advance(Duration.ofSeconds(2));
        String till = get("/");
        assertTrue(till.contains("Tout est remonté") && !till.contains("Hors ligne"), till);
    }

    @Test
    void while_it_is_copied_the_page_looks_again_by_itself_and_a_missing_stick_is_said() throws Exception {
        stick.hanging(true);
        assertTrue(stickTouched().contains("Ne retirez pas la clé"));
        java.net.http.HttpResponse<String> working = client.send(
                java.net.http.HttpRequest.newBuilder(at("/till/known")).build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
        assertTrue(working.headers().firstValue("Refresh").orElse("").startsWith("1;"), "looks again");
        stick.hanging(false);
        assertFalse(get("/till/known").contains("Ne retirez pas la clé"));
        stick.plugged(false);
        assertTrue(stickTouched().contains("Pas de clé USB : branchez-la et touchez encore."));
        assertTrue(get("/till/known").contains("class=\"notice warn\""));
    }

    private String stickTouched() throws Exception {
        assertEquals(
                303,
                client.send(form("/till/stick", ""), java.net.http.HttpResponse.BodyHandlers.discarding())
                        .statusCode());
        return get("/till/known");
    }

    private void closed(String term) throws Exception {
        assertEquals(
                303,
                client.send(form("/till/close", "term=" + term), java.net.http.HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }
}
