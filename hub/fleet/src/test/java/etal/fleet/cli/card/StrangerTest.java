package etal.fleet.cli.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.virtualcard.FieldCard;
import etal.virtualcard.Torn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The card in a stranger's hands: {@code src/test/python} was written from {@code protocol/docs/card.md} alone, in another
 * language with another's cryptography, and talks to the real applet through the real pcscd.
 */
@Timeout(180)
class StrangerTest {
    private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();
    private static final String PYTHON = "/usr/bin/python3";
    private static final int DEBIT = 0x14;
    private static final int RANDOM_COMMANDS = 10_000;

    @TempDir
    Path folder;

    @BeforeEach
    void python_is_there() throws Exception {
        Process asked = new ProcessBuilder(PYTHON, "-c", "import smartcard, cryptography").start();
        Assumptions.assumeTrue(
                asked.waitFor() == 0,
                "Python's smartcard and cryptography are not installed (Debian packages python3-pyscard and"
                        + " python3-cryptography)");
    }

    private DemoTable.Said judged(DemoTable table, int random) throws Exception {
        return table.run(
                SCRIPTS,
                PYTHON,
                "-B",
                "stranger.py",
                table.fund.toString(),
                table.reader(),
                "--random",
                String.valueOf(random),
                "--thorough");
    }

    @Test
    void the_card_pays_rightly_and_bears_everything_else() throws Exception {
        try (DemoTable table = new DemoTable(folder, card -> card)) {
            DemoTable.Said said = judged(table, RANDOM_COMMANDS);
            assertEquals(0, said.code(), said.text());
            assertTrue(said.text().contains("ok openssl verifies: 8 records and the certificate"), said.text());
            System.out.println("measured: " + said.lines().getLast());
        }
    }

    @Test
    void a_card_that_repeats_its_challenge_is_found_out() throws Exception {
        byte[] first = new byte[8];
        BinaryOperator<byte[]> repeating = (apdu, answer) -> {
            if (answer.length == 127 && first[0] == 0) {
                System.arraycopy(answer, 117, first, 0, 8);
            } else if (answer.length == 127) {
                System.arraycopy(first, 0, answer, 117, 8);
            }
            return answer;
        };
        assertFoundOut("a challenge came twice", repeating);
    }

    @Test
    void a_card_that_takes_any_mac_is_found_out() throws Exception {
        byte[] paid = new byte[148];
        paid[146] = (byte) 0x90;
        BinaryOperator<byte[]> trusting = (apdu, answer) ->
                apdu.length > 1 && apdu[1] == DEBIT && answer[0] == 0x69 && answer[1] == (byte) 0x82 ? paid : answer;
        assertFoundOut("money moved", trusting);
    }

    private void assertFoundOut(String why, BinaryOperator<byte[]> fault) throws Exception {
        try (DemoTable table = new DemoTable(folder, card -> new Faulty(card, fault))) {
            DemoTable.Said said = judged(table, 200);
            assertNotEquals(0, said.code());
            assertTrue(said.text().contains("failed: " + why), said.text());
        }
    }

    /** A card whose answers come out other than it gave them. */
    private record Faulty(FieldCard card, BinaryOperator<byte[]> fault) implements FieldCard {
        @Override
        public String name() {
            return card.name();
        }

        @Override
        public byte[] transmit(byte[] apdu) throws IOException {
            return fault.apply(apdu, card.transmit(apdu));
        }

        @Override
        public byte[] transmitCut(byte[] apdu, int write) throws IOException, Torn {
            return card.transmitCut(apdu, write);
        }

        @Override
        public void transmitUnanswered(byte[] apdu) throws IOException {
            card.transmitUnanswered(apdu);
        }

        @Override
        public void powerOff() throws IOException {
            card.powerOff();
        }
    }
}
