package etal.provisioning.ca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.fake.SeededEntropy;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalRequestTest {
    private static final AskingTerminal TERMINAL = AskingTerminal.of(3, 1, 0);
    private static final byte[] SIGNING = P256.publicKey(TERMINAL.signingScalar());
    private static final byte[] AGREEMENT = P256.publicKey(TERMINAL.agreementScalar());
    private static final String SUBJECT = "CN=t3-e1,OU=TERMINAL,O=etal fund 1";

    @Test
    void a_sound_request_is_read() throws Malformed {
        var request = TerminalRequest.read(TERMINAL.request());
        assertEquals(1, request.fund());
        assertEquals("t3-e1", request.ledger().toString());
        assertArrayEquals(SIGNING, request.signingKey());
        assertArrayEquals(AGREEMENT, request.agreementKey());
    }

    @Test
    void a_request_signed_by_another_key_proves_no_possession() {
        byte[] stolen = AskingTerminal.request(SUBJECT, SIGNING, AGREEMENT, TERMINAL.agreementScalar());
        assertThrows(Malformed.class, () -> TerminalRequest.read(stolen));
    }

    @Test
    void one_key_for_both_uses_is_refused() {
        byte[] lazy = AskingTerminal.request(SUBJECT, SIGNING, SIGNING, TERMINAL.signingScalar());
        assertThrows(Malformed.class, () -> TerminalRequest.read(lazy));
    }

    @Test
    void a_key_agreement_key_beside_the_curve_is_refused() {
        byte[] off = AGREEMENT.clone();
        off[64] ^= 1;
        byte[] request = AskingTerminal.request(SUBJECT, SIGNING, off, TERMINAL.signingScalar());
        assertThrows(Malformed.class, () -> TerminalRequest.read(request));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=t3-e1,OU=HUB_ACK,O=etal fund 1",
                "CN=t3-e1,O=etal fund 1",
                "OU=TERMINAL,CN=t3-e1,O=etal fund 1",
                "CN=t3-e1,CN=t4-e1,OU=TERMINAL,O=etal fund 1",
                "CN=t3-e1,OU=TERMINAL,O=etal fund 1,C=FR",
                "CN=t3,OU=TERMINAL,O=etal fund 1",
                "CN=t3-e1,OU=TERMINAL,O=etal fund 99999999999",
                "CN=t03-e1,OU=TERMINAL,O=etal fund 1"
            })
    void any_other_subject_is_refused(String subject) {
        assertThrows(Malformed.class, () -> TerminalRequest.read(TERMINAL.request(subject)));
    }

    @Test
    void a_request_too_long_is_not_even_parsed() {
        assertThrows(Malformed.class, () -> TerminalRequest.read(new byte[TerminalRequest.LENGTH_MAX + 1]));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void flipped_cut_and_stretched_requests_are_refused_and_nothing_worse(long seed) {
        var entropy = new SeededEntropy(seed);
        byte[] sound = TERMINAL.request();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = sound.clone();
            switch ((int) entropy.below(3)) {
                case 0 -> bytes[(int) entropy.below(bytes.length)] ^= (byte) (1 + entropy.below(255));
                case 1 -> bytes = Arrays.copyOf(bytes, (int) entropy.below(bytes.length));
                default -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + (int) entropy.below(40));
            }
            byte[] garbled = bytes;
            assertThrows(Malformed.class, () -> TerminalRequest.read(garbled), "seed " + seed + ", step " + i);
        }
    }
}
