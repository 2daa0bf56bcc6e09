package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.licel.jcardsim.base.SimulatorRuntime;
import etal.applet.FoodCard;
import etal.protocol.card.Answers;
import etal.protocol.card.Answers.DebitAnswer;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.Personalisation;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javacard.framework.AID;
import org.junit.jupiter.api.Test;

/**
 * The simulator as it comes gives every card the same key and uses the private key as its first nonce. None of that may
 * come back by whatever order a class path has.
 */
class CardKeysTest {
    private static final BigInteger N =
            new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);

    @Test
    void no_two_cards_share_a_key_or_a_challenge_and_no_nonce_repeats() throws Exception {
        Set<String> keys = new HashSet<>();
        Set<String> challenges = new HashSet<>();
        Set<String> nonces = new HashSet<>();
        int cards = 20;
        int debits = 25;
        for (int i = 0; i < cards; i++) {
            VirtualCard card = fund.loadedCard(i);
            for (int sale = 1; sale <= debits; sale++) {
                stall.meet(card);
                assertTrue(challenges.add(Hash.hex(stall.challenge())));
                DebitAnswer paid =
                        Answers.debit(card.transmit(stall.debit(stall.debitOf(sale, sale, new Deltas(-1, 0, 0)))));
                assertTrue(nonces.add(Hash.hex(Arrays.copyOf(paid.signature(), 32))), "card " + i + " sale " + sale);
            }
            assertTrue(keys.add(Hash.hex(stall.cardKey())));
        }
        assertEquals(cards * debits, nonces.size());
    }

    @Test
    void the_first_signature_does_not_give_the_private_key_away() throws Exception {
        VirtualCard card = fund.unlockedCard(1);
        byte[] signature = Answers.lock(card.transmit(Personalisation.lock(TestFund.NOON, 1)));
        byte[] key = stall.select(card).certificate().publicKey33();
        byte[] message = CardRecord.first(TestFund.NOON).encode();
        assertFalse(Arrays.equals(key, publicKeyIfNonceWereKey(message, signature)));
    }

    /** If k = d then s = (h + r d) / d, so d = h / (s - r). */
    private static byte[] publicKeyIfNonceWereKey(byte[] message, byte[] signature) {
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        BigInteger h = new BigInteger(1, Hash.sha256(message));
        BigInteger d = h.multiply(s.subtract(r).modInverse(N)).mod(N);
        byte[] padded = new byte[32];
        byte[] bytes = d.toByteArray();
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, padded, 32 - length, length);
        return P256.compress(P256.publicKey(padded));
    }

    @Test
    void the_attack_works_on_the_simulator_as_it_comes_so_this_test_can_see_it() throws Exception {
        PrintStream out = System.out;
        // The simulator as it comes prints; our loader silences it.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            byte[] first = rawSimulator();
            assertArrayEquals(first, rawSimulator());
        } finally {
            System.setOut(out);
        }
    }

    /** The key that the applet makes in the simulator without our loader. */
    private static byte[] rawSimulator() {
        byte[] aid = {(byte) 0xF0, 0x45, 0x54, 0x41, 0x4C, 0x01, 0x01};
        AID name = new AID(aid, (short) 0, (byte) aid.length);
        SimulatorRuntime raw = new SimulatorRuntime();
        raw.loadApplet(name, FoodCard.class);
        raw.installApplet(name, new byte[0], (short) 0, (byte) 0);
        raw.transmitCommand(Commands.select());
        byte[] answer = raw.transmitCommand(Personalisation.generateKey());
        assertEquals(0x9000, Answers.statusWord(answer));
        return answer;
    }

    @Test
    void a_card_follows_from_its_seed_and_history_alone() throws Exception {
        VirtualCard one = fund.loadedCard(1);
        VirtualCard same = fund.loadedCard(1);
        assertArrayEquals(one.transmit(Commands.select()), same.transmit(Commands.select()));
    }

    @Test
    void histories_that_part_never_sign_with_one_nonce() throws Exception {
        VirtualCard one = fund.loadedCard(1);
        VirtualCard twin = fund.loadedCard(1);
        stall.meet(one);
        DebitAnswer a = Answers.debit(one.transmit(stall.debit(stall.debitOf(1, 1, new Deltas(-1, 0, 0)))));
        stall.meet(twin);
        DebitAnswer b = Answers.debit(twin.transmit(stall.debit(stall.debitOf(2, 1, new Deltas(-1, 0, 0)))));
        assertNotEquals(Hash.hex(Arrays.copyOf(a.signature(), 32)), Hash.hex(Arrays.copyOf(b.signature(), 32)));
    }
}
