package etal.protocol.scheme.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.scheme.Scheme;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemes that ship are read without a fault, and say what is assumed. */
class ShippedSchemesTest {
    static List<String> ids() {
        return ShippedSchemes.ids();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void a_shipped_scheme_is_read_without_a_fault(String id) {
        SchemeReading reading = SchemeFile.read(ShippedSchemes.yaml(id), id + ".yaml");
        Scheme scheme = assertInstanceOf(SchemeReading.Read.class, reading, reading::toString)
                .scheme();
        assertEquals(id, scheme.id(), "a scheme's id is the name of its file");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void a_shipped_scheme_says_what_is_assumed(String id) {
        assertFalse(ShippedSchemes.scheme(id).assumptions().isEmpty());
        assertTrue(ShippedSchemes.yaml(id).contains("hypothèse"));
    }

    @Test
    void no_two_shipped_schemes_share_a_fund() {
        TreeSet<Long> funds = new TreeSet<>();
        ShippedSchemes.ids()
                .forEach(id -> assertTrue(funds.add(ShippedSchemes.scheme(id).fund()), id));
    }
}
