package etal.terminal.hardware.scale;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Whatever a scale says, in whatever pieces: a weight of goods or none, never an accident. */
final class SicsFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void any_bytes_in_any_pieces(byte[] in) {
        SicsAnswers answers = new SicsAnswers();
        int at = 0;
        while (at < in.length) {
            int end = Math.min(in.length, at + 1 + (in[at] & 0x1F));
            Optional<String> line = answers.take(Arrays.copyOfRange(in, at, end));
            assertTrue(line.isEmpty() || line.get().length() <= SicsAnswers.LINE_BYTES_MAX);
            OptionalLong grams = line.map(SicsAnswers::gramsAtRest).orElse(OptionalLong.empty());
            assertTrue(grams.isEmpty() || grams.getAsLong() >= 1 && grams.getAsLong() <= SicsAnswers.GRAMS_MAX);
            at = end;
        }
    }
}
