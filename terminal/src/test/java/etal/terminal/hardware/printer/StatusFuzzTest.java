package etal.terminal.hardware.printer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.terminal.hardware.line.Line;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** Whatever a printer answers, in whatever pieces: a state or none, never an accident, and an end. */
final class StatusFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void any_bytes_in_any_pieces(byte[] in) throws IOException {
        Babbler line = new Babbler(in);
        boolean said = Status.ask(line, Duration.ZERO).isPresent();
        assertTrue(line.reads <= 8 * 1_024 + 8, "it comes to an end");
        assertTrue(!said || line.questions == 3, "who answers is asked everything");
        if (in.length >= 3) {
            var unused = Status.state(in[0], in[1], in[2]);
        }
    }

    /** Says the input over and over, in pieces whose lengths the input itself says. */
    private static final class Babbler implements Line {
        private final byte[] bytes;
        private int at;
        private int reads;
        private int questions;

        Babbler(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(byte[] written, long untilNanos) {
            questions++;
        }

        @Override
        public byte[] read(long untilNanos) {
            reads++;
            if (bytes.length == 0) {
                return new byte[0];
            }
            at %= bytes.length;
            int length = Math.min(bytes[at] & 0x7, bytes.length - at);
            byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
            at += length + 1;
            return piece;
        }

        @Override
        public boolean silenceMayMeanGone() {
            return true;
        }

        @Override
        public void close() {}
    }
}
