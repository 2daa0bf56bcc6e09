package etal.protocol.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.protocol.TestKeys;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.CoseSign1;
import etal.protocol.enrol.ClaimTicket;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.LedgerFile;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.ReceiptCode;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Batch;
import etal.protocol.sync.CardOrders;
import etal.protocol.sync.DenyList;
import etal.protocol.sync.Gap;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.WantedRecords;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Entries, documents and all that travels between terminal and hub: refused as malformed, or written again byte for byte.
 * Of what is signed the payload is the input, put into an envelope here, so that the search is not held up at the envelope.
 */
final class MessagesFuzzTest {
    private static final byte[] KID = new byte[32];
    private static final byte[] SIGNATURE = TestKeys.signer("fuzz").apply(new byte[1]);
    private static final UnaryOperator<byte[]> ALWAYS = message -> SIGNATURE;

    private static byte[] envelope(String type, byte[] payload) {
        return CoseSign1.sign(type, KID, payload, ALWAYS);
    }

    @FuzzTest(maxDuration = "5m")
    void an_entry(byte[] in) {
        byte[] whole = envelope("etal/entry", in);
        try {
            SignedEntry read = SignedEntry.decode(whole);
            assertArrayEquals(whole, SignedEntry.sign(read.entry(), KID, ALWAYS).bytes());
            assertEquals(
                    read.receiptCode().text(),
                    ReceiptCode.parse(read.receiptCode().text()).text());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_document(byte[] in) {
        byte[] whole = envelope("etal/document", in);
        try {
            SignedDocument read = SignedDocument.decode(whole);
            assertArrayEquals(
                    whole, SignedDocument.sign(read.document(), KID, ALWAYS).bytes());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_checkpoint(byte[] in) {
        byte[] whole = envelope("etal/checkpoint", in);
        try {
            SignedCheckpoint read = SignedCheckpoint.decode(whole);
            assertArrayEquals(
                    whole, SignedCheckpoint.sign(read.checkpoint(), KID, ALWAYS).bytes());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_presence(byte[] in) {
        byte[] whole = envelope("etal/presence", in);
        try {
            SignedPresence read = SignedPresence.decode(whole);
            assertArrayEquals(
                    whole, SignedPresence.sign(read.presence(), KID, ALWAYS).bytes());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_batch(byte[] in) {
        try {
            assertArrayEquals(in, Batch.decode(in).encode());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_gap(byte[] in) {
        try {
            assertArrayEquals(in, Gap.decode(in).encode());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_list_of_orders(byte[] in) {
        try {
            assertArrayEquals(in, CardOrders.decode(0, in).encode());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_list_of_denied_cards(byte[] in) {
        try {
            assertArrayEquals(in, DenyList.decode(in).encode());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_list_of_wanted_records(byte[] in) {
        try {
            assertArrayEquals(in, WantedRecords.decode(in).encode());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void new_keys(byte[] in) {
        try {
            assertArrayEquals(in, KeyUpdates.decode(in).encode());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_catalogue(byte[] in) {
        try {
            assertArrayEquals(in, Catalogue.decode(in).encode());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_ledger_file(byte[] in) {
        try {
            assertArrayEquals(in, LedgerFile.decode(in).encode());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_cards_proof(byte[] in) {
        try {
            assertArrayEquals(in, CardProof.decode(in).encode());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    /** What a person types or a phone reads: a receipt's code, a ledger's name, a claim ticket. */
    @FuzzTest(maxDuration = "5m")
    void a_line_of_text(byte[] in) {
        String text = new String(in, StandardCharsets.UTF_8);
        try {
            assertEquals(text, ReceiptCode.parse(text).text());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
        try {
            assertEquals(text, LedgerId.parse(text).toString());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
        try {
            ClaimTicket ticket = ClaimTicket.parse(text);
            assertEquals(ticket.text(), ClaimTicket.parse(ticket.text()).text());
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }
}
