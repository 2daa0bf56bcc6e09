package etal.protocol.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.Mutations;
import etal.protocol.TestKeys;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.CoseSign1;
import etal.protocol.cose.Hash;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SignedEntryTest {
    private static final byte[] KEY = TestKeys.publicKey("t3-e1");

    @Test
    void an_entry_of_every_kind_reads_back_to_the_byte() throws Malformed {
        for (SignedEntry signed : SampleLedger.entries()) {
            SignedEntry read = SignedEntry.decode(signed.bytes());
            assertTrue(read.verify(KEY));
            assertFalse(read.verify(TestKeys.publicKey("another")));
            SignedEntry again = SignedEntry.sign(read.entry(), read.kid(), TestKeys.signer("t3-e1"));
            assertArrayEquals(signed.bytes(), again.bytes(), read.entry().toString());
            assertEquals(signed.entry().body().getClass(), read.entry().body().getClass());
        }
    }

    @Test
    void the_parts_of_a_sale_arrive_as_they_were_sent() throws Malformed {
        SignedEntry signed = SignedEntry.decode(SampleLedger.entries().get(3).bytes());
        assertEquals(new LedgerId(3, 1), signed.entry().ledger());
        assertEquals(4, signed.entry().number());
        assertTrue(signed.entry().trusted());
        Body.Sale sale = (Body.Sale) signed.entry().body();
        assertEquals(SampleLedger.LINES, sale.lines());
        assertEquals(SampleLedger.SCHEME, sale.scheme());
        assertEquals(SampleLedger.SELLER, sale.seller());
        assertArrayEquals(SampleLedger.DETAILS_HASH, sale.detailsHash());
    }

    @Test
    void no_single_changed_bit_of_a_sale_survives() {
        byte[] good = SampleLedger.entries().get(4).bytes();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(holds(changed), "bit " + bit);
        }
        assertTrue(holds(good));
    }

    private static boolean holds(byte[] bytes) {
        try {
            return SignedEntry.decode(bytes).verify(KEY);
        } catch (Malformed e) {
            return false;
        }
    }

    @Test
    void only_malformed_comes_out_of_changed_entries() {
        List<byte[]> good =
                SampleLedger.entries().stream().map(SignedEntry::bytes).toList();
        int accepted = Mutations.feed(good, 50_000, input -> {
            SignedEntry read = SignedEntry.decode(input);
            assertFalse(read.verify(KEY) && good.stream().noneMatch(entry -> java.util.Arrays.equals(entry, input)));
        });
        assertTrue(accepted > 1_000, "accepted " + accepted);
    }

    @Test
    void only_malformed_comes_out_of_changed_payloads_and_what_reads_writes_back() throws Malformed {
        List<byte[]> good = new java.util.ArrayList<>();
        for (SignedEntry entry : SampleLedger.entries())
            good.add(CoseSign1.decode(entry.bytes()).payload());
        int accepted = Mutations.feed(
                good,
                50_000,
                input -> assertArrayEquals(input, Entry.decode(input).encode()));
        assertTrue(accepted > 1_000, "accepted " + accepted);
    }

    /** Reads the payload of a sample entry after a change. */
    private static Malformed refused(int index, Consumer<CBORObject> change) throws Malformed {
        CBORObject payload = Cbor.decode(
                CoseSign1.decode(SampleLedger.entries().get(index).bytes()).payload());
        change.accept(payload);
        return assertThrows(Malformed.class, () -> Entry.decode(Cbor.encode(payload)));
    }

    private static void set(CBORObject map, int key, Object value) {
        map.set(CBORObject.FromObject(key), CBORObject.FromObject(value));
    }

    private static CBORObject body(CBORObject payload) {
        return payload.get(CBORObject.FromObject(8));
    }

    @Test
    void ranges_and_sizes_of_the_contract_are_held() throws Malformed {
        refused(3, entry -> set(entry, 1, 1L << 32));
        refused(3, entry -> set(entry, 3, 0));
        refused(3, entry -> set(entry, 3, 1));
        refused(3, entry -> set(entry, 4, new byte[32]));
        refused(3, entry -> set(entry, 4, new byte[31]));
        refused(3, entry -> set(entry, 5, 1L << 53));
        refused(3, entry -> set(entry, 6, 1));
        refused(3, entry -> set(entry, 9, 1));
        refused(0, entry -> set(entry, 4, Hash.sha256()));
        for (int kind : new int[] {0, 4, 5, 10, 15, 16, 17, 18, 2}) refused(3, entry -> set(entry, 7, kind));
        refused(3, entry -> set(body(entry), 1, 0));
        refused(3, entry -> set(body(entry), 2, ""));
        refused(3, entry -> set(body(entry), 2, "1".repeat(65)));
        refused(3, entry -> set(body(entry), 2, "12\u001b[2J"));
        refused(3, entry -> set(body(entry), 7, new byte[4097]));
        refused(3, entry -> set(body(entry), 8, 1));
        refused(5, entry -> set(body(entry), 2, new byte[7]));
        refused(8, entry -> set(body(entry), 2, 5));
        refused(9, entry -> set(body(entry), 2, new byte[1]));
        refused(11, entry -> set(body(entry), 1, 0));
        refused(11, entry -> set(body(entry), 1, 1 << 16));
    }

    @Test
    void of_something_sold_for_practice_a_card_would_pay_at_most_all() throws Malformed {
        Entry entry = Entry.decode(
                CoseSign1.decode(SampleLedger.entries().get(27).bytes()).payload());
        Body.TrainingSale training = (Body.TrainingSale) entry.body();
        assertEquals(16, training.kind());
        assertEquals(1, training.practice());
        assertEquals(1_500, training.totalCents());
        assertEquals(750, training.cardCents());
        refused(27, read -> set(body(read), 1, 0));
        refused(27, read -> set(body(read), 1, 1L << 32));
        refused(27, read -> set(body(read), 3, 1_501));
        refused(27, read -> set(body(read), 4, new byte[31]));
        refused(27, read -> set(body(read), 5, 1));
    }

    @Test
    void lines_are_bounded_as_card_money_is() throws Malformed {
        for (int[] wrong : new int[][] {{2, -1}, {3, 1001}, {4, 0}, {4, 101}}) {
            refused(3, entry -> line(entry).set(wrong[0], CBORObject.FromObject(wrong[1])));
        }
        refused(3, entry -> line(entry).set(1, CBORObject.FromObject(1L << 31)));
        refused(3, entry -> line(entry).set(2, CBORObject.FromObject(1L << 31)));
        refused(3, entry -> line(entry).Add(0));
        refused(5, entry -> body(entry).get(CBORObject.FromObject(4)).set(0, CBORObject.FromObject(-1L << 32)));
    }

    private static CBORObject line(CBORObject entry) {
        return body(entry).get(CBORObject.FromObject(4)).get(0);
    }

    @Test
    void a_closing_names_a_day_of_the_calendar() throws Malformed {
        for (String day : List.of("2025-02-29", "2025-4-2", "2025-13-01", "2025-04", "2025", "2025-04-02T00:00")) {
            refused(14, entry -> set(body(entry), 2, day));
        }
        refused(15, entry -> set(body(entry), 2, "2025-13"));
        refused(16, entry -> set(body(entry), 2, "25"));
    }

    @Test
    void an_entry_outside_the_contract_is_never_signed() {
        Entry wrong = new Entry(3, 1, 0, new byte[32], 0, true, new Body.TechnicalEvent(1, null));
        assertThrows(
                IllegalStateException.class, () -> SignedEntry.sign(wrong, SampleLedger.KID, TestKeys.signer("t3-e1")));
    }

    @Test
    void a_receipts_code_reads_back_and_its_fingerprint_is_80_bits() throws Malformed {
        ReceiptCode code = new ReceiptCode(new LedgerId(3, 1), 17, Hash.unhex("00".repeat(4) + "ff".repeat(28)));
        assertEquals("ETAL1:t3-e1:17:" + "00".repeat(4) + "ff".repeat(28), code.text());
        assertEquals("0000-007Z-ZZZZ-ZZZZ", code.fingerprint());
        assertEquals(code.text(), ReceiptCode.parse(code.text()).text());
        for (String wrong :
                List.of("", "ETAL1:t3-e1:0:" + "00".repeat(32), "ETAL1:t3-e1:1:00", "ETAL1:x:1:" + "00".repeat(32))) {
            assertThrows(Malformed.class, () -> ReceiptCode.parse(wrong), wrong);
        }
    }

    @Test
    void a_ledgers_name_has_one_form() throws Malformed {
        assertEquals("t3-e1", LedgerId.parse("t3-e1").toString());
        for (String wrong : List.of("", "t3", "t03-e1", "t3-e01", "t3-e1 ", "T3-E1", "t4294967296-e1", "t-3-e1")) {
            assertThrows(Malformed.class, () -> LedgerId.parse(wrong), wrong);
        }
    }
}
