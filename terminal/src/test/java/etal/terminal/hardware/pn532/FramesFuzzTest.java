package etal.terminal.hardware.pn532;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.wire.Wire;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Whatever comes over the wire, cut into whatever pieces: frames or damage, never an accident, and an end. */
final class FramesFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void any_bytes_in_any_pieces(byte[] in) throws ReaderBroken {
        Line line = new Line(in);
        FrameReader reader = new FrameReader(line, Duration.ofMillis(1));
        int frames = 0;
        for (Optional<Frame> frame = reader.next(0); frame.isPresent(); frame = reader.next(0)) {
            frames++;
            assertTrue(frames <= in.length + 1, "it comes to an end");
            if (frame.get() instanceof Frame.Answer(int code, byte[] data)) {
                assertEquals(code, code & 0xFF);
                assertTrue(data.length <= Frame.DATA_BYTES_MAX);
            }
        }
        assertTrue(line.silent(), "all has been read");
    }

    /** Gives the input in pieces whose lengths the input itself says. */
    private static final class Line implements Wire {
        private final byte[] bytes;
        private int at;
        private long nanos;

        Line(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean silent() {
            return at == bytes.length;
        }

        @Override
        public void write(byte[] written) {
            throw new IllegalStateException("a reader only reads");
        }

        @Override
        public byte[] read(long untilNanos) {
            nanos = Math.max(nanos, untilNanos);
            if (silent()) return new byte[0];
            int length = Math.min(1 + (bytes[at] & 0x3F) * 8, Math.min(READ_BYTES_MAX, bytes.length - at));
            byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
            at += length;
            return piece;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Duration timeFor(int count) {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }
}
