package etal.hub.trace;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.protocol.cbor.Malformed;

/** An entry taken apart for people to read. */
final class CborPiecesFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void an_entry_in_pieces(byte[] in) {
        try {
            assertTrue(CborPieces.of(in).size() <= in.length);
        } catch (Malformed e) {
            assertTrue(String.valueOf(e.getMessage()).length() < 500);
        }
    }
}
