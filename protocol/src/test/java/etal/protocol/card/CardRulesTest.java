package etal.protocol.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class CardRulesTest {
    @Test
    void periods_count_the_months_since_2020() {
        assertEquals(0, Period.of(2020, 1));
        assertEquals(63, Period.of(2025, 4));
        assertEquals(63, Period.of(LocalDate.of(2025, 4, 30)));
        assertEquals(YearMonth.of(2025, 4), Period.yearMonth(63));
        for (int period = 0; period <= Period.MAX; period++) {
            YearMonth month = Period.yearMonth(period);
            assertEquals(period, Period.of(month.getYear(), month.getMonthValue()));
        }
    }

    @Test
    void months_that_no_card_can_name_are_a_programming_error() {
        assertThrows(IllegalArgumentException.class, () -> Period.of(2019, 12));
        assertThrows(IllegalArgumentException.class, () -> Period.of(2025, 13));
        assertThrows(IllegalArgumentException.class, () -> Period.of(2025, 0));
        assertThrows(IllegalArgumentException.class, () -> Period.of(7482, 1));
        assertThrows(IllegalArgumentException.class, () -> Period.yearMonth(-1));
    }

    @Test
    void balances_follow_the_deltas_there_and_back() {
        Balances before = new Balances(10_000, 500, 200);
        Deltas deltas = new Deltas(-2_400, 100, -100);
        assertEquals(new Balances(7_600, 600, 100), before.plus(deltas));
        assertEquals(before, before.plus(deltas).minus(deltas));
    }

    @Test
    void a_card_holds_31_bits_a_purse_and_takes_32_bits_of_change() {
        assertTrue(new Balances(Balances.PURSE_MAX, 0, 0).fitsCard());
        assertFalse(new Balances(Balances.PURSE_MAX + 1, 0, 0).fitsCard());
        assertFalse(new Balances(0, -1, 0).fitsCard());
        assertTrue(new Deltas(Integer.MIN_VALUE, Integer.MAX_VALUE, 0).fitsCard());
        assertFalse(new Deltas(0, 0, Integer.MAX_VALUE + 1L).fitsCard());
    }
}
