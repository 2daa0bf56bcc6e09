package etal.terminal.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Topics;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A stall's clock lost its battery, was set by someone, runs ahead: times, days and rules come right as soon as the hub's word
 * or a clock that can be trusted shows what is wrong, and the ledger says so.
 *
 * <pre>
 * till, two days ahead               hub
 *  |-- entry 7, of Friday ---------->|   on Wednesday
 *  |<-- checkpoint 7, Wednesday -----|   written before it was signed: the clock is two days ahead
 *  |   clock adjusted, from, to      |
 *  |-- entry 9, of Wednesday ------->|
 * </pre>
 */
class WrongClockTest {
    private static final Wanted MILK = new Wanted("milk", 1);
    private static final long MINUTES = 60_000;
    private static final long DAYS = Duration.ofDays(1).toMillis();

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    /** What time it really is; the till's clock is told apart. */
    private long nowMillis = TestFund.NOON_MILLIS;

    @BeforeEach
    void a_machine_whose_clock_nobody_vouches_for() {
        market.clock.trusted(false);
        sell("b0");
        acknowledge();
    }

    @Test
    void a_clock_that_ran_ahead_once_is_set_back_by_the_hubs_word_and_the_ledger_says_so() {
        clockAt(nowMillis + 2 * DAYS);
        sell("b1");
        assertEquals(nowMillis + 2 * DAYS, last().timeMillis());
        acknowledge();
        clockAt(nowMillis);

        sell("b2");

        assertEquals(nowMillis, last().timeMillis());
        Body.ClockAdjusted adjusted = market.bodies(Body.ClockAdjusted.class).getFirst();
        assertEquals(new Body.ClockAdjusted(nowMillis + 2 * DAYS, nowMillis), adjusted);
    }

    @Test
    void a_clock_that_goes_on_running_ahead_is_put_right_by_what_it_is_ahead() {
        clockAt(nowMillis + 2 * DAYS);
        sell("b1");
        acknowledge();
        pass(Duration.ofHours(3));

        sell("b2");

        assertEquals(nowMillis, last().timeMillis());
        assertEquals(1, market.bodies(Body.ClockAdjusted.class).size());
        pass(Duration.ofHours(1));
        sell("b3");
        assertEquals(nowMillis, last().timeMillis());
        assertEquals(1, market.bodies(Body.ClockAdjusted.class).size(), "said once");
    }

    @Test
    void what_the_hub_said_late_sets_nothing_back_too_far() {
        clockAt(nowMillis + 10 * MINUTES);
        sell("b1");
        long signedMillis = nowMillis;
        pass(Duration.ofHours(5));
        acknowledge(head(), signedMillis);

        sell("b2");

        assertEquals(nowMillis, last().timeMillis(), "ten minutes, not five hours");
    }

    @Test
    void without_any_word_a_clock_that_went_back_takes_no_entry_with_it() {
        clockAt(nowMillis + 2 * DAYS);
        sell("b1");
        clockAt(nowMillis);
        sell("b2");

        assertEquals(nowMillis + 2 * DAYS, last().timeMillis());
        assertEquals(List.of(), market.bodies(Body.ClockAdjusted.class));
    }

    @Test
    void a_clock_that_can_be_trusted_sets_back_what_one_that_could_not_has_written() {
        clockAt(nowMillis + 2 * DAYS);
        sell("b1");
        clockAt(nowMillis);
        market.clock.trusted(true);
        sell("b2");

        assertEquals(nowMillis, last().timeMillis());
        assertTrue(last().trusted());
    }

    @Test
    void never_before_what_the_hub_has_vouched_for() {
        pass(Duration.ofHours(2));
        sell("b1");
        acknowledge();
        clockAt(0);
        market.clock.trusted(true);
        sell("b2");

        assertEquals(nowMillis, last().timeMillis());
    }

    @Test
    void nineteen_seventy_at_the_start_is_the_first_day_of_its_certificate_until_the_hub_is_heard() {
        TestTill fresh = new TestTill(fund, 5);
        fresh.clock.set(Instant.EPOCH);
        fresh.clock.trusted(false);
        fresh.start();

        assertEquals(Instant.parse("2024-01-01T00:00:00Z"), Instant.ofEpochMilli(time(fresh)));
    }

    @Test
    void a_clock_far_beyond_the_hubs_last_word_is_not_believed_further_than_the_rules_let_a_till_be_alone() {
        long windowMillis =
                market.stall().rulesNow().orElseThrow().scheme().card().offlineDaysMost() * DAYS;
        clockAt(nowMillis + windowMillis + 400 * DAYS);
        sell("b1");

        assertEquals(nowMillis + windowMillis + MINUTES, last().timeMillis());
        assertFalse(last().trusted());

        acknowledge();
        sell("b2");
        assertTrue(
                Math.abs(last().timeMillis() - nowMillis) <= MINUTES * 2, "and right again with the hub's next word");
    }

    @Test
    void a_hub_that_contradicts_its_own_earlier_word_sets_no_clock() {
        pass(Duration.ofDays(3));
        sell("b1");
        acknowledge();
        sell("b2");
        acknowledge(head(), TestFund.NOON_MILLIS - 400 * DAYS);
        sell("b3");

        assertEquals(nowMillis, last().timeMillis());
        assertEquals(List.of(), market.bodies(Body.ClockAdjusted.class));
    }

    @Test
    void what_the_word_showed_is_known_after_a_pulled_plug() {
        clockAt(nowMillis + 2 * DAYS);
        sell("b1");
        acknowledge();
        clockAt(nowMillis);
        market.restart();

        assertEquals(nowMillis, last().timeMillis());
        assertEquals(1, market.bodies(Body.ClockAdjusted.class).size());
    }

    @Test
    void two_minutes_are_nobodys_business() {
        clockAt(nowMillis + MINUTES);
        sell("b1");
        acknowledge();
        clockAt(nowMillis);
        sell("b2");

        assertEquals(List.of(), market.bodies(Body.ClockAdjusted.class));
        assertEquals(nowMillis + MINUTES, last().timeMillis());
    }

    @Test
    void sales_around_the_change_of_summer_time_keep_their_day() throws StorageFailed {
        // 30 March 2025, Paris: at two o'clock it is three. Midnight UTC+1 is 23:00 UTC of the day before.
        for (String moment : List.of("2025-10-25T21:59:00Z", "2025-10-25T22:01:00Z", "2025-10-26T22:59:00Z")) {
            market.clock.set(Instant.parse(moment));
            sell("s" + moment.replace(':', '-'));
            assertEquals(Instant.parse(moment).toEpochMilli(), last().timeMillis());
        }
        market.clock.set(Instant.parse("2025-10-26T23:01:00Z"));
        sell("next");

        var zone = market.stall().rulesNow().orElseThrow().scheme().zone();
        List<String> days = new ArrayList<>();
        for (byte[] bytes : market.till().ledger().all()) {
            Entry entry = decoded(bytes);
            if (entry.body() instanceof Body.Sale) {
                days.add(Instant.ofEpochMilli(entry.timeMillis())
                        .atZone(zone)
                        .toLocalDate()
                        .toString());
            }
        }
        assertEquals(List.of("2025-10-25", "2025-10-26", "2025-10-26", "2025-10-27"), days.subList(1, days.size()));
    }

    private void clockAt(long millis) {
        market.clock.set(Instant.ofEpochMilli(millis));
    }

    private void pass(Duration duration) {
        nowMillis += duration.toMillis();
        market.clock.advance(duration);
    }

    private void sell(String key) {
        market.ringUp(key, MILK);
        TestTill.basket(market.stall().cash(key));
    }

    private long head() {
        return market.till().ledger().head().number();
    }

    private void acknowledge() {
        acknowledge(head(), nowMillis);
    }

    private void acknowledge(long number, long hubTimeMillis) {
        try {
            byte[] hash = market.till().ledger().hashOf(number).orElseThrow();
            byte[] word = fund.acknowledgement(new Checkpoint(3, 1, number, hash, hubTimeMillis, 1));
            market.link.deliver(Topics.ack(1, 3), word);
            market.loop.runUntilIdle();
        } catch (StorageFailed failed) {
            throw new AssertionError(failed);
        }
    }

    private Entry last() {
        try {
            return decoded(market.till().ledger().all().getLast());
        } catch (StorageFailed failed) {
            throw new AssertionError(failed);
        }
    }

    private static long time(TestTill till) {
        try {
            return decoded(till.till().ledger().all().getLast()).timeMillis();
        } catch (StorageFailed failed) {
            throw new AssertionError(failed);
        }
    }

    private static Entry decoded(byte[] bytes) {
        try {
            return SignedEntry.decode(bytes).entry();
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }
}
