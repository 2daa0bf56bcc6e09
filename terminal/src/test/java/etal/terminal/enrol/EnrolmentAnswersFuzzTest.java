package etal.terminal.enrol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.protocol.cbor.Malformed;

/** What a registrar, or whoever says to be one, answers to an enrolling terminal. */
final class EnrolmentAnswersFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void certificates_in_pkcs7(byte[] in) {
        try {
            assertTrue(CertsOnly.decode(in).size() <= 8);
        } catch (Malformed e) {
            assertTrue(String.valueOf(e.getMessage()).length() < 500);
        }
    }
}
