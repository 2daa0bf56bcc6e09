package etal.protocol.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SignedTypesTest {
    private final CardVectors vectors;

    SignedTypesTest() throws IOException {
        vectors = CardVectors.read();
    }

    private UnaryOperator<byte[]> signer(String key) throws Malformed {
        byte[] scalar = vectors.bytes("/keys/" + key + "/scalar");
        return message -> P256.sign(scalar, message);
    }

    @Test
    void a_card_certificate_has_the_bytes_of_the_contract() throws Exception {
        byte[] golden = vectors.bytes("/cardCertificate/bytes");
        CardCertificate made = CardCertificate.sign(
                vectors.number("/names/fund"),
                (int) vectors.number("/names/caKey"),
                vectors.bytes("/names/cardId"),
                vectors.bytes("/keys/card/public33"),
                (int) vectors.number("/cardCertificate/lastPeriod"),
                0,
                signer("cardCa"));
        assertEquals(CardCertificate.LENGTH, golden.length);
        assertArrayEquals(golden, made.encode());
        assertEquals(made, CardCertificate.decode(golden));
        assertTrue(made.verify(vectors.bytes("/keys/cardCa/public65")));
        assertTrue(made.verify(vectors.bytes("/keys/cardCa/public33")));
        assertFalse(made.verify(vectors.bytes("/keys/terminalCa/public65")));
    }

    @Test
    void a_terminal_certificate_has_the_bytes_of_the_contract() throws Exception {
        byte[] golden = vectors.bytes("/terminalCertificate/bytes");
        TerminalCertificate made = TerminalCertificate.sign(
                vectors.number("/names/fund"),
                (int) vectors.number("/names/caKey"),
                vectors.number("/names/terminal"),
                vectors.number("/names/epoch"),
                vectors.bytes("/keys/terminalAgreement/public65"),
                (int) vectors.number("/terminalCertificate/lastPeriod"),
                signer("terminalCa"));
        assertEquals(TerminalCertificate.LENGTH, golden.length);
        assertArrayEquals(golden, made.encode());
        assertEquals(made, TerminalCertificate.decode(golden));
        assertTrue(made.verify(vectors.bytes("/keys/terminalCa/public65")));
        assertFalse(made.verify(vectors.bytes("/keys/cardCa/public65")));
    }

    @Test
    void a_period_token_has_the_bytes_of_the_contract() throws Exception {
        byte[] golden = vectors.bytes("/periodToken/bytes");
        PeriodToken made = PeriodToken.sign(
                vectors.number("/names/fund"),
                (int) vectors.number("/periodToken/period"),
                (int) vectors.number("/periodToken/slot"),
                vectors.number("/periodToken/issuedAtSeconds"),
                signer("issuing0"));
        assertEquals(PeriodToken.LENGTH, golden.length);
        assertArrayEquals(golden, made.encode());
        assertEquals(made, PeriodToken.decode(golden));
        assertTrue(made.verify(vectors.bytes("/keys/issuing0/public65")));
        assertFalse(made.verify(vectors.bytes("/keys/cardCa/public65")));
    }

    @Test
    void records_of_every_kind_have_the_bytes_of_the_contract() throws Exception {
        for (int index = 0; index < 3; index++) {
            CardRecord made = vectors.record(index);
            byte[] golden = vectors.bytes("/records/" + index + "/bytes");
            assertEquals(CardRecord.LENGTH, golden.length);
            assertArrayEquals(golden, made.encode());
            assertEquals(made, CardRecord.decode(golden));
            byte[] signature = vectors.bytes("/records/" + index + "/signature");
            assertTrue(made.verify(vectors.bytes("/keys/card/public33"), signature));
            assertFalse(made.verify(vectors.bytes("/keys/cardCa/public33"), signature));
        }
        assertEquals(vectors.record(0), CardRecord.first(vectors.number("/records/0/timeSeconds")));
        assertEquals(vectors.record(1).after(), vectors.record(2).before());
    }

    @Test
    void an_entitlement_has_the_bytes_of_the_contract() throws Exception {
        byte[] golden = vectors.bytes("/entitlement/bytes");
        Entitlement read = Entitlement.decode(golden);
        assertEquals(new Entitlement(20_000, 2_500, 15_000, 3, 62, 98, 2, 1), read);
        assertArrayEquals(golden, read.encode());
        assertEquals(Entitlement.LENGTH, golden.length);
    }

    @Test
    void an_entitlement_has_bounds_for_what_comes_in_and_what_goes_out() throws Exception {
        byte[] golden = vectors.bytes("/entitlement/bytes");
        for (int amount = 0; amount < 12; amount += 4) {
            byte[] beyond = golden.clone();
            beyond[amount] = (byte) 0x80;
            assertThrows(Malformed.class, () -> Entitlement.decode(beyond));
        }
        byte[] aYear = golden.clone();
        aYear[20] = 11;
        assertEquals(11, Entitlement.decode(aYear).catchUpMonths());
        aYear[20] = 12;
        assertThrows(Malformed.class, () -> Entitlement.decode(aYear));
        assertThrows(Malformed.class, () -> Entitlement.decode(Arrays.copyOf(golden, 22)));
        assertThrows(Malformed.class, () -> Entitlement.decode(Arrays.copyOf(golden, 24)));
        byte[] anywhereElse = golden.clone();
        Arrays.fill(anywhereElse, 12, 16, (byte) 0xFF);
        assertEquals(0xFFFF_FFFFL, Entitlement.decode(anywhereElse).pointOfSale());
        assertThrows(
                IllegalArgumentException.class,
                () -> Entitlement.monthly(1L << 31, 0, 0, 0).encode());
        assertThrows(
                IllegalArgumentException.class,
                () -> Entitlement.monthly(-1, 0, 0, 0).encode());
        assertThrows(IllegalArgumentException.class, () -> new Entitlement(0, 0, 0, 0, 0, 0, 12, 0).encode());
    }

    @Test
    void one_flipped_bit_anywhere_breaks_what_was_signed() throws Exception {
        byte[] golden = vectors.bytes("/cardCertificate/bytes");
        byte[] ca = vectors.bytes("/keys/cardCa/public65");
        for (int bit = 0; bit < golden.length * 8; bit++) {
            byte[] changed = golden.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(holds(changed, ca), "bit " + bit);
        }
        assertTrue(holds(golden, ca));
    }

    private static boolean holds(byte[] certificate, byte[] ca) {
        try {
            return CardCertificate.decode(certificate).verify(ca);
        } catch (Malformed refused) {
            return false;
        }
    }

    @Test
    void the_other_value_of_s_counts_in_a_records_signature_and_not_in_a_certificates() throws Exception {
        byte[] signature = vectors.bytes("/records/2/signature");
        assertTrue(vectors.record(2).verify(vectors.bytes("/keys/card/public33"), highS(signature)));

        byte[] certificate = vectors.bytes("/cardCertificate/bytes");
        byte[] highS = highS(Arrays.copyOfRange(certificate, 50, 114));
        System.arraycopy(highS, 0, certificate, 50, 64);
        assertFalse(CardCertificate.decode(certificate).verify(vectors.bytes("/keys/cardCa/public65")));
    }

    private static byte[] highS(byte[] signature) {
        BigInteger order = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
        byte[] s = order.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)))
                .toByteArray();
        byte[] changed = Arrays.copyOf(signature, 64);
        System.arraycopy(s, s.length - 32, changed, 32, 32);
        return changed;
    }

    @Test
    void no_signed_type_is_taken_for_another() throws Exception {
        for (String path :
                new String[] {"/cardCertificate/bytes", "/terminalCertificate/bytes", "/periodToken/bytes"}) {
            byte[] bytes = vectors.bytes(path);
            bytes[0] ^= 0x40;
            assertThrows(Malformed.class, () -> CardCertificate.decode(bytes));
            assertThrows(Malformed.class, () -> TerminalCertificate.decode(bytes));
            assertThrows(Malformed.class, () -> PeriodToken.decode(bytes));
            assertThrows(Malformed.class, () -> CardRecord.decode(bytes));
        }
    }

    @Test
    void what_a_record_was_given_cannot_be_changed_from_outside() throws Exception {
        CardRecord record = vectors.record(2);
        byte[] before = record.encode();
        record.intentHash()[0] ^= 1;
        assertArrayEquals(before, record.encode());
    }
}
