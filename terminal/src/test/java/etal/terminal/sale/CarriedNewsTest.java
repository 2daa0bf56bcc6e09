package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Sealed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.trust.Role;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import org.junit.jupiter.api.Test;

/** Cards carry news: the record each one brings travels on to the hub, and to nobody else. */
class CarriedNewsTest {
    private final TestFund fund = new TestFund();
    private final TestTill goats = TestTill.ready(fund, 3);
    private final TestTill bread = TestTill.ready(fund, 4);
    private final TestCard card = new TestCard(fund.card(1));

    @Test
    void another_stalls_record_goes_with_the_sale_sealed_to_the_hub() throws Malformed {
        pay(goats, "b1");
        pay(bread, "b1");

        Body.Sale atGoats = goats.bodies(Body.Sale.class).getFirst();
        Body.Sale atBread = bread.bodies(Body.Sale.class).getFirst();
        CardProof brought = opened(atBread.before());
        CardProof made = atGoats.card();
        assertNotNull(made);
        assertArrayEquals(made.record(), brought.record());
        assertArrayEquals(made.signature(), brought.signature());
    }

    @Test
    void an_own_record_is_not_carried_again() {
        pay(goats, "b1");
        pay(goats, "b2");

        assertNull(goats.bodies(Body.Sale.class).getLast().before());
    }

    @Test
    void a_load_made_here_has_its_own_entry() throws Malformed {
        pay(goats, "b1");

        Body.RecordCarried load = goats.bodies(Body.RecordCarried.class).getFirst();
        assertNotNull(load.card());
        CardRecord record = CardRecord.decode(load.card().record());
        assertEquals(CardRecord.Tag.LOAD, record.tag());
        assertEquals(TestFund.ALLOCATION_CENTS, record.deltas().allocation());
        assertEquals(1, goats.bodies(Body.RecordCarried.class).size());
    }

    @Test
    void a_load_whose_answer_was_lost_is_recorded_with_the_next_payment() throws Malformed {
        goats.ringUp("b1", new Wanted("milk", 1));
        goats.stall().awaitCard("b1");
        card.answerLost(TestCard.LOAD);
        goats.tap(card);
        assertEquals(BasketState.AWAITING_CARD, goats.look("b1").state());
        assertTrue(goats.bodies(Body.RecordCarried.class).isEmpty());

        goats.tap(card);

        assertEquals(BasketState.PAID, goats.look("b1").state());
        Body.RecordCarried load = goats.bodies(Body.RecordCarried.class).getFirst();
        assertNotNull(load.card());
        assertEquals(
                CardRecord.Tag.LOAD, CardRecord.decode(load.card().record()).tag());
        assertNull(goats.bodies(Body.Sale.class).getFirst().before());
    }

    @Test
    void a_payment_learnt_from_the_ring_still_brings_the_record_before() throws Malformed {
        pay(goats, "b1");
        bread.ringUp("b1", new Wanted("milk", 1));
        bread.stall().awaitCard("b1");
        card.answerLost(TestCard.DEBIT);
        bread.tap(card);
        bread.tap(card);

        assertEquals(BasketState.PAID, bread.look("b1").state());
        CardProof brought = opened(bread.bodies(Body.Sale.class).getFirst().before());
        assertEquals(3, CardRecord.decode(brought.record()).terminal());
    }

    private CardProof opened(byte @org.jspecify.annotations.Nullable [] sealed) throws Malformed {
        assertNotNull(sealed);
        CardProof proof = CardProof.decode(
                Sealed.open(sealed, fund.authority.service(Role.HUB_SEAL).scalar()));
        CardCertificate certificate = CardCertificate.decode(proof.certificate());
        assertTrue(CardRecord.decode(proof.record()).verify(certificate.publicKey33(), proof.signature()));
        return proof;
    }

    private void pay(TestTill till, String key) {
        till.ringUp(key, new Wanted("milk", 1));
        till.stall().awaitCard(key);
        till.tap(card);
        assertEquals(BasketState.PAID, till.look(key).state());
    }
}
