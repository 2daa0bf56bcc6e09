package etal.protocol.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class UnitTest {
    @Test
    void local_currencies_are_units_too() {
        assertEquals("MonA", new Unit("MonA", "MonA", 2).code());
    }

    @Test
    void a_unit_outside_the_bounds_is_a_programming_error() {
        assertThrows(IllegalArgumentException.class, () -> new Unit("", "€", 2));
        assertThrows(IllegalArgumentException.class, () -> new Unit("EUR", "1", 2));
        assertThrows(IllegalArgumentException.class, () -> new Unit("EUR", "€", 4));
        assertThrows(IllegalArgumentException.class, () -> new Unit("EUR", "€", -1));
    }
}
