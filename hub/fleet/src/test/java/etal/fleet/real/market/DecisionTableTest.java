package etal.fleet.real.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import etal.fleet.real.RealDirectory;
import etal.fleet.real.stall.Remains;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Body.Abandoned;
import etal.virtualcard.CardPocket;
import etal.virtualcard.FieldCard;
import etal.virtualcard.PresentedCard;
import etal.virtualcard.Tear;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a till does of what it sees of a payment, row by row, at real tills with their files, by their own interface; each row has
 * a member and a card of its own. In the evening the hub has each payment once, and nothing is left to look into.
 *
 * <pre>
 *   till                          card
 *    | SELECT, ...                  |
 *    | intention is durable         |   torn here: nothing was sent
 *    | DEBIT ---------------------> |   torn here: not debited, and the till does not know
 *    |                      debited |
 *    | <-------- record, signature  |   torn here: debited, and the till does not know
 *    | sale is durable, "paid"      |
 * </pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DecisionTableTest {
    private static final int DEBIT = 0x14;
    private static final int RING = 16;
    private static final Tear NOT_DEBITED = new Tear.BeforeCommand(DEBIT);
    private static final Tear DEBITED = new Tear.BeforeAnswer(DEBIT);
    private static final Tear NEVER = new Tear.Never();
    private static final Set<String> PAID = Set.of("paid");

    private static final byte[] REFUSAL = {0x69, (byte) 0x85};
    private static final int SECONDS = 60;

    private final RealMarket market;
    private final AtTheStall here;
    private final AtTheStall there;
    private int households;
    private int paid;
    /** In doubt here for ever: the hub pays it from what the card has said elsewhere. */
    private int paidByTheHub;

    DecisionTableTest() throws Exception {
        market = RealMarket.openTo(RealDirectory.make("decision-table"), 2, 17);
        here = new AtTheStall(market, 1, "row");
        there = new AtTheStall(market, 2, "row");
    }

    /** A member whom no till has seen yet. */
    private FieldCard someone() {
        return market.card(++households);
    }

    private void assertPaid(JsonNode basket) {
        assertEquals("paid", basket.path("state").asText(), basket.toString());
        paid++;
    }

    private void assertSays(String state, JsonNode basket) {
        assertEquals(state, basket.path("state").asText(), basket.toString());
    }

    /** A card is torn off at the first stall, in DEBIT; the basket's name. */
    private String torn(FieldCard card, Tear tear) throws Exception {
        String key = here.ring();
        here.await(key);
        assertSays("in-doubt", here.lay(key, card, tear));
        return key;
    }

    private static <T extends Body> List<T> of(Class<T> kind, List<Body> bodies) {
        return bodies.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What has been entered at the first stall since it held that much. */
    private List<Body> since(int size) throws Exception {
        List<Body> all = here.ledger();
        return all.subList(size, all.size());
    }

    @Test
    void a_basket_whose_payment_never_began_is_as_it_was_after_a_power_cut() throws Exception {
        String key = here.ring();
        here.await(key);
        here.pullPlug();
        assertEquals("open", here.state(key));
        here.await(key);
        assertPaid(here.lay(key, someone(), NEVER));
    }

    @Test
    void what_a_card_refuses_is_abandoned_and_a_new_try_has_a_new_number() throws Exception {
        FieldCard card = someone();
        assertPaid(here.pay(card));
        int before = here.ledger().size();
        String key = here.ring();
        here.await(key);
        assertSays("refused", here.lay(key, new Meddled(card, DEBIT, (real, apdu) -> REFUSAL), NEVER));
        here.await(key);
        assertPaid(here.lay(key, card, NEVER));
        List<Body> entered = since(before);
        Abandoned abandoned = of(Abandoned.class, entered).getFirst();
        assertEquals(Abandoned.REFUSED_BY_CARD, abandoned.reason());
        assertEquals(
                abandoned.sale() + 1, of(Body.Sale.class, entered).getFirst().sale());
    }

    @Test
    void a_card_that_was_not_debited_is_asked_again_and_pays_under_the_same_number() throws Exception {
        FieldCard card = someone();
        int before = here.ledger().size();
        String key = torn(card, NOT_DEBITED);
        assertPaid(here.lay(key, card, NEVER));
        List<Body> entered = since(before);
        assertEquals(
                of(Body.InDoubt.class, entered).getFirst().sale(),
                of(Body.Sale.class, entered).getFirst().sale());
    }

    @Test
    void a_card_that_was_debited_and_whose_answer_was_lost_pays_once() throws Exception {
        FieldCard card = someone();
        String key = torn(card, DEBITED);
        assertPaid(here.lay(key, card, NEVER));
    }

    @Test
    void goods_that_were_kept_are_paid_when_the_card_comes_back_debited_or_not() throws Exception {
        for (Tear tear : List.of(NOT_DEBITED, DEBITED)) {
            FieldCard card = someone();
            String key = torn(card, tear);
            here.giveUp(key, "kept");
            assertSays("in-doubt", here.look(key));
            String next = here.ring();
            here.await(next);
            assertPaid(here.lay(next, card, NEVER));
            assertPaid(here.look(key));
        }
    }

    @Test
    void goods_that_went_back_are_never_asked_for_again_by_a_card_that_was_not_debited() throws Exception {
        FieldCard card = someone();
        String key = torn(card, NOT_DEBITED);
        here.giveUp(key, "returned");
        assertPaid(here.pay(card));
        assertSays("abandoned", here.look(key));
    }

    @Test
    void goods_that_went_back_are_given_back_to_a_card_that_was_debited() throws Exception {
        FieldCard card = someone();
        int before = here.ledger().size();
        String key = torn(card, DEBITED);
        here.giveUp(key, "returned");
        assertPaid(here.pay(card));
        assertSays("abandoned", here.look(key));
        assertEquals(1, of(Body.RefundRequest.class, since(before)).size());
    }

    @Test
    void a_payment_that_another_record_has_overtaken_can_never_be_and_the_basket_is_paid_anew() throws Exception {
        FieldCard card = someone();
        int before = here.ledger().size();
        String key = torn(card, NOT_DEBITED);
        assertPaid(there.pay(card));
        JsonNode said = here.lay(key, card, NEVER);
        if (!PAID.contains(said.path("state").asText())) {
            here.await(key);
            said = here.lay(key, card, NEVER);
        }
        assertPaid(said);
        assertEquals(
                Abandoned.OTHER_RECORD,
                of(Abandoned.class, since(before)).getFirst().reason());
    }

    @Test
    void a_record_that_has_left_the_cards_memory_is_left_to_the_hub_which_knows_it_from_the_stalls_between()
            throws Exception {
        FieldCard card = someone();
        String key = torn(card, DEBITED);
        here.giveUp(key, "kept");
        for (int sale = 0; sale <= RING; sale++) {
            assertPaid(there.pay(card));
        }
        assertPaid(here.pay(card));
        assertSays("in-doubt", here.look(key));
        paidByTheHub++;
    }

    @Test
    void a_card_older_than_it_was_is_refused_and_the_evidence_is_kept(@TempDir Path copies) throws Exception {
        int household = ++households;
        FieldCard card = market.card(household);
        assertPaid(here.pay(card));
        int before = here.ledger().size();
        try (CardPocket old = market.cardsCopied(copies.resolve("cards.journal"))) {
            assertPaid(here.pay(card));
            String key = here.ring();
            here.await(key);
            assertSays("refused", here.lay(key, old.card("card-" + household).orElseThrow(), NEVER));
            here.await(key);
            assertPaid(here.lay(key, card, NEVER));
        }
        assertTrue(of(Body.TechnicalEvent.class, since(before)).stream()
                .anyMatch(event -> event.code() == Body.TechnicalEvent.CARD_ROLLED_BACK));
    }

    @Test
    void another_card_is_asked_for_nothing_while_a_payment_is_in_doubt() throws Exception {
        FieldCard card = someone();
        FieldCard another = someone();
        String key = torn(card, NOT_DEBITED);
        JsonNode said = here.lay(key, another, NEVER);
        assertSays("in-doubt", said);
        assertPaid(here.lay(key, card, NEVER));
        assertPaid(here.pay(another));
    }

    @Test
    void after_a_power_cut_in_the_middle_of_a_payment_it_is_in_doubt_before_anything_is_sold() throws Exception {
        FieldCard card = someone();
        int before = here.ledger().size();
        String key = here.ring();
        here.await(key);
        CountDownLatch debited = new CountDownLatch(1);
        CountDownLatch dark = new CountDownLatch(1);
        FieldCard held = new Meddled(card, DEBIT, (real, apdu) -> {
            real.transmit(apdu);
            debited.countDown();
            return afterDark(dark);
        });
        try (PresentedCard lying = here.present(held, NEVER)) {
            assertTrue(debited.await(SECONDS, TimeUnit.SECONDS), "no DEBIT was sent");
            here.pullPlug();
            dark.countDown();
            assertTrue(lying.await(Duration.ofSeconds(SECONDS)).isPresent(), "the card still lies there");
        }
        assertEquals("in-doubt", here.state(key));
        assertPaid(here.lay(key, card, NEVER));
        assertEquals(1, of(Body.InDoubt.class, since(before)).size());
    }
    /** The answer that no till waits for any more. */
    private static byte[] afterDark(CountDownLatch dark) throws IOException {
        try {
            if (!dark.await(SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the plug was never pulled");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("nobody is there to answer");
    }

    /** A stall keeps the goods paid or gives them back, and the next stall the member goes to brings the news to the hub. */
    @Test
    void a_card_that_goes_to_another_stall_first_tells_the_hub_there() throws Exception {
        for (String goods : List.of("kept", "returned")) {
            FieldCard card = someone();
            String key = torn(card, DEBITED);
            here.giveUp(key, goods);
            assertPaid(there.pay(card));
            assertSays(goods.equals("kept") ? "in-doubt" : "abandoned", here.look(key));
            if (goods.equals("kept")) {
                paidByTheHub++;
            }
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void in_the_evening_the_hub_has_each_payment_once_and_nothing_is_left_to_look_into() throws Exception {
        JsonNode evening = market.eveningOf(paid);
        assertEquals(0, evening.path("suspense").size(), evening.toPrettyString());
        Remains.Checked checked =
                Remains.check(market.directory().root(), market.directory().trust());
        assertEquals(0, checked.code(), checked.words());
        System.out.println("measured: " + paid + " payments by the decision table at two real tills, " + paidByTheHub
                + " more by the hub's own word, " + evening.path("entries").asLong() + " entries, 0 differences");
    }

    @AfterAll
    void close() throws IOException {
        market.close();
    }
}
