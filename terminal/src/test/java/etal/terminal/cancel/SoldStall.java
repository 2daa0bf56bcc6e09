package etal.terminal.cancel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.Said;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.sale.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stall where sale 1, basket b1, has just been paid with a card. */
final class SoldStall {
    /** INS of CANCEL. */
    static final int CANCEL = 0x1A;

    static final Wanted CHEESE = new Wanted("cheese", 1);
    static final long CHEESE_CENTS = 450;

    final TestFund fund;
    final TestTill till;
    final TestCard card;

    SoldStall(TestFund fund, long terminal, long cardNumber) {
        this.fund = fund;
        this.till = TestTill.ready(fund, terminal);
        this.card = new TestCard(fund.card(cardNumber));
        pay(till, "b1");
        card.takeInstructions();
        till.signal.takeShown();
    }

    static SoldStall ready() {
        return new SoldStall(new TestFund(), 3, 1);
    }

    void pay(TestTill at, String key) {
        at.ringUp(key, CHEESE);
        TestTill.basket(at.stall().awaitCard(key));
        at.tap(card);
        assertEquals(BasketState.PAID, at.look(key).state());
    }

    /** The producer touches "cancel this sale". */
    TillBasket cancel(long sale) {
        return TestTill.basket(till.stall().cancel(sale, Body.Cancellation.RUNG_UP_WRONGLY));
    }

    /** The producer touches "keep the sale". */
    TillBasket keep() {
        return TestTill.basket(till.stall().keepSale(1));
    }

    /** Why it cannot be cancelled. */
    Said refusal(long sale) {
        if (till.stall().cancel(sale, Body.Cancellation.OTHER) instanceof Answer.Refused refused) {
            return refused.why();
        }
        throw new AssertionError("it was not refused");
    }

    void tap() {
        till.tap(card);
    }

    BasketState state(String key) {
        return till.look(key).state();
    }

    String said() {
        return till.look("b1").said().key();
    }

    List<Body.Cancellation> cancellations() {
        return till.bodies(Body.Cancellation.class);
    }

    /** Sold once, cancelled once, and the card has back what it paid. */
    void assertCancelledOnce() {
        assertEquals(BasketState.CANCELLED, state("b1"));
        List<Body.Sale> sales = till.bodies(Body.Sale.class).stream()
                .filter(sale -> sale.sale() == 1)
                .toList();
        assertEquals(1, sales.size());
        assertEquals(1, cancellations().size());
        CardRecord paid = record(sales.getFirst().card());
        assertEquals(
                paid.deltas().negated(),
                record(cancellations().getFirst().card()).deltas());
    }

    /** The sale stands, and the card still lacks what it paid. */
    void assertStands() {
        assertEquals(BasketState.PAID, state("b1"));
        assertEquals(List.of(), cancellations());
    }

    static CardRecord record(@Nullable CardProof proof) {
        if (proof == null) {
            throw new AssertionError("no card");
        }
        try {
            return CardRecord.decode(proof.record());
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }
}
