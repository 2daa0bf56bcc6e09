package etal.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.upokecenter.cbor.CBORObject;
import etal.protocol.Vectors;
import etal.protocol.cose.Hash;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The examples of RFC 8949, appendix A: each is read and written alike, or refused, and why is counted. */
final class AppendixATest {
    private static final Map<String, Integer> REASONS = Map.of(
            "read and written alike", 34,
            "a float, null or other simple value", 27,
            "a tag", 8,
            "an indefinite or reserved length", 11,
            "an integer beyond 63 bits", 2);

    @Test
    void the_examples_are_read_and_written_alike_or_refused_for_a_reason() throws Exception {
        Map<String, Integer> seen = new TreeMap<>();
        for (JsonNode example : Vectors.json("vectors/cbor/appendix_a.json")) {
            String hex = example.get("hex").asText();
            byte[] bytes = Hash.unhex(hex);
            String outcome;
            try {
                CBORObject value = Cbor.decode(bytes);
                assertArrayEquals(bytes, Cbor.encode(value), hex);
                JsonNode decoded = example.get("decoded");
                if (decoded != null) assertEquals(CBORObject.FromJSONString(decoded.toString()), byNumber(value), hex);
                assertTrue(
                        example.get("roundtrip").asBoolean(),
                        "the RFC's own encoders would write it otherwise: " + hex);
                outcome = "read and written alike";
            } catch (Malformed e) {
                outcome = String.valueOf(e.getMessage()).replaceFirst(" at byte \\d+$", "");
            }
            seen.merge(outcome, 1, Integer::sum);
        }
        assertEquals(new TreeMap<>(REASONS), seen);
        assertEquals(82, seen.values().stream().mapToInt(count -> count).sum());
    }

    /** JSON has only texts for keys. */
    private static CBORObject byNumber(CBORObject value) {
        return CBORObject.FromJSONString(value.ToJSONString());
    }
}
