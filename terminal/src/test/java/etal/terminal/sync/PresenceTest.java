package etal.terminal.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink;
import etal.protocol.cbor.Malformed;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.Topics;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A terminal says that it is there.
 *
 * <pre>
 * till                               hub
 *  |   (link up)                      |
 *  |-- presence: head n ------------->|
 *  |   (sold twice within a second)   |
 *  |-- presence: head n+2 ----------->|   once for both
 *  |   (10 s)                         |
 *  |-- presence: head n+2 ----------->|
 * </pre>
 */
class PresenceTest {
    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    @Test
    void it_is_told_when_the_link_comes_up_signed_by_the_terminal() throws Malformed {
        SignedPresence signed = SignedPresence.decode(told().getFirst().message());

        assertEquals(2, signed.presence().number(), "genesis and start: the rules came a moment later");
        assertEquals("t3-e1", signed.presence().ledger().toString());
        assertArrayEquals(market.setup().identity().kid(), signed.kid());
        assertTrue(signed.verify(market.setup().identity().signer().publicKey()));
    }

    @Test
    void what_is_sold_in_a_row_is_told_of_once_and_soon() throws Malformed {
        told();
        sell("b1");
        sell("b2");
        market.loop.advance(Duration.ofSeconds(1));

        List<FakeLink.Sent> told = told();
        assertEquals(1, told.size());
        assertEquals(
                market.till().ledger().head().number(),
                presence(told.getFirst()).number());
    }

    @Test
    void a_busy_till_tells_at_most_once_a_second() {
        told();
        for (int sale = 0; sale < 100; sale++) {
            sell("b" + sale);
            market.loop.advance(Duration.ofMillis(100));
        }
        int told = told().size();
        assertTrue(told >= 5 && told <= 10, "told " + told + " times in ten seconds");
    }

    @Test
    void a_quiet_till_tells_every_ten_seconds_each_time_something_newer() throws Malformed {
        told();
        market.loop.advance(Duration.ofMinutes(1));

        List<Presence> told = new ArrayList<>();
        for (FakeLink.Sent sent : told()) {
            told.add(presence(sent));
        }
        assertEquals(6, told.size());
        for (int i = 1; i < told.size(); i++) {
            assertTrue(told.get(i).newerThan(told.get(i - 1)), told::toString);
        }
    }

    @Test
    void while_the_link_is_down_nobody_is_told_and_the_till_sells_on() {
        market.link.down();
        market.loop.runUntilIdle();
        told();
        sell("b1");
        market.loop.advance(Duration.ofHours(1));
        assertEquals(List.of(), told());

        market.link.up();
        market.loop.runUntilIdle();
        assertEquals(1, told().size());
    }

    @Test
    void it_is_never_kept_by_the_broker() {
        assertFalse(told().getFirst().topic().retained());
    }

    private static Presence presence(FakeLink.Sent sent) throws Malformed {
        return SignedPresence.decode(sent.message()).presence();
    }

    private List<FakeLink.Sent> told() {
        return market.link.takeSent().stream()
                .filter(sent -> sent.topic().name().equals(Topics.here(1, 3)))
                .toList();
    }

    private void sell(String key) {
        market.ringUp(key, new Wanted("milk", 1));
        TestTill.basket(market.stall().cash(key));
    }
}
