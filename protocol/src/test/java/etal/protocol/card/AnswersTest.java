package etal.protocol.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Seeds;
import etal.protocol.cbor.Malformed;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final CardVectors vectors;

    AnswersTest() throws IOException {
        vectors = CardVectors.read();
    }

    @Test
    void a_stranger_learns_certificate_and_challenge() throws Exception {
        Answers.SelectAnswer select = Answers.select(vectors.bytes("/answers/select"));
        assertEquals(1, select.version());
        assertEquals(0, select.flags());
        assertEquals(1, select.keyGeneration());
        assertFalse(select.personalising());
        assertEquals(CardCertificate.decode(vectors.bytes("/cardCertificate/bytes")), select.certificate());
        assertArrayEquals(vectors.bytes("/names/challenge"), select.challenge());
    }

    @Test
    void a_terminal_the_card_knows_learns_its_state() throws Exception {
        Answers.CardState plain = Answers.state(vectors.bytes("/answers/statePlain"));
        Answers.CardState state = Answers.state(
                vectors.pairwiseKey(), vectors.bytes("/names/challenge"), vectors.bytes("/answers/state"));
        assertEquals(plain, state);
        assertEquals(vectors.record(2), state.newest());
        assertEquals(new Entitlement(20_000, 2_500, 15_000, 3, 62, 98, 2, 1), state.entitlement());
        assertEquals(new Answers.VoucherWindow(0, 0), state.vouchers());
    }

    @Test
    void a_state_that_was_changed_on_its_way_in_any_bit_is_not_believed() throws Exception {
        byte[] answer = vectors.bytes("/answers/state");
        byte[] challenge = vectors.bytes("/names/challenge");
        for (int bit = 0; bit < (answer.length - 2) * 8; bit++) {
            byte[] changed = answer.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(Malformed.class, () -> Answers.state(vectors.pairwiseKey(), challenge, changed), "bit " + bit);
        }
        byte[] yesterdays = new byte[challenge.length];
        assertThrows(Malformed.class, () -> Answers.state(vectors.pairwiseKey(), yesterdays, answer));
    }

    @Test
    void the_key_is_confirmed_by_the_card_alone() throws Exception {
        byte[] challenge = vectors.bytes("/names/challenge");
        byte[] answer = vectors.bytes("/answers/introduce");
        assertTrue(Answers.confirms(vectors.pairwiseKey(), challenge, answer));
        answer[3] ^= 1;
        assertFalse(Answers.confirms(vectors.pairwiseKey(), challenge, answer));
    }

    @Test
    void the_answers_to_debit_and_load_prove_their_records() throws Exception {
        byte[] card = vectors.bytes("/keys/card/public33");
        CardRecord debited = vectors.record(2);
        Answers.DebitAnswer debit = Answers.debit(vectors.bytes("/answers/debit"));
        CardRecord ofDebit = debit.record(
                new Commands.Debit(3, 1, 17, 1, new Deltas(-2400, 0, 0), debited.intentHash(), debited.timeSeconds()));
        assertEquals(debited, ofDebit);
        assertTrue(ofDebit.verify(card, debit.signature()));
        assertTrue(vectors.record(1).verify(card, debit.previousSignature()));

        Answers.DebitAnswer load = Answers.debit(vectors.bytes("/answers/load"));
        PeriodToken token = PeriodToken.decode(vectors.bytes("/periodToken/bytes"));
        Commands.Load asked = new Commands.Load(3, 1, vectors.number("/records/1/timeSeconds"), token);
        CardRecord ofLoad = load.record(asked, Balances.NONE);
        assertEquals(vectors.record(1), ofLoad);
        assertTrue(ofLoad.verify(card, load.signature()));
        assertTrue(vectors.record(0).verify(card, load.previousSignature()));
    }

    @Test
    void the_log_gives_a_record_with_its_signature() throws Exception {
        Answers.LoggedRecord logged = Answers.readLog(
                vectors.pairwiseKey(), vectors.bytes("/names/challenge"), 2, vectors.bytes("/answers/readLog"));
        assertEquals(vectors.record(2), logged.record());
        assertTrue(logged.record().verify(vectors.bytes("/keys/card/public33"), logged.signature()));
    }

    @Test
    void a_new_card_tells_its_key_and_proves_it_at_the_lock() throws Exception {
        byte[] key = Answers.publicKey(vectors.bytes("/answers/generateKey"));
        assertArrayEquals(vectors.bytes("/keys/card/public65"), key);
        assertTrue(vectors.record(0).verify(key, Answers.lock(vectors.bytes("/answers/lock"))));
    }

    @Test
    void a_refusal_is_a_status_word_and_no_answer() throws Exception {
        byte[] refusal = vectors.bytes("/answers/unknownTerminal");
        assertEquals(StatusWord.UNKNOWN_TERMINAL, Answers.statusWord(refusal));
        assertThrows(Malformed.class, () -> Answers.body(refusal));
        assertEquals(0, Answers.statusWord(new byte[0]));
        assertEquals(0, Answers.statusWord(new byte[1]));
    }

    /** What reads bytes from outside. */
    @FunctionalInterface
    private interface Reading {
        Object read(byte[] bytes) throws Malformed;
    }

    private List<Reading> readings() throws Malformed {
        PairwiseKey key = vectors.pairwiseKey();
        byte[] challenge = new byte[8];
        return List.of(
                Answers::select,
                Answers::state,
                bytes -> Answers.state(key, challenge, bytes),
                bytes -> Answers.confirms(key, challenge, bytes),
                Answers::debit,
                Answers::readLog,
                bytes -> Answers.readLog(key, challenge, 2, bytes),
                Answers::publicKey,
                Answers::lock,
                CardCertificate::decode,
                TerminalCertificate::decode,
                PeriodToken::decode,
                CardRecord::decode,
                Entitlement::decode);
    }

    @Test
    void any_bytes_at_all_are_read_or_malformed() throws Exception {
        List<Reading> readings = readings();
        Seeds.each(3_000, random -> {
            byte[] bytes = Seeds.bytes(random, random.nextInt(160));
            for (Reading reading : readings) {
                readOrRefuse(reading, bytes);
            }
        });
    }

    @Test
    void damaged_answers_are_read_or_malformed() throws Exception {
        List<Reading> readings = readings();
        List<String> paths = List.of(
                "/answers/select",
                "/answers/statePlain",
                "/answers/state",
                "/answers/introduce",
                "/answers/debit",
                "/answers/readLogPlain",
                "/answers/readLog",
                "/answers/generateKey",
                "/answers/lock",
                "/cardCertificate/bytes",
                "/terminalCertificate/bytes",
                "/periodToken/bytes",
                "/records/1/bytes",
                "/entitlement/bytes");
        Seeds.each(2_000, random -> {
            byte[] sound = vectors.bytes(paths.get(random.nextInt(paths.size())));
            byte[] damaged = damage(random, sound);
            for (Reading reading : readings) {
                readOrRefuse(reading, damaged);
            }
        });
    }

    private static byte[] damage(SplittableRandom random, byte[] sound) {
        byte[] damaged = sound.clone();
        for (int flips = random.nextInt(4); flips >= 0; flips--) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        int length = random.nextInt(4) > 0 ? damaged.length : random.nextInt(damaged.length + 5);
        return Arrays.copyOf(damaged, length);
    }

    /** Fails by any other throwable; what was read must bear to be compared and written. */
    private static void readOrRefuse(Reading reading, byte[] bytes) {
        try {
            Object read = reading.read(bytes);
            if (read instanceof CardRecord record) {
                assertArrayEquals(bytes, record.encode());
            } else if (read instanceof CardCertificate certificate) {
                assertArrayEquals(bytes, certificate.encode());
            } else if (read instanceof Entitlement entitlement) {
                assertArrayEquals(bytes, entitlement.encode());
            }
        } catch (Malformed refused) {
            assertFalse(String.valueOf(refused.getMessage()).isEmpty());
        }
    }
}
