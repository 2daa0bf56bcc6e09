package etal.protocol.cose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import etal.protocol.Vectors;
import etal.protocol.cbor.Malformed;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Project Wycheproof's signatures (C2SP, testvectors_v1), P-256 with SHA-256, in both of its forms. Two verifiers read
 * each: ours and the JDK's. What we refuse although it is valid is named one by one: the signatures whose s lies above half
 * the order, of which everybody can make a second one from the first.
 */
final class WycheproofTest {
    private static final List<Integer> HIGH_S_RAW = List.of(
            64, 66, 67, 68, 71, 77, 78, 80, 81, 85, 86, 87, 94, 95, 96, 100, 102, 104, 105, 107, 110, 111, 114, 115,
            117, 118, 138, 139, 140, 141, 142, 171, 172, 175, 176, 177, 180, 183, 189, 190, 191, 192, 195, 196, 197,
            199, 200, 204, 210, 211, 216, 217, 226, 227, 229, 233, 234, 237, 240, 242, 243, 244, 246, 248, 249, 250,
            252, 253, 257, 262);
    private static final List<Integer> HIGH_S_DER = List.of(
            2, 3, 7, 299, 301, 302, 303, 306, 312, 313, 315, 316, 320, 321, 322, 329, 330, 331, 335, 337, 339, 340, 342,
            345, 346, 349, 350, 352, 353, 365, 366, 367, 368, 369, 394, 395, 398, 399, 400, 403, 406, 412, 413, 414,
            415, 418, 419, 420, 422, 423, 427, 433, 434, 439, 440, 448, 452, 453, 456, 459, 461, 462, 463, 465, 467,
            468, 469, 471, 475, 479, 484);

    @Test
    void raw_signatures_are_judged_as_wycheproof_and_the_jdk_say() throws Exception {
        Tally tally = new Tally("SHA256withECDSAinP1363Format");
        tally.read("vectors/wycheproof/ecdsa_secp256r1_sha256_p1363_test.json", signature -> signature);
        assertEquals(Map.of("valid", 173, "invalid", 89), tally.counts);
        assertEquals(HIGH_S_RAW, tally.refusedThoughValid);
        // In form alone the JDK is laxer than Wycheproof, and we are not.
        assertTrue(Set.of("incorrect size of signature").containsAll(tally.jdkTakes), tally.jdkTakes.toString());
        assertEquals(0, tally.notEvenRead, "all 64 bytes are read as two numbers");
    }

    @Test
    void signatures_in_der_are_judged_as_wycheproof_and_the_jdk_say() throws Exception {
        Tally tally = new Tally("SHA256withECDSA");
        tally.read("vectors/wycheproof/ecdsa_secp256r1_sha256_test.json", P256::fromDer);
        assertEquals(Map.of("valid", 174, "invalid", 310), tally.counts);
        assertEquals(HIGH_S_DER, tally.refusedThoughValid);
        assertTrue(
                Set.of("Legacy: ASN encoding of s misses leading 0").containsAll(tally.jdkTakes),
                tally.jdkTakes.toString());
        assertTrue(tally.notEvenRead > 200, "most forgeries are in the form: " + tally.notEvenRead);
    }

    /** From a file's form of a signature to the raw 64 bytes. */
    private interface Reading {
        byte[] raw(byte[] signature) throws Malformed;
    }

    private static final class Tally {
        private final Map<String, Integer> counts = new TreeMap<>();
        private final List<Integer> refusedThoughValid = new ArrayList<>();
        private final String jdkName;
        private final Set<String> jdkTakes = new TreeSet<>();
        private int notEvenRead;

        Tally(String jdkName) {
            this.jdkName = jdkName;
        }

        void read(String file, Reading reading) throws Exception {
            JsonNode vectors = Vectors.json(file);
            for (JsonNode group : vectors.get("testGroups")) {
                byte[] key =
                        Hash.unhex(group.get("publicKey").get("uncompressed").asText());
                for (JsonNode test : group.get("tests")) judge(key, test, reading);
            }
            assertEquals(
                    vectors.get("numberOfTests").asInt(),
                    counts.values().stream().mapToInt(count -> count).sum());
        }

        private void judge(byte[] key, JsonNode test, Reading reading) throws Exception {
            byte[] message = Hash.unhex(test.get("msg").asText());
            byte[] signature = Hash.unhex(test.get("sig").asText());
            String result = test.get("result").asText();
            boolean valid = result.equals("valid");
            String name = test.get("tcId") + " " + test.get("comment");
            counts.merge(result, 1, Integer::sum);
            boolean jdk = jdk(key, message, signature);
            if (valid) assertTrue(jdk, "the JDK's provider: " + name);
            if (!valid && jdk) jdkTakes.add(test.get("comment").asText());
            byte[] raw;
            try {
                raw = reading.raw(signature);
            } catch (Malformed e) {
                assertEquals(false, valid, name);
                notEvenRead++;
                return;
            }
            assertEquals(valid, P256.verify(key, message, raw), name);
            assertEquals(valid, P256.verify(P256.compress(key), message, raw), name);
            if (valid && !P256.verifyLowS(key, message, raw)) {
                refusedThoughValid.add(test.get("tcId").asInt());
                assertTrue(P256.verifyLowS(key, message, P256.lowS(raw)), "with the lower s it passes: " + name);
            }
            if (!valid) assertEquals(false, P256.verifyLowS(key, message, raw), name);
        }

        private boolean jdk(byte[] key, byte[] message, byte[] signature) throws GeneralSecurityException, Malformed {
            Signature verifier = Signature.getInstance(jdkName);
            verifier.initVerify(P256.jcaPublic(key));
            verifier.update(message);
            try {
                return verifier.verify(signature);
            } catch (java.security.SignatureException e) {
                return false; // it says of nonsense that it is no signature
            }
        }
    }
}
