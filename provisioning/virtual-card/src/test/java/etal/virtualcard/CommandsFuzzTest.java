package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.protocol.card.Answers;
import java.util.Arrays;

/** Any commands, one after another, to a card in use: each is answered, and nothing that a stranger sends changes it. */
final class CommandsFuzzTest {
    private static final int COMMANDS_MAX = 16;

    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);
    private final VirtualCard card;
    private final CardSnapshot before;

    CommandsFuzzTest() throws Exception {
        card = fund.loadedCard(1);
        before = CardSnapshot.of(card, stall);
    }

    /** The input: one byte of length, so many bytes of command, and again. */
    @FuzzTest(maxDuration = "5m")
    void any_commands(byte[] in) throws Exception {
        int at = 0;
        for (int i = 0; i < COMMANDS_MAX && at < in.length; i++) {
            int length = Math.min(in[at] & 0xFF, in.length - at - 1);
            byte[] answer = card.transmit(Arrays.copyOfRange(in, at + 1, at + 1 + length));
            at += 1 + length;
            int word = Answers.statusWord(answer);
            assertTrue(word == 0x9000 || word >>> 12 == 6, () -> Integer.toHexString(word));
        }
        assertEquals(before, CardSnapshot.of(card, stall));
    }
}
