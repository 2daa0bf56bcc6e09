package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Topics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two branches of one ledger, and entries in foreign batches: neither stops the ledger nor costs a sale. */
class ForkTest {
    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    ForkTest() throws Exception {
        fund.three.load(card, fund.token());
    }

    // terminal, restored            hub
    //    | -- 1, 2, 3 ------------->  |
    //    X back to 2                  |
    //    | -- 3', 4', 5', 6' ------>  |   all four are kept beside 3
    //    | <----------------- ack 3   |   and none is asked for again
    @Test
    void a_branch_that_grows_beyond_the_ledger_is_kept_whole_and_not_asked_for_again() throws Exception {
        fund.three.sell(card, vegetables(100));
        fund.deliver(fund.three.batch());
        fund.three.forget();
        for (int cents = 200; cents <= 500; cents += 100) {
            fund.three.sell(card, vegetables(cents));
        }
        fund.link.takeSent();
        fund.deliver(fund.three.batch());

        assertEquals(4, fund.count("fork"));
        assertEquals(1_500, fund.balance("4673"), "what the card has signed is payable");
        assertFalse(fund.link.takeSent().stream()
                .anyMatch(sent -> sent.topic().name().equals(Topics.gap(1, 3))));
        fund.deliver(fund.three.batch(4, 6));
        assertEquals(4, fund.count("fork"), "the same again is the same");
        assertEquals(1_500, fund.balance("4673"));
        assertTrue(fund.link.takeSent().stream()
                .noneMatch(sent -> sent.topic().name().equals(Topics.gap(1, 3))));
    }

    // a batch has no signature: whoever sees entries may put them into a batch of another terminal
    @Test
    void an_entry_seen_in_a_foreign_batch_is_still_payable_in_its_own() throws Exception {
        SignedEntry sale = fund.three.sell(card, vegetables(700));
        fund.deliver(fund.five.batch(List.of(sale.bytes())));
        assertEquals(List.of("wrong-ledger"), fund.quarantined());
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();

        assertEquals(700, fund.balance("4673"));
        Reconciliation evening = fund.evening();
        List<String> differences = new ArrayList<>(evening.differences());
        differences.removeIf(one -> one.contains("wrong-ledger"));
        assertEquals(List.of(), differences);
    }

    @Test
    void an_entry_beside_the_ledger_is_checked_like_any_other() throws Exception {
        fund.three.sell(card, vegetables(400));
        fund.deliver(fund.three.batch());
        fund.three.forget();
        fund.three.sell(card, vegetables(500));
        fund.deliver(fund.three.batch());
        fund.tamper("UPDATE fork SET bytes = substr(bytes, 1, length(bytes) - 1) || x'00'");
        assertTrue(fund.evening().differences().stream()
                .anyMatch(one -> one.contains("beside the ledger: its signature is not its terminal's")));
    }
}
