package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.hub.members.Fund;
import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestStore;
import etal.protocol.ledger.Body;
import etal.protocol.scheme.file.SchemeFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the hub did not know yet when it came is paid once it does; the row in quarantine says when. */
class AgainTest {
    private final TestFund fund = new TestFund();
    private final TestCard late = new TestCard(fund.authority, 4, TestFund.ENTITLEMENT_CENTS);

    AgainTest() throws Exception {}

    // office                    stall 3                      hub
    //   | card 4 handed out        |                           |
    //   |                          | -- load, two sales -----> |   unknown card
    //   | card 4 entered, hub started again ---------------->  |   all three are taken
    @Test
    void a_sale_that_came_before_its_card_was_entered_is_paid_once_the_hub_knows_the_card() throws Exception {
        fund.three.load(late, fund.token());
        fund.three.sell(late, vegetables(1_250));
        fund.three.sell(late, vegetables(300));
        closeAndSync();
        assertEquals(0, fund.balance("4673"));
        assertEquals(5, fund.quarantined().size(), "the load, two records carried, two sales");

        fund.cards.add(late);
        assertEquals(List.of(), fund.start(fund.hub(fund.database, SchemeFile.dieulefit(), fund.scheme)));
        assertEquals(1_550, fund.balance("4673"));
        Reconciliation evening = fund.evening();
        assertEquals(List.of(), evening.differences());
        assertEquals(List.of(), evening.quarantine());
        assertEquals(0, fund.hub.status().quarantined());
        assertEquals(5, fund.count("quarantine"), "nothing is dropped");
        fund.syncAll();
        assertEquals(1_550, fund.balance("4673"));
    }

    @Test
    void a_card_that_nobody_enters_stays_unknown_however_often_it_is_asked() throws Exception {
        fund.three.load(late, fund.token());
        fund.three.sell(late, vegetables(1_250));
        closeAndSync();
        int differences = fund.evening().differences().size();
        assertEquals(differences, fund.evening().differences().size());
        assertEquals(0, fund.balance("4673"));
        assertEquals(3, fund.hub.status().quarantined());
    }

    @Test
    void what_is_known_now_and_wrong_all_the_same_gets_its_new_reason() throws Exception {
        fund.three.load(late, fund.token());
        Body.Sale sale = fund.three.saleBy(late, List.of(vegetables(500)));
        fund.three.append(new Body.Sale(
                sale.sale(),
                sale.seller(),
                sale.scheme(),
                List.of(vegetables(501)),
                sale.detailsHash(),
                sale.card(),
                null));
        closeAndSync();
        fund.cards.add(late);
        fund.start(fund.hub(fund.database, SchemeFile.dieulefit(), fund.scheme));
        assertEquals(0, fund.balance("4673"));
        Reconciliation evening = fund.evening();
        assertEquals(
                List.of("other-intent"),
                evening.quarantine().stream().map(one -> one.reason()).toList());
    }

    @Test
    void a_seller_that_is_registered_later_is_paid_at_the_next_start() throws Exception {
        TestFund here = new TestFund(TestStore.fresh());
        TestCard card = here.cards.getFirst();
        here.three.load(card, here.token());
        Fund without =
                new Fund(1, here.fund.pointsOfSale().subList(1, 2), here.fund.debtor(), here.fund.period(), 0, 60_000);
        here.three.sell(card, vegetables(700));
        here.three.sellForCash(vegetables(90));
        here.deliverTo(without, here.three.batch());
        assertEquals(List.of("unknown-seller", "unknown-seller"), here.quarantined());

        here.start(here.hub(here.database, SchemeFile.dieulefit(), here.scheme));
        assertEquals(700, here.balance("4673"));
        assertEquals(2, here.count("sale"));
    }

    private void closeAndSync() {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
    }
}
