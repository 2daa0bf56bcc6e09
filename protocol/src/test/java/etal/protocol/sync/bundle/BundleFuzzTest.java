package etal.protocol.sync.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.protocol.cbor.CborSequence;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.io.ByteArrayOutputStream;

/** What lies on a stick that anybody may have had in hand: refused as malformed, or written again byte for byte. */
final class BundleFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void a_whole_file(byte[] in) {
        try {
            assertArrayEquals(in, Bundle.decode(in).encode());
        } catch (Malformed refused) {
            assertNotNull(refused.getMessage());
        }
    }

    /** Header and messages are the input; their end is put to them here, so that the search is not held up at the sum. */
    @FuzzTest(maxDuration = "5m")
    void header_and_messages(byte[] in) {
        try {
            int items = CborSequence.split(in).size();
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(in);
            file.writeBytes(Bundle.end(Math.max(0, items - 1), Hash.sha256(in)));
            byte[] whole = file.toByteArray();
            assertArrayEquals(whole, Bundle.decode(whole).encode());
        } catch (Malformed refused) {
            assertNotNull(refused.getMessage());
        }
    }
}
