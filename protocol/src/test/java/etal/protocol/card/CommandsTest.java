package etal.protocol.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.protocol.cose.Hash;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The commands, byte by byte.
 *
 * <pre>
 * terminal                                    card
 *    | SELECT (who are you)                     |
 *    |----------------------------------------->|
 *    |            certificate, challenge        |
 *    |<-----------------------------------------|
 *    | STATE (terminal, epoch)                  |
 *    |----------------------------------------->|
 *    |   6A88: never met     or   enc(state)    |
 *    |<-----------------------------------------|
 *    | INTRODUCE (terminal certificate)         |   once per card
 *    |----------------------------------------->|
 *    |            key confirmation              |
 *    |<-----------------------------------------|
 *    | DEBIT | LOAD (..., MAC over challenge)   |
 *    |----------------------------------------->|
 *    |  counter, balances, period, signatures   |
 *    |<-----------------------------------------|
 * </pre>
 */
class CommandsTest {
    private final CardVectors vectors;

    CommandsTest() throws IOException {
        vectors = CardVectors.read();
    }

    private void assertCommand(String name, byte[] made) {
        assertEquals(vectors.at("/commands/" + name).textValue(), Hash.hex(made), name);
    }

    @Test
    void selecting_and_introducing_have_the_bytes_of_the_contract() throws Exception {
        assertCommand("select", Commands.select());
        assertCommand("state", Commands.state(3, 1));
        TerminalCertificate certificate = TerminalCertificate.decode(vectors.bytes("/terminalCertificate/bytes"));
        assertCommand(
                "introduce", Commands.introduce(vectors.pairwiseKey(), vectors.bytes("/names/challenge"), certificate));
    }

    @Test
    void paying_loading_and_reading_the_log_carry_a_mac_over_the_challenge() throws Exception {
        PairwiseKey key = vectors.pairwiseKey();
        byte[] challenge = vectors.bytes("/names/challenge");
        CardRecord debit = vectors.record(2);
        assertCommand(
                "debit",
                Commands.debit(
                        key,
                        challenge,
                        new Commands.Debit(3, 1, 17, 1, debit.deltas(), debit.intentHash(), debit.timeSeconds())));
        assertCommand("readLog", Commands.readLog(key, challenge, 3, 1, 2));
        PeriodToken token = PeriodToken.decode(vectors.bytes("/periodToken/bytes"));
        long timeSeconds = vectors.number("/records/1/timeSeconds");
        assertCommand("load", Commands.load(key, challenge, new Commands.Load(3, 1, timeSeconds, token)));
    }

    @Test
    void personalising_has_the_bytes_of_the_contract() throws Exception {
        assertCommand("generateKey", Personalisation.generateKey());
        CardCertificate certificate = CardCertificate.decode(vectors.bytes("/cardCertificate/bytes"));
        assertCommand("putCertificate", Personalisation.putCertificate(certificate));
        byte[] terminalCa = vectors.bytes("/keys/terminalCa/public65");
        byte[] issuing = vectors.bytes("/keys/issuing0/public65");
        assertCommand("putTerminalCa", Personalisation.putKey(Personalisation.KeySlot.TERMINAL_CA, terminalCa));
        assertCommand("putIssuing0", Personalisation.putKey(Personalisation.KeySlot.ISSUING_0, issuing));
        assertCommand("putIssuing1", Personalisation.putKey(Personalisation.KeySlot.ISSUING_1, issuing));
        assertCommand(
                "putEntitlement",
                Personalisation.putEntitlement(new Entitlement(20_000, 2_500, 15_000, 3, 62, 98, 2, 1)));
        assertCommand("lock", Personalisation.lock(vectors.number("/records/0/timeSeconds"), 1));
    }

    @Test
    void the_same_debit_is_the_same_bytes() throws Exception {
        PairwiseKey key = vectors.pairwiseKey();
        Commands.Debit debit = new Commands.Debit(3, 1, 18, 2, new Deltas(-100, 0, 0), new byte[32], 1_743_602_460L);
        assertArrayEquals(Commands.debit(key, new byte[8], debit), Commands.debit(key, new byte[8], debit));
    }

    @Test
    void what_does_not_fit_the_layout_is_a_programming_error() throws Exception {
        PairwiseKey key = vectors.pairwiseKey();
        Commands.Debit tooMuch =
                new Commands.Debit(3, 1, 18, 2, new Deltas(-1L << 32, 0, 0), new byte[32], 1_743_602_460L);
        assertThrows(IllegalArgumentException.class, () -> Commands.debit(key, new byte[8], tooMuch));
        assertThrows(IllegalArgumentException.class, () -> Commands.state(1L << 32, 1));
        assertThrows(IllegalArgumentException.class, () -> Commands.state(-1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> Personalisation.putEntitlement(Entitlement.monthly(1L << 31, 0, 0, 0)));
    }
}
