package etal.protocol.cose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.upokecenter.cbor.CBORObject;
import etal.protocol.Vectors;
import etal.protocol.cbor.Malformed;
import java.nio.file.Path;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The COSE working group's examples. Our reader takes one form alone, with a kid of 32 bytes and a type protected, so it
 * refuses them all, and each for the reason that stands here; and below that form, the structure that is signed and the
 * signature must be right in each of them that has ES256 on P-256.
 */
final class CoseExamplesTest {
    private static final String OPEN_HEADER = "keys other than []";

    /** What our reader says to each; the examples of the group that changed bytes are told apart below. */
    private static final Map<String, String> REFUSALS = new TreeMap<>(Map.ofEntries(
            Map.entry("ecdsa-examples/ecdsa-01", "a tag at byte 0"),
            Map.entry("ecdsa-examples/ecdsa-02", "a tag at byte 0"),
            Map.entry("ecdsa-examples/ecdsa-03", "a tag at byte 0"),
            Map.entry("ecdsa-examples/ecdsa-04", "a tag at byte 0"),
            Map.entry("ecdsa-examples/ecdsa-sig-01", OPEN_HEADER),
            Map.entry("ecdsa-examples/ecdsa-sig-02", OPEN_HEADER),
            Map.entry("ecdsa-examples/ecdsa-sig-03", OPEN_HEADER),
            Map.entry("ecdsa-examples/ecdsa-sig-04", OPEN_HEADER),
            Map.entry("sign1-tests/sign-fail-01", "a tag at byte 0"),
            Map.entry("sign1-tests/sign-fail-02", OPEN_HEADER),
            Map.entry("sign1-tests/sign-fail-03", OPEN_HEADER),
            Map.entry("sign1-tests/sign-fail-04", OPEN_HEADER),
            Map.entry("sign1-tests/sign-fail-06", OPEN_HEADER),
            Map.entry("sign1-tests/sign-fail-07", OPEN_HEADER),
            Map.entry("sign1-tests/sign-pass-01", OPEN_HEADER),
            Map.entry("sign1-tests/sign-pass-02", OPEN_HEADER),
            Map.entry("sign1-tests/sign-pass-03", "not a COSE_Sign1"),
            Map.entry("x509-examples/signed-01", "a tag at byte 0"),
            Map.entry("x509-examples/signed-02", "a tag at byte 0"),
            Map.entry("x509-examples/signed-03", "a tag at byte 0"),
            Map.entry("x509-examples/signed-04", "a tag at byte 0"),
            Map.entry("x509-examples/signed-05", "a tag at byte 0")));

    private static List<Path> examples() throws Exception {
        List<Path> files = new ArrayList<>();
        for (String set : List.of("ecdsa-examples", "sign1-tests", "x509-examples")) {
            files.addAll(Vectors.files("vectors/cose/" + set));
        }
        return files;
    }

    private static String name(Path file) {
        Path set = file.getName(file.getNameCount() - 2);
        return set + "/" + file.getFileName().toString().replace(".json", "");
    }

    @Test
    void each_example_is_refused_for_the_reason_named() throws Exception {
        Map<String, String> said = new TreeMap<>();
        for (Path file : examples()) {
            byte[] bytes =
                    Hash.unhex(Vectors.parse(file).get("output").get("cbor").asText());
            Malformed refusal = assertThrows(Malformed.class, () -> CoseSign1.decode(bytes), file.toString());
            said.put(name(file), String.valueOf(refusal.getMessage()));
        }
        assertEquals(REFUSALS, said);
        assertEquals(22, said.size());
    }

    @Test
    void the_signatures_of_single_signers_hold_over_the_structure_we_sign() throws Exception {
        Map<String, Boolean> held = new TreeMap<>();
        for (Path file : examples()) {
            JsonNode vector = Vectors.parse(file);
            JsonNode signer = vector.get("input").path("sign0");
            if (signer.isMissingNode() || !isOurs(signer)) continue;
            CBORObject message = message(vector);
            byte[] payload = message.get(2).GetByteString();
            byte[] ours = CoseSign1.toBeSigned(signedHeader(message), payload);
            byte[] theirs =
                    Hash.unhex(vector.get("intermediates").get("ToBeSign_hex").asText());
            boolean external = signer.has("external");
            boolean fails = vector.path("fail").asBoolean(false);
            if (!fails && !external) assertEquals(Hash.hex(theirs), Hash.hex(ours), file.toString());
            byte[] toBeSigned = external ? theirs : ours;
            byte[] signature = message.get(3).GetByteString();
            boolean holds = P256.verify(key(signer.get("key")), toBeSigned, signature);
            assertEquals(jdk(signer.get("key"), toBeSigned, signature), holds, file.toString());
            // Only the tag is wrong in the first of those that must fail: that was our reader's to refuse.
            boolean onlyTag = name(file).equals("sign1-tests/sign-fail-01");
            assertEquals(!fails || onlyTag, holds, file.toString());
            held.put(name(file), holds);
        }
        assertEquals(10, held.size(), held.toString());
        assertEquals(5, held.values().stream().filter(holds -> holds).count(), held.toString());
    }

    /** COSE_Sign of one signer: its structure has the signer's header too (RFC 9052, 4.4); the certificates ride along. */
    @Test
    void the_signatures_beside_certificates_hold_over_their_structure() throws Exception {
        int held = 0;
        for (Path file : examples()) {
            JsonNode vector = Vectors.parse(file);
            JsonNode signer = vector.get("input").path("sign").path("signers").path(0);
            if (signer.isMissingNode() || !isOurs(signer)) continue;
            CBORObject message = message(vector);
            CBORObject signed = message.get(3).get(0);
            byte[] toBeSigned = CBORObject.NewArray()
                    .Add("Signature")
                    .Add(signedHeader(message))
                    .Add(signedHeader(signed))
                    .Add(new byte[0])
                    .Add(message.get(2).GetByteString())
                    .EncodeToBytes();
            byte[] signature = signed.get(2).GetByteString();
            assertTrue(P256.verify(key(signer.get("key")), toBeSigned, signature), file.toString());
            assertTrue(jdk(signer.get("key"), toBeSigned, signature), file.toString());
            held++;
        }
        assertEquals(6, held);
    }

    private static boolean isOurs(JsonNode signer) {
        String algorithm = signer.path("protected")
                .path("alg")
                .asText(signer.path("unprotected")
                        .path("alg")
                        .asText(signer.path("alg").asText("ES256")));
        return algorithm.equals("ES256")
                && signer.get("key").get("crv").asText().equals("P-256");
    }

    private static CBORObject message(JsonNode vector) throws Malformed {
        return CBORObject.DecodeFromBytes(
                Hash.unhex(vector.get("output").get("cbor").asText().toLowerCase(Locale.ROOT)));
    }

    /** An empty header is signed as an empty string (RFC 9052, 4.4), however it was sent. */
    private static byte[] signedHeader(CBORObject layer) {
        byte[] header = layer.get(0).GetByteString();
        return header.length == 1 ? new byte[0] : header;
    }

    private static boolean jdk(JsonNode key, byte[] message, byte[] signature) throws Exception {
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(P256.jcaPublic(key(key)));
        verifier.update(message);
        return verifier.verify(signature);
    }

    private static byte[] key(JsonNode jwk) throws Malformed {
        byte[] point = new byte[P256.PUBLIC_LENGTH];
        point[0] = 4;
        coordinate(jwk, "x", point, 1);
        coordinate(jwk, "y", point, 33);
        return point;
    }

    /** In base64url, or in hex beside a name that says so. */
    private static void coordinate(JsonNode jwk, String name, byte[] point, int at) throws Malformed {
        byte[] value = jwk.has(name)
                ? Base64.getUrlDecoder().decode(jwk.get(name).asText())
                : Hash.unhex(jwk.get(name + "_hex").asText().toLowerCase(Locale.ROOT));
        System.arraycopy(value, 0, point, at + P256.SCALAR_LENGTH - value.length, value.length);
    }
}
