package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.StorageFailed;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.ledger.Body;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.sync.Document;
import etal.protocol.sync.Topics;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.ledger.Sql;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Rules that change at midnight in the middle of a market without network. Milk is 1.35 and cheese 4.50, all of it paid by
 * the card; from 3 April the family has half, milk is 1.50, and the cheese has left the list.
 *
 * <pre>
 * hub                        till                              card
 *  |-- rules 2, 3 April ----->|   kept beside rules 1           |
 *  X (no network)             |-- 23:59:59 DEBIT, rules 1 ----->|   paid, answer lost: in doubt
 *                             |   00:00    rules 2 applied      |
 *                             |-- 00:01    READ LOG ----------->|   the sale, under rules 1
 *                             |-- 00:02    DEBIT, rules 2 ----->|   the next one
 * </pre>
 */
class MidnightTest {
    private static final Instant MIDNIGHT = Instant.parse("2025-04-02T22:00:00Z");
    private static final Wanted MILK = new Wanted("milk", 2);
    private static final Wanted CHEESE = new Wanted("cheese", 1);

    private static final byte[] REFUSAL = {0x69, (byte) 0x82};

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);
    private final TestCard card = new TestCard(fund.card(1));

    @Test
    void the_next_rules_begin_with_their_day_and_the_ledger_says_so_once() {
        newRules();
        passUntil(MIDNIGHT.minusMillis(1));
        assertEquals(List.of(1L), applied());
        assertEquals(1, version());

        passUntil(MIDNIGHT);
        assertEquals(2, version());
        assertEquals(List.of(1L, 2L), applied());
        market.restart();
        assertEquals(List.of(1L, 2L), applied());
    }

    @Test
    void a_till_that_has_lost_the_rules_it_sold_by_sells_by_none_and_never_by_those_of_before() throws StorageFailed {
        newRules();
        passUntil(MIDNIGHT);
        market.link.down();
        market.database.inTransaction(connection ->
                Sql.update(connection, "UPDATE document SET kind = 'schemd' WHERE kind = 'scheme' AND version = 2"));
        market.restart();

        assertEquals(Optional.empty(), market.stall().rulesNow());
        assertFalse(market.stall().ready());
        assertEquals(List.of(1L, 2L), applied());
        market.link.up();
        newRules();
        assertEquals(2, version());
        assertEquals(List.of(1L, 2L), applied());
    }

    @Test
    void each_sale_is_made_under_the_rules_of_its_time() {
        newRules();
        market.link.down();
        passUntil(MIDNIGHT.minusSeconds(60));
        assertEquals(720, pay("b1", MILK, CHEESE));
        passUntil(MIDNIGHT.plusSeconds(60));
        assertEquals(150, pay("b2", MILK), "half of two milk at 1.50");

        assertEquals(List.of(1L, 2L), sold());
    }

    @Test
    void what_was_rung_up_before_midnight_keeps_its_price_and_is_covered_as_the_day_it_is_paid() {
        newRules();
        passUntil(MIDNIGHT.minusSeconds(1));
        market.ringUp("b1", MILK, CHEESE);
        TestTill.basket(market.stall().awaitCard("b1"));
        passUntil(MIDNIGHT.plusSeconds(1));

        TillBasket shown = market.look("b1");
        assertEquals(BasketState.AWAITING_CARD, shown.state());
        assertEquals("rules-changed", shown.said().key());
        assertEquals(270, shown.basket().conventionedCents());
        assertEquals(450, shown.basket().otherCents());
        market.tap(card);
        assertEquals(BasketState.PAID, market.look("b1").state());
        assertEquals(135, market.look("b1").cardCents(), "half of two milk at 1.35");
        assertEquals(585, market.look("b1").cashCents());
        assertEquals(List.of(2L), sold());
    }

    @Test
    void a_card_laid_down_before_anyone_could_see_the_change_pays_only_once_it_is_shown() {
        newRules();
        market.ringUp("b1", MILK, CHEESE);
        TestTill.basket(market.stall().awaitCard("b1"));
        // The clock is set, and nothing else has happened yet.
        market.clock.set(MIDNIGHT);
        market.tap(card);

        assertEquals(BasketState.AWAITING_CARD, market.look("b1").state());
        assertEquals("rules-changed", market.look("b1").said().key());
        assertEquals(List.of(), market.bodies(Body.Sale.class));
        market.tap(card);
        assertEquals(135, market.look("b1").cardCents());
    }

    @Test
    void more_of_it_after_midnight_costs_what_it_costs_now_and_the_rest_what_it_did() {
        newRules();
        market.ringUp("b1", MILK, CHEESE);
        passUntil(MIDNIGHT);
        TestTill.basket(market.stall().ringOne("b1", "cheese", false));
        assertEquals(270, market.look("b1").basket().totalCents());
        TestTill.basket(market.stall().ringOne("b1", "milk", true));
        assertEquals(450, market.look("b1").basket().totalCents(), "three milk at 1.50");
        TestTill.basket(market.stall().ringOne("b1", "milk", false));
        assertEquals(300, market.look("b1").basket().totalCents());
    }

    @Test
    void a_paid_answer_lost_before_midnight_is_a_sale_under_the_rules_of_then() {
        newRules();
        passUntil(MIDNIGHT.minusSeconds(1));
        torn("b1", TestCard.DEBIT, true);
        passUntil(MIDNIGHT.plusSeconds(60));
        market.tap(card);

        assertEquals(BasketState.PAID, market.look("b1").state());
        assertEquals(720, market.look("b1").cardCents());
        assertEquals(List.of(1L), sold());
        assertEquals(List.of("in doubt", "rules 2", "sale"), story());
    }

    @Test
    void after_a_power_cut_over_midnight_the_doubt_stands_in_the_ledger_before_the_newer_rules() {
        newRules();
        passUntil(MIDNIGHT.minusSeconds(1));
        market.ringUp("b1", MILK, CHEESE);
        card.on(TestCard.DEBIT, (chip, apdu) -> {
            chip.transmit(apdu);
            throw new PlugPulled();
        });
        TestTill.basket(market.stall().awaitCard("b1"));
        try {
            market.tap(card);
        } catch (PlugPulled pulled) {
            card.withdrawn();
        }
        market.pullPlug();
        market.clock.set(MIDNIGHT.plusSeconds(60));
        market.start();
        assertEquals(List.of("in doubt", "rules 2"), story());
        market.tap(card);
        assertEquals(List.of("in doubt", "rules 2", "sale"), story());
        assertEquals(List.of(1L), sold());
    }

    @Test
    void what_was_not_debited_before_midnight_is_shown_and_paid_under_the_rules_of_now() {
        newRules();
        passUntil(MIDNIGHT.minusSeconds(1));
        torn("b1", TestCard.DEBIT, false);
        passUntil(MIDNIGHT.plusSeconds(60));
        card.takeInstructions();
        TestTill.basket(market.stall().awaitCard("b1"));
        market.tap(card);
        assertFalse(card.takeInstructions().contains(TestCard.DEBIT), "the member has not seen the new share");
        assertEquals(BasketState.OPEN, market.look("b1").state());
        assertEquals(270, market.look("b1").basket().conventionedCents());

        TestTill.basket(market.stall().awaitCard("b1"));
        market.tap(card);
        assertEquals(135, market.look("b1").cardCents());
        assertEquals(List.of(2L), sold());
        assertEquals(1, market.bodies(Body.Abandoned.class).size());
    }

    @Test
    void what_a_card_has_refused_is_there_after_a_power_cut_and_is_covered_as_the_day_it_is_paid() {
        newRules();
        passUntil(MIDNIGHT.minusSeconds(1));
        market.ringUp("b1", MILK, CHEESE);
        card.on(TestCard.DEBIT, (chip, apdu) -> REFUSAL);
        TestTill.basket(market.stall().awaitCard("b1"));
        market.tap(card);
        assertEquals(BasketState.REFUSED, market.look("b1").state());
        market.restart();
        assertEquals(1, market.till().baskets().live().size(), "on the screen");
        passUntil(MIDNIGHT.plusSeconds(1));
        assertEquals(270, market.look("b1").basket().conventionedCents());
        TestTill.basket(market.stall().awaitCard("b1"));
        market.tap(card);
        assertEquals(135, market.look("b1").cardCents());
    }

    @Test
    void what_waited_for_a_card_when_the_rules_changed_is_there_after_a_power_cut() {
        newRules();
        passUntil(MIDNIGHT.minusSeconds(1));
        market.ringUp("b1", MILK, CHEESE);
        TestTill.basket(market.stall().awaitCard("b1"));
        passUntil(MIDNIGHT.plusSeconds(1));
        market.restart();
        assertEquals(BasketState.OPEN, market.look("b1").state());
        assertEquals(1, market.till().baskets().live().size(), "on the screen");
    }

    @Test
    void a_sale_that_waits_for_its_card_to_be_cancelled_stays_covered_as_it_was_sold() {
        newRules();
        passUntil(MIDNIGHT.minusSeconds(1));
        assertEquals(720, pay("b1", MILK, CHEESE));
        TestTill.basket(market.stall().cancel(1, Body.Cancellation.RUNG_UP_WRONGLY));
        passUntil(MIDNIGHT.plusSeconds(1));
        assertEquals(BasketState.AWAITING_CANCEL, market.look("b1").state());
        assertEquals(720, market.look("b1").basket().conventionedCents());
    }

    @Test
    void goods_that_were_kept_before_midnight_are_paid_under_the_rules_of_then() {
        newRules();
        passUntil(MIDNIGHT.minusSeconds(1));
        torn("b1", TestCard.DEBIT, false);
        TestTill.basket(market.stall().giveUp("b1", true));
        passUntil(MIDNIGHT.plus(Duration.ofDays(3)));
        market.tap(card);

        assertEquals(BasketState.PAID, market.look("b1").state());
        assertEquals(720, market.look("b1").cardCents());
        assertEquals(List.of(1L), sold());
        assertEquals(List.of("in doubt", "rules 2", "sale"), story());
    }

    @Test
    void a_new_terminal_is_given_what_holds_and_what_will_in_any_order() {
        TestTill fresh = new TestTill(fund, 5);
        fresh.start();
        fresh.link.up();
        deliver(
                fresh,
                scheme(2, "2025-04-03"),
                scheme(1, "2025-03-01"),
                list(2, MIDNIGHT, half()),
                list(1, Instant.EPOCH, fund.catalogue));
        assertEquals(1, fresh.stall().rulesNow().orElseThrow().scheme().version());
        assertTrue(fresh.stall().ready());
        fresh.loop.advance(Duration.between(fresh.clock.now(), MIDNIGHT));
        assertEquals(2, fresh.stall().rulesNow().orElseThrow().scheme().version());
    }

    @Test
    void an_old_document_brought_again_does_not_win() {
        newRules();
        passUntil(MIDNIGHT);
        deliver(market, scheme(1, "2025-03-01"), fund.scheme(1), list(1, Instant.EPOCH, fund.catalogue));
        assertEquals(2, version());
        market.restart();
        assertEquals(2, version());
        assertEquals(List.of(1L, 2L), applied());
    }

    @Test
    void a_clock_that_went_back_does_not_bring_the_rules_of_before_back() {
        newRules();
        passUntil(MIDNIGHT);
        market.pullPlug();
        market.clock.set(MIDNIGHT.minus(Duration.ofDays(1000)));
        market.clock.trusted(false);
        market.start();
        assertEquals(2, version(), "time does not go back behind the ledger's last entry");
        assertEquals(150, pay("b1", MILK));
        assertEquals(List.of(2L), sold());
    }

    @Test
    void an_empty_message_in_a_documents_place_is_no_refused_message() {
        market.link.deliver(Topics.doc(1, Document.SCHEME, 1), new byte[0]);
        market.loop.runUntilIdle();
        assertEquals(1, market.bodies(Body.TechnicalEvent.class).size(), "started");
    }

    private void newRules() {
        deliver(market, scheme(2, "2025-04-03"), list(2, MIDNIGHT, half()));
    }

    private static Catalogue half() {
        return new Catalogue(List.of(
                new Product("milk", "Lait entier 1 l", "laitier", 150, 55, 100),
                new Product("wine", "Clairette de Die", "alcool", 1_200, 200, 0)));
    }

    private byte[] scheme(long version, String day) {
        String yaml = SchemeFile.dieulefit()
                .replaceFirst("(?m)^version: .*$", "version: " + version)
                .replaceFirst("(?m)^holdsFrom: .*$", "holdsFrom: " + day)
                .replace("{ family: laitier, coverage: 100 }", "{ family: laitier, coverage: " + 100 / version + " }");
        long fromMillis =
                Instant.parse(day + "T00:00:00Z").minus(Duration.ofHours(2)).toEpochMilli();
        return fund.document(Document.SCHEME, version, fromMillis, yaml.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] list(long version, Instant from, Catalogue catalogue) {
        return fund.document(Document.CATALOGUE, version, from.toEpochMilli(), catalogue.encode());
    }

    private static void deliver(TestTill till, byte[]... documents) {
        for (byte[] document : documents) {
            till.link.deliver(Topics.doc(1, "any", 1), document);
        }
        till.loop.runUntilIdle();
    }

    private void passUntil(Instant time) {
        market.loop.advance(Duration.between(market.clock.now(), time));
        market.loop.runUntilIdle();
    }

    /** What the card pays of a basket. */
    private long pay(String key, Wanted... lines) {
        market.ringUp(key, lines);
        TestTill.basket(market.stall().awaitCard(key));
        market.tap(card);
        assertEquals(BasketState.PAID, market.look(key).state());
        return market.look(key).cardCents();
    }

    private void torn(String key, int instruction, boolean debited) {
        market.ringUp(key, MILK, CHEESE);
        if (debited) {
            card.answerLost(instruction);
        } else {
            card.goneBefore(instruction);
        }
        TestTill.basket(market.stall().awaitCard(key));
        market.tap(card);
        assertEquals(BasketState.IN_DOUBT, market.look(key).state());
    }

    private long version() {
        return market.stall().rulesNow().orElseThrow().scheme().version();
    }

    private List<Long> applied() {
        return market.bodies(Body.RulesApplied.class).stream()
                .map(Body.RulesApplied::version)
                .distinct()
                .toList();
    }

    private List<Long> sold() {
        return market.bodies(Body.Sale.class).stream()
                .map(sale -> sale.scheme().version())
                .toList();
    }

    /** What happened since the first rules were applied, as far as it decides which rules a sale is under. */
    private List<String> story() {
        return market.bodies().stream()
                .map(body -> switch (body) {
                    case Body.InDoubt doubt -> "in doubt";
                    case Body.RulesApplied rules when rules.version() > 1 -> "rules " + rules.version();
                    case Body.Sale sale -> "sale";
                    default -> "";
                })
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Nothing of the program runs on. */
    private static final class PlugPulled extends Error {
        @java.io.Serial
        private static final long serialVersionUID = 1;
    }
}
