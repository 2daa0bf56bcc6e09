package etal.hub.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.books.Chart;
import etal.hub.books.Journal;
import etal.hub.ingest.Ingest;
import etal.hub.members.Rulebook;
import etal.hub.orders.OrderDesk;
import etal.hub.restore.MonthTokens;
import etal.hub.sync.RollCall.Standing;
import etal.hub.world.TestFund;
import etal.hub.world.TestTerminal;
import etal.port.StorageFailed;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedPresence;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What people see of a terminal.
 *
 * <pre>
 * terminal                    hub
 *    |-- presence: head 9 ---->|   holds 3: catching up, 6 to come
 *    |-- batch 4..9 ---------->|
 *    |-- presence: head 9 ---->|   in step
 *    |   (silence, 25 s)       |   offline since the last word
 * </pre>
 */
class RollCallTest {
    private static final LedgerId THREE = new LedgerId(3, 1);
    private static final LedgerId FIVE = new LedgerId(5, 1);

    private TestFund fund;
    private RollCall roll;
    private long timeMillis;

    @BeforeEach
    void a_hub_that_holds_the_first_entry_of_terminal_three() throws StorageFailed {
        fund = new TestFund();
        fund.deliver(fund.three.batch());
        Ingest ingest = new Ingest(
                fund.fund,
                fund.scheme.zone(),
                TestFund.keys(fund.authority),
                new Rulebook(),
                new Journal(Chart.shipped()),
                new OrderDesk(
                        fund.fund,
                        TestFund.keys(fund.authority),
                        new Journal(Chart.shipped()),
                        fund.scheme.zone(),
                        fund.scheme.card()),
                new MonthTokens(
                        fund.fund,
                        TestFund.keys(fund.authority),
                        new Rulebook(),
                        fund.scheme.id(),
                        fund.scheme.zone()));
        roll = new RollCall(fund.clock, ingest);
        timeMillis = fund.clock.now().toEpochMilli();
    }

    @Test
    void a_terminal_that_has_no_more_than_the_hub_is_in_step() throws StorageFailed {
        assertTrue(hear(presence(fund.three, 3, 1, 1)));
        assertEquals(new Standing.InStep(), standing(THREE, 1));
        assertEquals(new Standing.InStep(), standing(THREE, 2), "a batch may be faster than the word of it");
    }

    @Test
    void one_that_has_more_is_catching_up_and_it_is_said_by_how_much() throws StorageFailed {
        assertTrue(hear(presence(fund.three, 3, 1, 9)));
        assertEquals(new Standing.CatchingUp(6), standing(THREE, 3));
        assertEquals(new Standing.InStep(), standing(THREE, 9));
    }

    @Test
    void after_a_silence_it_is_offline_since_its_last_word() throws StorageFailed {
        hear(presence(fund.three, 3, 1, 1));
        long lastWord = fund.clock.now().toEpochMilli();
        fund.clock.advance(RollCall.SILENCE.minusSeconds(1));
        assertEquals(new Standing.InStep(), standing(THREE, 1));
        fund.clock.advance(Duration.ofSeconds(1));
        assertEquals(new Standing.Offline(lastWord), standing(THREE, 1));

        assertTrue(hear(presence(fund.three, 3, 1, 1)), "it is back");
        assertEquals(new Standing.InStep(), standing(THREE, 1));
    }

    @Test
    void a_hub_that_has_just_started_says_so_and_then_since_when_nothing_came() {
        assertEquals(new Standing.NotYetHeard(), standing(THREE, 1));
        fund.clock.advance(RollCall.SILENCE);
        assertEquals(new Standing.Offline(77), roll.standing(THREE, 1, 77));
    }

    @Test
    void the_same_word_a_second_time_does_not_bring_a_silent_terminal_back() throws StorageFailed {
        byte[] word = presence(fund.three, 3, 1, 1);
        assertTrue(hear(word));
        fund.clock.advance(RollCall.SILENCE);
        assertFalse(hear(word));
        assertTrue(standing(THREE, 1) instanceof Standing.Offline);
    }

    @Test
    void only_the_terminals_own_word_counts() throws StorageFailed {
        assertFalse(hear(presence(fund.five, 3, 1, 1)), "signed by another terminal");
        assertFalse(hear(presence(fund.five, 5, 1, 1)), "a terminal of which the hub holds nothing yet");
        assertFalse(hear(presence(fund.three, 3, 2, 1)), "another epoch");
        byte[] changed = presence(fund.three, 3, 1, 1);
        changed[changed.length - 1] ^= 1;
        assertFalse(hear(changed));
        assertFalse(hear(fund.three.batch()), "a batch on the wrong topic");
        assertFalse(hear(new byte[] {1, 2, 3}));
        assertEquals(new Standing.NotYetHeard(), standing(THREE, 1));
        assertEquals(new Standing.NotYetHeard(), standing(FIVE, 1));
    }

    private Standing standing(LedgerId ledger, long number) {
        return roll.standing(ledger, number, 0);
    }

    private boolean hear(byte[] message) throws StorageFailed {
        return fund.database.inTransaction(connection -> roll.hear(connection, message));
    }

    private byte[] presence(TestTerminal signer, long terminal, long epoch, long number) {
        timeMillis++;
        return SignedPresence.sign(
                        new Presence(terminal, epoch, number, timeMillis),
                        signer.leaf().kid(),
                        message -> P256.sign(signer.leaf().scalar(), message))
                .bytes();
    }
}
