package etal.fleet.world.cards.office;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.card.CardCertificate;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.cose.Sealed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.SignedEntry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever looks at what lies in quarantine sees which card it is about, also where a sealed record lies beside it. */
class LyingTest {
    private static final byte[] KEY = key();
    private static final byte[] SEALED =
            Sealed.seal(new byte[200], P256.publicKey(KEY), new byte[32], random -> Arrays.fill(random, (byte) 5));

    private static byte[] key() {
        byte[] key = new byte[32];
        key[31] = 7; // a test's secret
        return key;
    }

    private static CardProof proof() {
        byte[] certificate = CardCertificate.sign(
                        1,
                        1,
                        new byte[] {1, 2, 3, 4, 5, 6, 7, 8},
                        P256.compress(P256.publicKey(KEY)),
                        63,
                        0,
                        message -> P256.sign(KEY, message))
                .encode();
        return new CardProof(certificate, new byte[CardProof.RECORD_LENGTH], new byte[64]);
    }

    private static List<String> cards(Body body) {
        var entry = new Entry(2, 1, 15, Hash.sha256(SEALED), 4_102_444_800_000L, true, body);
        return Lying.cards(SignedEntry.sign(entry, new byte[32], message -> P256.sign(KEY, message))
                .bytes());
    }

    @Test
    void a_cancellation_names_its_card_beside_what_is_sealed_to_the_hub() {
        var cancellation = new Body.Cancellation(
                1, new byte[32], Body.Cancellation.RUNG_UP_WRONGLY, new byte[32], proof(), SEALED);
        assertEquals(List.of("0102030405060708"), cards(cancellation));
    }

    @Test
    void what_names_no_card_and_what_does_not_read_is_about_none() {
        assertEquals(List.of(), cards(new Body.RecordCarried(null, SEALED)));
        assertEquals(List.of(), Lying.cards(SEALED));
    }
}
