package etal.hub.members;

import static etal.hub.world.TestMonths.APRIL;
import static etal.hub.world.TestMonths.JUNE;
import static etal.hub.world.TestMonths.MAY;
import static etal.hub.world.TestMonths.entitlement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestMonths;
import etal.port.StorageFailed;
import etal.protocol.card.Balances;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loads that no sound card would sign, and a store in which a hand has changed what cards may load. */
class WrongLoadTest {
    private static final String ON_CARD = "4672A";

    private final TestMonths world = new TestMonths();

    WrongLoadTest() throws StorageFailed {}

    @Test
    void more_or_fewer_months_than_are_due_are_no_load() throws Exception {
        for (int months = 0; months <= 4; months++) {
            TestMonths world = new TestMonths();
            TestCard card = world.card(11, entitlement(Balances.PURSE_MAX, 2));
            world.opens(APRIL);
            world.loads(card, APRIL);
            world.opens(MAY);
            world.opens(JUNE);
            world.fund.three.append(new Body.RecordCarried(world.broken(card, 2, card.balances(), JUNE, months), null));
            world.sync();
            List<String> expected = months == 2 ? List.of() : List.of("wrong-load");
            assertEquals(expected, world.fund.quarantined(), months + " months");
            assertEquals(months == 2 ? 45_000 : 15_000, world.balance(ON_CARD, card));
        }
    }

    @Test
    void a_load_that_fitted_while_its_neighbour_was_unknown_refuses_the_neighbour_that_it_does_not_fit()
            throws Exception {
        TestCard card = world.card(11, entitlement(Balances.PURSE_MAX, 2));
        world.opens(APRIL);
        world.loads(card, APRIL);
        world.opens(MAY);
        world.fund.five.load(card, world.token(MAY));
        world.opens(JUNE);
        world.fund.three.append(new Body.RecordCarried(world.broken(card, 3, card.balances(), JUNE, 2), null));
        world.deliver(world.fund.three.batch());
        assertEquals(List.of(), world.fund.quarantined(), "May may have been skipped");
        world.deliver(world.fund.five.batch());
        assertEquals(List.of("wrong-load"), world.fund.quarantined());
    }

    @Test
    void a_load_that_keeps_what_should_expire_or_sets_the_earnable_wrong_is_no_load() throws Exception {
        TestCard card = world.card(11, entitlement(4_000, 0));
        world.opens(APRIL);
        world.loads(card, APRIL);
        world.opens(MAY);
        CardProof kept = world.broken(card, 2, card.balances(), MAY, 1);
        world.fund.three.append(new Body.RecordCarried(kept, null));
        world.sync();
        assertEquals(List.of("wrong-load"), world.fund.quarantined());
    }

    @Test
    void a_hand_that_changes_what_cards_may_load_is_found_by_the_loads() throws Exception {
        for (String change : List.of(
                "UPDATE card SET keep_cents = 0",
                "UPDATE card SET earnable_cents = 1",
                "UPDATE card SET catch_up_months = 0",
                "UPDATE card SET entitlement_cents = 7500")) {
            TestMonths world = new TestMonths();
            TestCard card = world.card(11, entitlement(4_000, 1));
            world.opens(APRIL);
            world.loads(card, APRIL);
            world.opens(MAY);
            world.opens(JUNE);
            world.loads(card, JUNE);
            world.evening();
            world.fund.tamper(change);
            List<String> differences = world.hub.reconcile(TestFund.DAY, true).differences();
            assertTrue(
                    differences.stream().anyMatch(one -> one.contains("not entitled to what it loaded")),
                    change + ": " + differences);
        }
    }
}
