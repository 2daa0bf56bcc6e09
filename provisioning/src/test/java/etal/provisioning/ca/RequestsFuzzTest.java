package etal.provisioning.ca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;

/** What arrives at the registrar as a certificate request. */
final class RequestsFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void a_certificate_request(byte[] in) {
        try {
            assertArrayEquals(Hash.sha256(in), TerminalRequest.read(in).hash());
        } catch (Malformed e) {
            assertTrue(String.valueOf(e.getMessage()).length() < 500);
        }
    }
}
