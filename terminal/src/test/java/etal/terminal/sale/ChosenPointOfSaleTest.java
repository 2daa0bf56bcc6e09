package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import etal.protocol.card.Balances;
import etal.protocol.card.Entitlement;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.sync.Document;
import etal.protocol.sync.Topics;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A fund whose cards pay only where their household has chosen: the card itself says where. */
class ChosenPointOfSaleTest {
    private final TestFund fund = new TestFund();
    private final TestTill three = TestTill.ready(fund, 3);

    ChosenPointOfSaleTest() {
        String yaml = SchemeFile.dieulefit()
                .replaceFirst("(?m)^version: .*$", "version: 2")
                .replace("pointsOfSale: enrolled", """
                        pointsOfSale:
                            chosen: true
                            others: 0
                            register:
                              - { id: 3, name: Chèvrerie, kind: stall }
                              - { id: 4, name: Fournil, kind: stall }""");
        three.link.deliver(
                Topics.doc(1, Document.SCHEME, 2),
                fund.document(Document.SCHEME, 2, yaml.getBytes(StandardCharsets.UTF_8)));
        three.loop.runUntilIdle();
    }

    private TestCard tapped(long pointOfSale) {
        Entitlement entitlement =
                new Entitlement(15_000, 0, Balances.PURSE_MAX, pointOfSale, TestFund.APRIL, TestFund.APRIL + 11, 0, 1);
        TestCard card = new TestCard(fund.card(1, entitlement, TestFund.APRIL + 24));
        three.ringUp("b1", new Wanted("cheese", 1));
        three.stall().awaitCard("b1");
        three.tap(card);
        return card;
    }

    @Test
    void at_its_own_point_of_sale_a_card_pays() {
        tapped(3);
        assertEquals(BasketState.PAID, three.look("b1").state());
        assertEquals(450, three.look("b1").cardCents());
    }

    @Test
    void elsewhere_it_is_refused_with_its_reason_and_not_debited() {
        TestCard card = tapped(4);
        assertEquals(BasketState.REFUSED, three.look("b1").state());
        assertEquals("card-other_point_of_sale", three.look("b1").said().key());
        assertFalse(card.takeInstructions().contains(TestCard.DEBIT));
    }

    @Test
    void a_household_that_has_chosen_none_yet_pays_nowhere() {
        TestCard card = tapped(Entitlement.EVERYWHERE);
        assertEquals(BasketState.REFUSED, three.look("b1").state());
        assertFalse(card.takeInstructions().contains(TestCard.DEBIT));
    }
}
