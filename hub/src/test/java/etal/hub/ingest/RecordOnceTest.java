package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.ledger.Body;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a card has signed once is paid once, in however many entries it stands. */
class RecordOnceTest {
    private final TestFund fund = new TestFund();
    private final Body.Sale sale;

    RecordOnceTest() throws Exception {
        TestCard card = fund.cards.getFirst();
        fund.three.load(card, fund.token());
        sale = fund.three.saleBy(card, List.of(vegetables(700)));
        fund.three.append(sale);
    }

    @Test
    void the_same_sale_in_two_entries_is_paid_once() throws Exception {
        fund.three.append(sale);
        fund.deliver(fund.three.batch());
        assertEquals(List.of("record-used"), fund.quarantined());
        paidOnce();
    }

    @Test
    void the_same_sale_in_both_branches_of_a_fork_is_paid_once() throws Exception {
        fund.deliver(fund.three.batch());
        fund.three.forget();
        fund.three.append(new Body.TechnicalEvent(Body.TechnicalEvent.STARTED, null));
        fund.three.append(sale);
        fund.deliver(fund.three.batch());
        assertEquals(List.of("fork", "record-used", "fork"), fund.quarantined());
        paidOnce();
    }

    private void paidOnce() throws Exception {
        assertEquals(700, fund.balance("4673"));
        assertEquals(1, fund.count("sale"));
        assertTrue(
                fund.evening().differences().stream()
                        .noneMatch(one -> one.contains("posted") || one.contains("among the sales")),
                "books and entries agree");
    }
}
