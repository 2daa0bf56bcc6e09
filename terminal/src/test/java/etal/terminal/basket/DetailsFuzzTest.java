package etal.terminal.basket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.protocol.cbor.Malformed;

/** A receipt's details as they are kept. */
final class DetailsFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void details(byte[] in) {
        try {
            assertTrue(Details.decode(in).cardCents() >= 0);
        } catch (Malformed e) {
            assertTrue(String.valueOf(e.getMessage()).length() < 500);
        }
    }
}
