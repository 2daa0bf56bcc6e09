package etal.protocol.fuzz;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.cbor.Malformed;

/** What a refusal must be: a reason of bounded length, for a log. */
final class Refused {
    private static final int REASON_MAX = 500;

    private Refused() {}

    static void rightly(Malformed refusal) {
        String reason = refusal.getMessage();
        assertNotNull(reason);
        assertTrue(reason.length() <= REASON_MAX, () -> "a reason of " + reason.length() + " characters");
    }
}
