package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestTerminal;
import etal.protocol.ledger.Succession;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A terminal is rebuilt: new key, new epoch, and a genesis that names what was known of the one before.
 *
 * <pre>
 * t3-e1                     t3-e2                        hub
 *  |-- entries 1..2 -----------------------------------> |
 *  |  (burns)                |-- genesis (e1, 2, hash) -> |
 *  |                         |-- sale ------------------> |
 *  |-- entries 3..4, from its stick -------------------> |  no fork, and payable
 * </pre>
 */
class EpochTest {
    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    EpochTest() throws Exception {
        fund.three.load(card, fund.token());
        fund.deliver(fund.three.batch());
    }

    @Test
    void a_late_tail_of_the_epoch_before_is_no_fork_and_is_paid() throws Exception {
        fund.three.sell(card, vegetables(1_000));
        fund.three.close("2025-04-02");
        TestTerminal rebuilt = rebuilt(fund.three.entry(2).hash());
        rebuilt.sell(card, vegetables(300));
        rebuilt.close("2025-04-02");
        fund.deliver(rebuilt.batch());
        fund.five.close("2025-04-02");
        fund.deliver(fund.five.batch());
        assertEquals(300, fund.balance("4673"));

        fund.deliver(fund.three.batch());
        assertEquals(List.of(), fund.quarantined());
        assertEquals(0, fund.count("fork"));
        assertEquals(1_300, fund.balance("4673"));
        assertEquals(List.of(), fund.evening().differences());
    }

    @Test
    void a_genesis_that_contradicts_what_the_hub_holds_is_named_and_its_sales_are_paid_by_their_cards()
            throws Exception {
        TestTerminal rebuilt = rebuilt(new byte[32]);
        rebuilt.sell(card, vegetables(300));
        fund.deliver(rebuilt.batch());
        assertEquals(List.of("wrong-succession"), fund.quarantined());
        assertEquals(300, fund.balance("4673"));
    }

    @Test
    void an_entry_that_contradicts_a_genesis_that_came_first_is_named_as_well() throws Exception {
        fund.three.sell(card, vegetables(1_000));
        fund.deliver(new TestTerminal(
                        fund.authority, 3, 2, new Succession(1, 3, new byte[32]), fund.scheme, fund.clock.now())
                .batch());
        assertEquals(List.of(), fund.quarantined());
        assertTrue(oddities().contains("t3-e1: entries 3 to 3 are known of, and have not come"), oddities());
        fund.deliver(fund.three.batch());
        assertEquals(List.of("wrong-succession"), fund.quarantined());
        assertEquals(1_000, fund.balance("4673"), "the card has signed it");
    }

    @Test
    void an_epoch_cannot_follow_itself_or_a_later_one() throws Exception {
        fund.deliver(new TestTerminal(
                        fund.authority, 3, 2, new Succession(2, 1, new byte[32]), fund.scheme, fund.clock.now())
                .batch());
        assertEquals(List.of("wrong-succession"), fund.quarantined());
    }

    @Test
    void two_epochs_that_both_sell_are_an_oddity_of_the_evening() throws Exception {
        TestTerminal rebuilt = rebuilt(fund.three.entry(2).hash());
        fund.deliver(rebuilt.batch());
        fund.three.pass(java.time.Duration.ofHours(1));
        fund.three.sell(card, vegetables(1_000));
        fund.deliver(fund.three.batch());
        assertTrue(oddities().contains("t3-e1: 1 entries of 2025-04-02 after epoch 2 had begun"), oddities());
    }

    private String oddities() throws Exception {
        Reconciliation evening = fund.evening();
        return String.join("\n", evening.oddities());
    }

    /** Terminal 3 in its second epoch, after entry 2 of the first. */
    private TestTerminal rebuilt(byte[] head) {
        return new TestTerminal(
                fund.authority,
                3,
                2,
                new Succession(1, 2, head),
                fund.scheme,
                fund.clock.now().plusSeconds(600));
    }
}
