package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.hub.world.TestFund;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A terminal's certificate has ended before all that it signed came up: its successor brings it, and it counts. */
class EndedCertificateTest {
    @Test
    void what_was_signed_is_taken_after_the_certificate_has_ended() throws Exception {
        TestFund fund = new TestFund();
        fund.three.load(fund.cards.getFirst(), fund.token());
        fund.three.sell(fund.cards.getFirst(), vegetables(1_000));
        fund.clock.advance(Duration.ofDays(30 * 365));
        fund.deliver(fund.three.batch());

        assertEquals(List.of(), fund.quarantined());
        assertEquals(1_000, fund.balance("4673"));
    }
}
