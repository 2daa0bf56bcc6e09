package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.sync.Topics;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A month opens at the first tap of a card, whichever stall that is.
 * <pre>
 *  terminal                        card
 *     |-- SELECT, STATE ------------->|  record, entitlement
 *     |-- LOAD token of June -------->|  only when something is due and the load cap allows what it would then hold
 *     |-- DEBIT ---------------------->|
 * </pre>
 */
class MonthOpeningTest {
    private static final int LOAD = 0x18;
    private static final int APRIL = TestFund.APRIL;
    private static final int JUNE = APRIL + 2;

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    private TestCard card(Entitlement entitlement) {
        return new TestCard(fund.card(1, entitlement, APRIL + 24));
    }

    private static Entitlement entitlement(long amountCents, long keepCents) {
        return new Entitlement(amountCents, 250, keepCents, Entitlement.EVERYWHERE, APRIL, APRIL + 11, 2, 1);
    }

    private void opens(int period) {
        market.link.deliver(Topics.doc(1, "any", 1), fund.period(period));
        market.loop.runUntilIdle();
    }

    private void buys(TestCard card, String key) {
        market.ringUp(key, new Wanted("cheese", 1));
        market.stall().awaitCard(key);
        market.tap(card);
        assertEquals(BasketState.PAID, market.look(key).state());
    }

    /** What cards have signed of their loads, as the ledger has it. */
    private List<CardRecord> loads() {
        return market.bodies(Body.RecordCarried.class).stream()
                .map(Body.RecordCarried::card)
                .filter(Objects::nonNull)
                .map(MonthOpeningTest::record)
                .filter(record -> record.tag() == CardRecord.Tag.LOAD)
                .toList();
    }

    private static CardRecord record(CardProof proof) {
        try {
            return CardRecord.decode(proof.record());
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }

    @Test
    void a_skipped_month_comes_along_and_what_is_above_keep_expires() {
        TestCard card = card(entitlement(10_000, 4_000));
        buys(card, "april");
        opens(JUNE);
        buys(card, "june");

        // 100,00 less 4,50 are 95,50; 40,00 stay, 200,00 of May and June come.
        CardRecord june = loads().getLast();
        assertEquals(new Balances(24_000, 0, 250), june.after());
        assertEquals(new Deltas(24_000 - 9_550, 0, 0), june.deltas());
        assertEquals(JUNE, june.period());
        buys(card, "june-again");
        assertEquals(2, loads().size());
    }

    @Test
    void a_card_that_would_hold_more_than_the_load_cap_is_not_asked_to_load_and_still_pays() {
        // The cap is 1 500,00. Two months are 1 400,00 and what stays is 100,01: one cent too much.
        TestCard card = card(entitlement(70_000, 10_001));
        buys(card, "april");
        card.takeInstructions();
        opens(JUNE);
        buys(card, "june");

        assertFalse(card.takeInstructions().contains(LOAD));
        assertEquals(1, loads().size());
    }

    @Test
    void what_expires_counts_against_the_load_cap_no_more() {
        TestCard card = card(entitlement(70_000, 10_000));
        buys(card, "april");
        opens(JUNE);
        buys(card, "june");

        assertEquals(150_000, loads().getLast().after().allocation());
    }
}
