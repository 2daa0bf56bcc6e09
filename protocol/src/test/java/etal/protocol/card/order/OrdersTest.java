package etal.protocol.card.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Answers.VoucherWindow;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The fund's words to cards, as docs/card.md lays them out. */
class OrdersTest {
    /** A key for tests only. */
    private static final byte[] SCALAR =
            Hash.sha256("issuing key of a test".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    private static final UnaryOperator<byte[]> SIGNER = message -> P256.sign(SCALAR, message);
    private static final byte[] CARD = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final CardOrder.Head HEAD = new CardOrder.Head(7, CARD, 1, 1_744_000_000L);
    private static final CardOrder.Add ADD =
            CardOrder.Add.sign(HEAD, 3, 64, CardOrder.Reason.TRANSFER, new Deltas(450, -20, 10), SIGNER);
    private static final CardOrder.Set SET = CardOrder.Set.sign(HEAD, Entitlement.monthly(20_000, 63, 74, 2), SIGNER);
    private static final CardOrder.Block BLOCK = CardOrder.Block.sign(HEAD, SIGNER);

    @Test
    void each_order_has_its_own_length_and_tag_and_reads_as_it_was_written() throws Malformed {
        assertEquals(102, ADD.encode().length);
        assertEquals("5641", Hash.hex(ADD.encode()).substring(0, 4));
        assertEquals(106, SET.encode().length);
        assertEquals("5653", Hash.hex(SET.encode()).substring(0, 4));
        assertEquals(83, BLOCK.encode().length);
        assertEquals("5642", Hash.hex(BLOCK.encode()).substring(0, 4));
        for (CardOrder order : List.of(ADD, SET, BLOCK)) {
            assertEquals(order, CardOrder.decode(order.encode()));
            assertTrue(order.verify(P256.publicKey(SCALAR)));
            assertArrayEquals(Hash.sha256(order.encode()), order.hash());
        }
    }

    @Test
    void an_add_voucher_stands_byte_for_byte_as_the_contract_says() {
        assertEquals(
                "564100000007" + "0102030405060708" + "01" + "00000003" + "0040" + "03" + "000001c2ffffffec0000000a"
                        + "67f35400",
                Hash.hex(ADD.signedBytes()));
    }

    @Test
    void one_changed_bit_is_seen_or_the_bytes_are_no_order_any_more() {
        for (CardOrder order : List.of(ADD, SET, BLOCK)) {
            byte[] good = order.encode();
            for (int bit = 0; bit < good.length * 8; bit++) {
                byte[] bad = good.clone();
                bad[bit / 8] ^= (byte) (1 << bit % 8);
                assertFalse(believed(bad), "bit " + bit + " of " + order);
            }
        }
    }

    private static boolean believed(byte[] bytes) {
        try {
            return CardOrder.decode(bytes).verify(P256.publicKey(SCALAR));
        } catch (Malformed refused) {
            return false;
        }
    }

    @Test
    void any_bytes_are_read_or_malformed() {
        long seed = 20261122;
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes =
                    new byte[List.of(102, 106, 83, 137, random.nextInt(200)).get(random.nextInt(5))];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextBoolean()) {
                bytes[0] = 0x56;
                bytes[1] = "ASBK".getBytes(java.nio.charset.StandardCharsets.US_ASCII)[random.nextInt(4)];
            }
            int readers = readers(bytes);
            assertTrue(readers < 2, "seed " + seed);
            read += readers;
        }
        assertTrue(read > 0, "no bytes were an order");
    }

    /** How many of the two readers took the bytes; those that did write them again as they were. */
    private static int readers(byte[] bytes) {
        int readers = 0;
        try {
            assertArrayEquals(bytes, CardOrder.decode(bytes).encode());
            readers++;
        } catch (Malformed noOrder) {
            assertFalse(noOrder.toString().isEmpty());
        }
        try {
            assertArrayEquals(bytes, KeyUpdate.decode(bytes).encode());
            readers++;
        } catch (Malformed noUpdate) {
            assertFalse(noUpdate.toString().isEmpty());
        }
        return readers;
    }

    @Test
    void a_key_update_reads_as_it_was_written_and_never_replaces_the_root() throws Malformed {
        byte[] key = P256.publicKey(SCALAR);
        KeyUpdate update = KeyUpdate.sign(7, KeySlot.ISSUING_1, 2, key, SIGNER);
        assertEquals(137, update.encode().length);
        assertEquals(update, KeyUpdate.decode(update.encode()));
        assertTrue(update.verify(key));
        assertThrows(IllegalArgumentException.class, () -> KeyUpdate.sign(7, KeySlot.ROOT, 2, key, SIGNER));
        assertThrows(IllegalArgumentException.class, () -> KeyUpdate.sign(7, KeySlot.ISSUING_0, 1, key, SIGNER));
        byte[] root = update.encode();
        root[6] = 3;
        assertThrows(Malformed.class, () -> KeyUpdate.decode(root));
    }

    @Test
    void the_window_knows_the_last_64_numbers() {
        VoucherWindow fresh = new VoucherWindow(0, 0);
        assertTrue(fresh.takes(1));
        VoucherWindow window = new VoucherWindow(0b101, 100);
        assertFalse(window.takes(100));
        assertTrue(window.takes(99));
        assertFalse(window.takes(98));
        assertTrue(window.takes(37));
        assertFalse(window.takes(36));
        assertTrue(window.takes(101));
        assertTrue(window.takes(0xFFFF_FFFFL));
    }

    /** A debit of 18,00 and 2,00 bonus that earned 5,00; what a cancellation of it may bring. */
    @Test
    void a_cancellation_stays_within_its_debit() {
        Deltas debit = new Deltas(-1800, 300, -500);
        assertTrue(debit.negated().undoes(debit));
        assertTrue(new Deltas(600, -100, 167).undoes(debit));
        assertTrue(new Deltas(0, 200, 0).undoes(debit));
        assertFalse(new Deltas(1801, -300, 500).undoes(debit));
        assertFalse(new Deltas(-1, 0, 0).undoes(debit));
        assertFalse(new Deltas(1800, -300, 501).undoes(debit));
        assertFalse(new Deltas(1800, -299, 500).undoes(debit), "bonus that was earned stays, and can be earned again");
        assertFalse(new Deltas(1800, 0, 500).undoes(debit));
        assertFalse(new Deltas(1800, -301, 300).undoes(debit), "bonus is taken without its earnable");
        assertFalse(Deltas.NONE.undoes(debit));
        assertEquals(CardRecord.Tag.CANCEL.code(), 0x4543);
    }
}
