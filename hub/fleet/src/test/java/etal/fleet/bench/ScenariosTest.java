package etal.fleet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.timing.Chips;
import etal.fleet.timing.Exchange;
import etal.fleet.timing.Pn532;
import etal.fleet.timing.TapTime;
import etal.protocol.card.Commands;
import etal.virtualcard.loader.Tally.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The taps that the bench makes are the terminal's own, and the same each time. Nothing here is timed. */
class ScenariosTest {
    private static final int STATE = Commands.STATE;
    private static final int INTRODUCE = Commands.INTRODUCE;
    private static final int LOAD = Commands.LOAD;
    private static final int VOUCHER = Commands.VOUCHER;
    private static final int DEBIT = Commands.DEBIT;

    private static Map<Scenario, List<Payment>> made = Map.of();

    @BeforeAll
    static void make_each_scenario_twice(@TempDir Path directory) throws Exception {
        made = new TapRuns(directory).make(2);
    }

    private static List<Integer> commands(Scenario scenario) {
        return payments(scenario).getFirst().exchanges().stream()
                .map(Exchange::ins)
                .toList();
    }

    private static List<Payment> payments(Scenario scenario) {
        return made.getOrDefault(scenario, List.of());
    }

    @Test
    void each_scenario_sends_what_it_is_called_after() {
        assertEquals(List.of(Exchange.SELECT, STATE, DEBIT), commands(Scenario.KNOWN));
        assertEquals(List.of(Exchange.SELECT, STATE, INTRODUCE, STATE, DEBIT), commands(Scenario.FIRST_MEETING));
        assertEquals(List.of(Exchange.SELECT, STATE, LOAD, DEBIT), commands(Scenario.MONTH));
        assertEquals(List.of(Exchange.SELECT, STATE, VOUCHER, DEBIT), commands(Scenario.VOUCHER));
        assertEquals(List.of(Exchange.SELECT, STATE, INTRODUCE, STATE, LOAD, DEBIT), commands(Scenario.EVERYTHING));
        assertEquals(
                List.of(Exchange.SELECT, STATE, INTRODUCE, STATE, LOAD, VOUCHER, DEBIT),
                commands(Scenario.EVERYTHING_AND_VOUCHER));
    }

    @Test
    void the_bytes_are_those_that_the_terminal_sends() {
        Exchange select = payments(Scenario.KNOWN).getFirst().exchanges().getFirst();
        assertEquals(Commands.select().length, select.commandBytes());
    }

    @Test
    void the_same_tap_is_the_same_work_each_time() {
        for (Scenario scenario : Scenario.values()) {
            List<Exchange> one = payments(scenario).get(0).exchanges();
            List<Exchange> other = payments(scenario).get(1).exchanges();
            assertEquals(one.size(), other.size());
            for (int i = 0; i < one.size(); i++) {
                for (Work work : Work.values()) {
                    assertEquals(
                            one.get(i).tally().of(work).times(),
                            other.get(i).tally().of(work).times(),
                            scenario + ", command " + i + ": " + work);
                }
                assertEquals(
                        one.get(i).tally().instructions(),
                        other.get(i).tally().instructions(),
                        150,
                        scenario + " " + i);
            }
        }
    }

    @Test
    void each_record_is_signed_once_and_only_what_others_have_signed_is_verified() {
        for (Scenario scenario : Scenario.values()) {
            for (Exchange exchange : payments(scenario).getFirst().exchanges()) {
                boolean order = exchange.ins() == LOAD || exchange.ins() == VOUCHER;
                boolean signs = exchange.ins() == DEBIT || order;
                boolean verifies = exchange.ins() == INTRODUCE || order;
                assertEquals(signs ? 1 : 0, exchange.tally().of(Work.SIGN).times());
                assertEquals(verifies ? 1 : 0, exchange.tally().of(Work.VERIFY).times());
            }
        }
    }

    @Test
    void more_in_one_tap_takes_longer() {
        long known = time(Scenario.KNOWN, Pn532.FAST);
        assertTrue(time(Scenario.FIRST_MEETING, Pn532.FAST) > known);
        assertTrue(time(Scenario.MONTH, Pn532.FAST) > known);
        assertTrue(time(Scenario.VOUCHER, Pn532.FAST) > known);
        assertTrue(time(Scenario.EVERYTHING, Pn532.FAST) > time(Scenario.MONTH, Pn532.FAST));
        assertTrue(time(Scenario.KNOWN, Pn532.SLOW) > known);
    }

    private static long time(Scenario scenario, Pn532 reader) {
        return TapTime.of(payments(scenario).getFirst().exchanges(), Chips.J3R180, reader, 0)
                .totalNanos();
    }
}
