package etal.protocol.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.protocol.Seeds;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairwiseKeyTest {
    private static final String RFC_MESSAGE = "6bc1bee22e409f96e93d7e117393172a"
            + "ae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52ef"
            + "f69f2445df4f9b17ad2b417be66c3710";

    @ParameterizedTest
    @CsvSource({
        "0, bb1d6929e95937287fa37d129b756746",
        "16, 070a16b46b4d4144f79bdd9dd04a287c",
        "40, dfa66747de9ae63030ca32611497c827",
        "64, 51f0bebf7e3b9d92fc49741779363cfe",
    })
    void the_mac_agrees_with_the_examples_of_rfc_4493(int length, String expected) throws Exception {
        PairwiseKey key = new PairwiseKey(Hash.unhex("2b7e151628aed2a6abf7158809cf4f3c"));
        byte[] message = Arrays.copyOf(Hash.unhex(RFC_MESSAGE), length);
        assertEquals(expected, Hash.hex(key.cmac(message)));
        int cut = length / 3;
        assertEquals(
                expected, Hash.hex(key.cmac(Arrays.copyOf(message, cut), Arrays.copyOfRange(message, cut, length))));
    }

    @Test
    void terminal_and_card_derive_the_key_of_the_contract() throws Exception {
        CardVectors vectors = CardVectors.read();
        PairwiseKey derived = PairwiseKey.derive(
                vectors.bytes("/keys/terminalAgreement/scalar"),
                vectors.bytes("/keys/card/public33"),
                vectors.bytes("/names/cardId"),
                vectors.number("/names/terminal"),
                vectors.number("/names/epoch"));
        assertEquals(vectors.pairwiseKey(), derived);
        // The card's half of the agreement gives the same point.
        byte[] cardSide =
                P256.agree(vectors.bytes("/keys/card/scalar"), vectors.bytes("/keys/terminalAgreement/public65"));
        assertArrayEquals(vectors.bytes("/pairwise/sharedX"), cardSide);
        assertArrayEquals(
                vectors.bytes("/pairwise/confirmation"), derived.confirmation(vectors.bytes("/names/challenge")));
    }

    @Test
    void a_key_that_is_no_point_is_malformed() {
        byte[] scalar = new byte[32];
        scalar[31] = 1;
        byte[] nonsense = new byte[33];
        Arrays.fill(nonsense, (byte) 0xFF);
        assertThrows(Malformed.class, () -> PairwiseKey.derive(scalar, nonsense, new byte[8], 3, 1));
        assertThrows(Malformed.class, () -> PairwiseKey.derive(scalar, new byte[0], new byte[8], 3, 1));
    }

    @Test
    void encrypting_twice_gives_the_plain_bytes_and_nothing_else_does() {
        Seeds.each(200, random -> {
            PairwiseKey key = new PairwiseKey(Seeds.bytes(random, 16));
            byte[] challenge = Seeds.bytes(random, 8);
            byte[] plain = Seeds.bytes(random, 16 + random.nextInt(128));
            byte[] hidden = key.crypt(challenge, Commands.READ_LOG, 7, plain);
            assertFalse(Arrays.equals(plain, hidden));
            assertArrayEquals(plain, key.crypt(challenge, Commands.READ_LOG, 7, hidden));
            assertFalse(Arrays.equals(plain, key.crypt(challenge, Commands.READ_LOG, 8, hidden)));
            assertFalse(Arrays.equals(plain, key.crypt(challenge, Commands.STATE, 7, hidden)));
            challenge[random.nextInt(8)] ^= 1;
            assertFalse(Arrays.equals(plain, key.crypt(challenge, Commands.READ_LOG, 7, hidden)));
        });
    }

    @Test
    void a_key_never_shows_itself_in_text() throws Exception {
        PairwiseKey key = CardVectors.read().pairwiseKey();
        assertFalse(key.toString().contains(Hash.hex(key.bytes()).substring(0, 8)));
    }
}
