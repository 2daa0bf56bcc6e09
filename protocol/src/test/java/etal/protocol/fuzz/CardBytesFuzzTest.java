package etal.protocol.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.protocol.TestKeys;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Entitlement;
import etal.protocol.card.PairwiseKey;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;

/** What cards answer, what they sign, and what is signed for them: of fixed layout, so read and written alike. */
final class CardBytesFuzzTest {
    private static final byte[] CHALLENGE = new byte[8];
    private final PairwiseKey key;

    CardBytesFuzzTest() throws Malformed {
        byte[] card = P256.compress(TestKeys.publicKey("card"));
        key = PairwiseKey.derive(TestKeys.scalar("terminal"), card, new byte[8], 3, 1);
    }

    private interface Reading {
        void read() throws Malformed;
    }

    private static void orRefused(Reading reading) {
        try {
            reading.read();
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_cards_certificate(byte[] in) {
        orRefused(() -> {
            CardCertificate read = CardCertificate.decode(in);
            assertArrayEquals(in, read.encode());
            assertFalse(read.verify(TestKeys.publicKey("nobody's")));
        });
    }

    @FuzzTest(maxDuration = "5m")
    void a_terminals_certificate(byte[] in) {
        orRefused(() -> {
            TerminalCertificate read = TerminalCertificate.decode(in);
            assertArrayEquals(in, read.encode());
            assertFalse(read.verify(TestKeys.publicKey("nobody's")));
        });
    }

    @FuzzTest(maxDuration = "5m")
    void a_months_token(byte[] in) {
        orRefused(() -> assertArrayEquals(in, PeriodToken.decode(in).encode()));
    }

    @FuzzTest(maxDuration = "5m")
    void a_record(byte[] in) {
        orRefused(() -> assertArrayEquals(in, CardRecord.decode(in).encode()));
    }

    @FuzzTest(maxDuration = "5m")
    void an_order(byte[] in) {
        orRefused(() -> assertArrayEquals(in, CardOrder.decode(in).encode()));
        orRefused(() -> assertArrayEquals(in, KeyUpdate.decode(in).encode()));
        orRefused(() -> assertArrayEquals(in, Entitlement.decode(in).encode()));
    }

    @FuzzTest(maxDuration = "5m")
    void any_answer_of_a_card(byte[] in) {
        int word = Answers.statusWord(in);
        assertEquals(in.length < 2 ? 0 : (in[in.length - 2] & 0xff) << 8 | in[in.length - 1] & 0xff, word);
        orRefused(() -> Answers.body(in));
        orRefused(() -> Answers.select(in));
        orRefused(() -> Answers.state(in));
        orRefused(() -> Answers.state(key, CHALLENGE, in));
        orRefused(() -> assertFalse(Answers.confirms(key, CHALLENGE, in)));
        orRefused(() -> Answers.debit(in));
        orRefused(() -> Answers.readLog(in));
        orRefused(() -> Answers.readLog(key, CHALLENGE, 1, in));
        orRefused(() -> Answers.publicKey(in));
        orRefused(() -> Answers.lock(in));
        orRefused(() -> Answers.keyUpdate(in));
    }
}
