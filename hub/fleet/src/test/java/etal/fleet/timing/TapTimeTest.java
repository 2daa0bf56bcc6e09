package etal.fleet.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.fleet.timing.Chip.Price;
import etal.virtualcard.loader.Tally;
import etal.virtualcard.loader.Tally.Call;
import etal.virtualcard.loader.Tally.Work;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The model on a chip with round numbers. */
class TapTimeTest {
    private static final long MILLI = 1_000_000;

    private static final Chip ROUND = new Chip(
            "round",
            Map.of(Work.SIGN, new Price(30 * MILLI, 0), Work.AES, new Price(2 * MILLI, 1_000)),
            5_000,
            MILLI,
            3 * MILLI,
            40 * MILLI,
            10);

    private static Tally tally(long instructions, Call... calls) {
        return new Tally(instructions, List.of(calls));
    }

    @Test
    void work_is_priced_by_the_call_and_by_the_byte_and_instructions_one_by_one() {
        Breakdown time = ROUND.time(tally(1_000, new Call(Work.SIGN, 1, 80), new Call(Work.AES, 2, 144)), false);
        assertEquals(30 * MILLI, time.nanos(Part.SIGNATURES));
        assertEquals(4 * MILLI + 144_000, time.nanos(Part.AES));
        assertEquals(5 * MILLI, time.nanos(Part.INSTRUCTIONS));
        assertEquals(MILLI, time.nanos(Part.CARD_SYSTEM));
        assertEquals(30 * MILLI + 4 * MILLI + 144_000 + 5 * MILLI + MILLI, time.totalNanos());
    }

    @Test
    void one_call_over_eight_blocks_costs_less_than_eight_calls() {
        Tally together = tally(0, new Call(Work.AES, 1, 128));
        Tally apart = tally(0, new Call(Work.AES, 8, 128));
        assertEquals(
                14 * MILLI,
                ROUND.time(apart, false).totalNanos()
                        - ROUND.time(together, false).totalNanos());
    }

    @Test
    void selecting_costs_more_than_another_command() {
        assertEquals(4 * MILLI, ROUND.time(Tally.NONE, true).totalNanos());
        assertEquals(MILLI, ROUND.time(Tally.NONE, false).totalNanos());
    }

    @Test
    void a_card_that_computes_long_asks_for_more_time() {
        Exchange quick = new Exchange(0x14, 78, 148, tally(0, new Call(Work.SIGN, 1, 80)));
        Exchange slow = new Exchange(0x14, 78, 148, tally(0, new Call(Work.SIGN, 2, 160)));
        long once = TapTime.exchange(quick, ROUND, Pn532.FAST).nanos(Part.AIR);
        long waiting = TapTime.exchange(slow, ROUND, Pn532.FAST).nanos(Part.AIR);
        assertEquals(Air.waitingTimeNanos(), waiting - once);
    }

    @Test
    void a_tap_is_its_activation_its_exchanges_and_the_terminals_own_work() {
        Exchange debit = new Exchange(0x14, 78, 148, tally(0, new Call(Work.SIGN, 1, 80)));
        long one = TapTime.exchange(debit, ROUND, Pn532.FAST).totalNanos();
        long found = TapTime.activation(ROUND, Pn532.FAST).totalNanos();
        Breakdown tap = TapTime.of(List.of(debit, debit), ROUND, Pn532.FAST, 7 * MILLI);
        assertEquals(found + 2 * one + 7 * MILLI, tap.totalNanos());
        assertEquals(7 * MILLI, tap.nanos(Part.TERMINAL));
    }

    @Test
    void every_kind_of_work_has_a_price_on_every_chip() {
        for (Chip chip : Chips.all()) {
            for (Work work : Work.values()) {
                assertEquals(true, chip.prices().containsKey(work), chip.name() + ": " + work);
            }
        }
    }

    @Test
    void the_published_signature_lies_on_the_line_drawn_through_it() {
        // 31.96 ms for 256 bytes with SHA-1, and 2.75 ms more for SHA-256 over as many.
        long nanos =
                Chips.J3R180.time(tally(0, new Call(Work.SIGN, 1, 256)), false).nanos(Part.SIGNATURES);
        assertEquals(34_710_000, nanos, 50_000);
    }
}
