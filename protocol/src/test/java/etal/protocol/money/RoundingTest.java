package etal.protocol.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.protocol.Seeds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {
    @ParameterizedTest
    @CsvSource({
        "2000, 75, 1500",
        "1, 50, 0",
        "3, 50, 2",
        "5, 50, 2",
        "7, 50, 4",
        "-1, 50, 0",
        "-3, 50, -2",
        "333, 33, 110",
        "10, 25, 2",
        "30, 25, 8",
        "999, 100, 999",
        "999, 0, 0",
        "2000, 125, 2500",
        "9223372036854775807, 100, 9223372036854775807",
        "-9223372036854775808, 100, -9223372036854775808",
        "9223372036854775807, 50, 4611686018427387904",
    })
    void halves_go_to_the_even_cent(long cents, int percent, long expected) {
        assertEquals(expected, Rounding.percentHalfEven(cents, percent));
    }

    @Test
    void it_is_exact_wherever_the_result_fits() {
        Seeds.each(20_000, random -> {
            long cents = random.nextLong() >> random.nextInt(64);
            int percent = random.nextInt(Rounding.PERCENT_MAX + 1);
            BigDecimal exact = BigDecimal.valueOf(cents)
                    .multiply(BigDecimal.valueOf(percent, 2))
                    .setScale(0, RoundingMode.HALF_EVEN);
            if (exact.toBigInteger().bitLength() < 64) {
                assertEquals(exact.longValueExact(), Rounding.percentHalfEven(cents, percent), cents + " " + percent);
            } else {
                assertThrows(ArithmeticException.class, () -> Rounding.percentHalfEven(cents, percent));
            }
        });
    }

    @Test
    void rates_outside_the_bounds_are_a_programming_error() {
        assertThrows(IllegalArgumentException.class, () -> Rounding.percentHalfEven(1, -1));
        assertThrows(IllegalArgumentException.class, () -> Rounding.percentHalfEven(1, 1_001));
    }
}
