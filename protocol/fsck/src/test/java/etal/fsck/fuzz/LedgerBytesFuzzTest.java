package etal.fsck.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import etal.fsck.bytes.CborReader;
import etal.fsck.bytes.Damage;
import etal.fsck.ledger.CardRecord;
import etal.fsck.ledger.Checkpoint;
import etal.fsck.ledger.Entry;
import etal.fsck.ledger.LedgerName;
import etal.fsck.ledger.SignedMessage;
import etal.fsck.place.LedgerFile;
import etal.fsck.place.ReceiptCode;
import etal.fsck.trust.Certificate;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.CoseSign1;
import etal.protocol.ledger.SignedEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The checker reads anything or calls it damaged; and writer and checker, who share no code, agree on which is which. */
final class LedgerBytesFuzzTest {
    private static final int COSE_ENCRYPT = 96;

    private static final List<String> OF_OTHERS = List.of("card ", "the checkpoint received: ", "the sealed record: ");

    private interface Reading {
        Object read() throws Damage;
    }

    private static boolean reads(Reading reading) {
        try {
            assertNotNull(reading.read());
            return true;
        } catch (Damage damage) {
            assertTrue(damage.reason().length() < 500);
            return false;
        }
    }

    private interface Written {
        Object read() throws Malformed;
    }

    private static boolean isWritten(Written written) {
        try {
            assertNotNull(written.read());
            return true;
        } catch (Malformed e) {
            return false;
        }
    }

    /** The writer's reader knows texts as keys of maps too, which no message of ours has, and what is sealed to the hub alone. */
    @FuzzTest(maxDuration = "5m")
    void an_item_is_read_by_both_or_by_none(byte[] in) {
        boolean written = isWritten(() -> numbered(Cbor.decode(in)));
        assertEquals(written, reads(() -> CborReader.read(in)));
    }

    private static CBORObject numbered(CBORObject item) throws Malformed {
        if (item.HasMostOuterTag(COSE_ENCRYPT)) {
            throw new Malformed("a sealed message");
        }
        if (item.getType() == CBORType.Map) {
            for (CBORObject key : item.getKeys()) {
                if (key.getType() != CBORType.Integer) {
                    throw new Malformed("a key that is no number");
                }
                numbered(item.get(key));
            }
        } else if (item.getType() == CBORType.Array) {
            for (CBORObject each : item.getValues()) {
                numbered(each);
            }
        }
        return item;
    }

    /** The checker looks into the payload as well, so it may refuse more; it takes nothing that the writer would not. */
    @FuzzTest(maxDuration = "5m")
    void a_signed_message_that_is_read_is_one_that_the_writer_takes(byte[] in) {
        boolean read = reads(() -> SignedMessage.read(in));
        boolean written = isWritten(() -> CoseSign1.decode(in));
        assertTrue(written || !read, "the checker takes a message that the writer would refuse");
    }

    /**
     * The input is the payload; what the writer would take, the checker must not call damaged. What others have signed or
     * sealed lies in an entry as bytes, which the writer does not look into: there the checker names the card or the message.
     */
    @FuzzTest(maxDuration = "5m")
    void an_entry_that_the_writer_takes_is_read(byte[] in) {
        byte[] whole = Envelope.of(in);
        try {
            assertNotNull(Entry.read(whole));
        } catch (Damage damage) {
            assertTrue(
                    OF_OTHERS.stream().anyMatch(damage.reason()::startsWith)
                            || !isWritten(() -> SignedEntry.decode(whole)),
                    "the writer takes an entry that the checker calls damaged: " + damage.reason());
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_checkpoint_a_record_and_a_certificate(byte[] in) {
        reads(() -> Checkpoint.read(in));
        reads(() -> CardRecord.read(in));
        reads(() -> Certificate.read(in));
    }

    @FuzzTest(maxDuration = "5m")
    void a_whole_file(byte[] in) throws IOException {
        try (LedgerFile file = LedgerFile.of(new ByteArrayInputStream(in))) {
            int items = 0;
            while (file.next() != null) items++;
            assertTrue(items <= in.length);
        } catch (Damage damage) {
            assertTrue(damage.reason().length() < 500);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_receipts_text(byte[] in) {
        String text = new String(in, StandardCharsets.ISO_8859_1);
        ReceiptCode.parse(text, "a receipt").ifPresent(code -> assertTrue(code.number() >= 0));
        LedgerName.parse(text).ifPresent(name -> assertEquals(text, name.toString()));
    }
}
