package etal.protocol.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.protocol.TestKeys;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.CborSequence;
import etal.protocol.cbor.Crockford;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.CoseSign1;
import etal.protocol.cose.P256;
import etal.protocol.cose.Sealed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bytes are refused as malformed, or are the one form of what was read. */
final class CborFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void an_item_is_written_as_it_was_read(byte[] in) {
        try {
            assertArrayEquals(in, Cbor.encode(Cbor.decode(in)));
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_sequence_is_the_sum_of_its_items_read_at_once_or_from_a_stream(byte[] in) throws IOException {
        List<byte[]> streamed = streamed(in);
        try {
            ByteArrayOutputStream sum = new ByteArrayOutputStream();
            List<byte[]> items = CborSequence.split(in);
            for (byte[] item : items) sum.writeBytes(item);
            assertArrayEquals(in, sum.toByteArray());
            assertEquals(items.size(), streamed.size(), "the stream has the same items");
        } catch (Malformed e) {
            Refused.rightly(e);
        }
        int at = 0;
        for (byte[] item : streamed) {
            for (byte b : item) assertEquals(in[at++], b);
        }
    }

    private static List<byte[]> streamed(byte[] in) throws IOException {
        List<byte[]> items = new ArrayList<>();
        ByteArrayInputStream stream = new ByteArrayInputStream(in);
        try {
            for (byte[] item = CborSequence.next(stream); item != null; item = CborSequence.next(stream))
                items.add(item);
        } catch (Malformed e) {
            Refused.rightly(e);
        }
        return items;
    }

    @FuzzTest(maxDuration = "5m")
    void a_signed_message_is_read_or_refused_and_no_key_signs_nonsense(byte[] in) {
        try {
            CoseSign1 message = CoseSign1.decode(in);
            if (P256.isLowS(message.signature())) {
                byte[] again =
                        CoseSign1.sign(message.type(), message.kid(), message.payload(), any -> message.signature());
                assertArrayEquals(in, again);
            }
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_sealed_message_opens_or_is_refused(byte[] in) {
        try {
            assertEquals(32, Sealed.recipientKid(in).length);
            Sealed.open(in, TestKeys.scalar("hub seal"));
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_signature_in_der_has_one_form(byte[] in) {
        try {
            assertArrayEquals(in, P256.toDer(P256.fromDer(in)));
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_point_is_on_the_curve_or_refused(byte[] in) {
        try {
            P256.check(in);
            if (in.length == 33) assertArrayEquals(in, P256.compress(P256.decompress(in)));
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void base_32_is_read_back(byte[] in) {
        assertDoesReadBack(in);
        String text = new String(in, StandardCharsets.UTF_8);
        try {
            String read = Crockford.encode(Crockford.decode(text));
            String meant = text.toUpperCase(Locale.ROOT)
                    .replace('O', '0')
                    .replace('I', '1')
                    .replace('L', '1');
            assertEquals(meant, read);
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    private static void assertDoesReadBack(byte[] in) {
        try {
            assertArrayEquals(in, Crockford.decode(Crockford.encode(in)));
        } catch (Malformed e) {
            throw new AssertionError("not its own form", e);
        }
    }
}
