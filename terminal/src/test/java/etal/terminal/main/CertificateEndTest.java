package etal.terminal.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.ledger.CertificateDates;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A terminal's certificate ends: it says so in time, sells on, and what it cannot send waits. */
class CertificateEndTest {
    private final TestTill market = TestTill.ready(new TestFund(), 3);
    private final Instant end = end();

    @Test
    void thirty_days_before_it_begins_to_say_so() {
        market.clock.set(end.minus(Duration.ofDays(31)));
        assertEquals(Optional.empty(), market.till().certificateWord());

        market.clock.set(end.minus(Duration.ofDays(12)));
        assertEquals(
                Said.of("certificate-ends", day(), 12L),
                market.till().certificateWord().orElseThrow());
        market.clock.set(end.minus(Duration.ofHours(2)));
        assertEquals(
                Said.of("certificate-ends", day(), 1L),
                market.till().certificateWord().orElseThrow());
    }

    @Test
    void afterwards_it_sells_on_starts_again_and_keeps_what_is_not_sent() {
        market.clock.set(end.plus(Duration.ofDays(3)));
        market.link.down();
        market.restart();
        assertEquals(
                Said.of("certificate-ended", day()),
                market.till().certificateWord().orElseThrow());

        market.ringUp("b1", new Wanted("milk", 1));
        assertEquals(
                BasketState.PAID, TestTill.basket(market.stall().cash("b1")).state());
        assertTrue(market.till().uplink().unacknowledged() > 0);
    }

    private String day() {
        return LocalDate.ofInstant(end, ZoneOffset.UTC).toString();
    }

    private Instant end() {
        try {
            byte[] leaf = market.setup().identity().chain().getFirst();
            return Instant.ofEpochMilli(CertificateDates.of(leaf).toMillis());
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }
}
