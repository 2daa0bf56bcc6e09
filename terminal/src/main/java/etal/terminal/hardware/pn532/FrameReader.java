package etal.terminal.hardware.pn532;

import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.wire.Wire;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds frames in what arrives, whatever arrives: it never throws for bytes and never holds more than {@link #HELD_MAX}.
 *
 * <p>A frame must be whole to its last byte, the postamble. Its checksums are sums of eight bits: a zero lost from the
 * data would move the checksum into the data and the postamble into the checksum, and the sum would still fit. For one
 * thread.
 */
final class FrameReader {
    static final int HELD_MAX = 2 * Wire.READ_BYTES_MAX;

    private static final int START_CODE = 2;
    private static final int EXTENSION = 3;

    private final Wire wire;
    private final Duration gapMost;
    private final byte[] held = new byte[HELD_MAX];
    private int start;
    private int end;

    /**
     * A reader of a wire.
     *
     * @param gapMost how long the next byte of a frame may take
     */
    FrameReader(Wire wire, Duration gapMost) {
        this.wire = wire;
        this.gapMost = gapMost;
    }

    /** The next frame; empty when none began until then. */
    Optional<Frame> next(long untilNanos) throws ReaderBroken {
        while (true) {
            skipToStart();
            Optional<Frame> frame = begun() ? parse() : Optional.empty();
            if (frame.isPresent()) {
                return frame;
            }
            boolean within = begun();
            long until = within ? wire.nanos() + gapMost.toNanos() : untilNanos;
            if (!more(until)) {
                if (within) {
                    return damaged();
                }
                return Optional.empty();
            }
        }
    }

    /** Whether bytes are there that belong to no frame yet given. */
    boolean hasMore() throws ReaderBroken {
        return start < end || more(wire.nanos());
    }

    /**
     * Forgets what comes until nothing comes any more.
     *
     * @return false when it never stops
     */
    boolean drain(Duration atMost) throws ReaderBroken {
        long until = wire.nanos() + atMost.toNanos();
        do {
            start = end;
            if (until - wire.nanos() < 0) {
                return false;
            }
        } while (more(wire.nanos() + gapMost.toNanos()));
        return true;
    }

    private boolean more(long untilNanos) throws ReaderBroken {
        byte[] bytes = wire.read(untilNanos);
        System.arraycopy(held, start, held, 0, end - start);
        end -= start;
        start = 0;
        // Never more than a frame is held when more is read, so that this always fits.
        System.arraycopy(bytes, 0, held, end, bytes.length);
        end += bytes.length;
        return bytes.length > 0;
    }

    private void skipToStart() {
        while (start < end && !(held[start] == 0 && (start + 1 == end || held[start + 1] == (byte) 0xFF))) {
            start++;
        }
    }

    private boolean begun() {
        return end - start >= START_CODE;
    }

    private Optional<Frame> parse() {
        int at = start + START_CODE;
        if (end - at < 2) {
            return Optional.empty();
        }
        int length = held[at] & 0xFF;
        int check = held[at + 1] & 0xFF;
        if (length == 0 && check == 0xFF) {
            start = at + 2;
            return Optional.of(new Frame.Ack());
        }
        if (length == 0xFF && check == 0xFF) {
            return extended(at + 2);
        }
        return data(at + 2, length, length + check);
    }

    private Optional<Frame> extended(int at) {
        if (end - at < EXTENSION) {
            return Optional.empty();
        }
        int length = (held[at] & 0xFF) << 8 | held[at + 1] & 0xFF;
        return data(at + EXTENSION, length, Frame.sum(held, at, EXTENSION));
    }

    private Optional<Frame> data(int at, int length, int lengthSum) {
        if ((lengthSum & 0xFF) != 0 || length < 1 || length > Frame.DATA_BYTES_MAX) {
            return damaged();
        }
        if (end - at < length + 2) {
            return Optional.empty();
        }
        int checksum = at + length;
        boolean whole = (Frame.sum(held, at, length + 1) & 0xFF) == 0 && held[checksum + 1] == 0;
        if (whole && length == 1 && held[at] == 0x7F) {
            start = checksum + 2;
            return Optional.of(new Frame.SyntaxError());
        }
        if (!whole || length < 2 || held[at] != Frame.TO_HOST) {
            return damaged();
        }
        start = checksum + 2;
        return Optional.of(new Frame.Answer(held[at + 1] & 0xFF, Arrays.copyOfRange(held, at + 2, checksum)));
    }

    private Optional<Frame> damaged() {
        // What is left of it could look like a frame of its own.
        start = end;
        return Optional.of(new Frame.Damaged());
    }
}
