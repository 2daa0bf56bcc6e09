package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import etal.protocol.ledger.Body;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Document;
import etal.protocol.sync.Topics;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A terminal that has not heard the hub for longer than the rules allow.
 *
 * <pre>
 * hub                        till                              card
 *  |-- acknowledgement ------>|                                 |
 *  X (no network, 8 days)     |   at most 7 by the rules        |
 *                             |-- nothing is sent ------------->|   "no cards": cash goes on
 *  |-- acknowledgement ------>|                                 |
 *                             |-- DEBIT ----------------------->|   paid
 * </pre>
 */
class TooLongOfflineTest {
    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);
    private final TestCard card = new TestCard(fund.card(1));

    TooLongOfflineTest() {
        String yaml = SchemeFile.dieulefit()
                .replaceFirst("(?m)^version: .*$", "version: 2")
                .replace("spendingOrder: [allocation, bonus]", "spendingOrder: [allocation, bonus]\n  offlineDays: 7");
        byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
        market.link.deliver(Topics.doc(1, "scheme", 2), fund.document(Document.SCHEME, 2, content));
        market.loop.runUntilIdle();
    }

    private void acknowledge() throws Exception {
        Checkpoint all = new Checkpoint(
                3,
                1,
                market.till().ledger().head().number(),
                market.till().ledger().head().hash(),
                market.clock.now().toEpochMilli(),
                1);
        market.link.deliver(Topics.ack(1, 3), fund.acknowledgement(all));
        market.loop.runUntilIdle();
    }

    private void pass(Duration time) {
        market.clock.advance(time);
        market.loop.runUntilIdle();
    }

    private void ring(String key) {
        market.ringUp(key, new Wanted("milk", 1));
    }

    private String cardRefused(String key) {
        return assertInstanceOf(Answer.Refused.class, market.stall().awaitCard(key))
                .why()
                .key();
    }

    @Test
    void it_takes_no_cards_says_so_and_sells_on_in_cash() throws Exception {
        acknowledge();
        market.link.down();
        pass(Duration.ofDays(7));
        ring("b1");
        TestTill.basket(market.stall().awaitCard("b1"));
        market.tap(card);
        assertEquals(BasketState.PAID, market.look("b1").state());

        pass(Duration.ofSeconds(1));
        ring("b2");
        assertEquals("card-too_long_offline", cardRefused("b2"));
        assertEquals(
                BasketState.PAID, TestTill.basket(market.stall().cash("b2")).state());
    }

    @Test
    void a_card_awaited_before_the_limit_is_not_taken_after_it() throws Exception {
        acknowledge();
        market.link.down();
        ring("b1");
        TestTill.basket(market.stall().awaitCard("b1"));
        pass(Duration.ofDays(8));
        market.tap(card);
        assertEquals(BasketState.REFUSED, market.look("b1").state());
        assertEquals("card-too_long_offline", market.look("b1").said().key());
        assertEquals(List.of(), market.bodies(Body.Sale.class));
    }

    @Test
    void before_the_first_acknowledgement_it_counts_from_its_own_beginning() {
        pass(Duration.ofDays(8));
        ring("b1");
        assertEquals("card-too_long_offline", cardRefused("b1"));
    }

    @Test
    void the_hubs_next_word_ends_it() throws Exception {
        pass(Duration.ofDays(8));
        ring("b1");
        acknowledge();
        TestTill.basket(market.stall().awaitCard("b1"));
        market.tap(card);
        assertEquals(BasketState.PAID, market.look("b1").state());
    }
}
