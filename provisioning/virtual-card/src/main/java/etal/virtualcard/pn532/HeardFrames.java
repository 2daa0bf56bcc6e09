package etal.virtualcard.pn532;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The chip's ear: takes byte after byte and says when a frame is whole (UM0701-02, 6.2.1). A frame with a wrong sum, or
 * with a gap in it, is passed over in silence. Not thread-safe.
 */
final class HeardFrames {
    /** What the host sends. */
    sealed interface Heard {
        /** A command and its parameters. */
        record Command(byte[] bytes) implements Heard {}

        /** To an answer: taken. Else: stop. */
        record Ack() implements Heard {}

        /** The last answer again. */
        record Nack() implements Heard {}
    }

    private static final int DATA_MAX = 265;
    private static final long GAP_MOST_NANOS = 5_000_000;

    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private long lastNanos;
    private int before;

    /** Takes one byte. */
    Optional<Heard> take(int value, long nowNanos) {
        if (frame.size() > 0 && nowNanos - lastNanos > GAP_MOST_NANOS) {
            forget();
        }
        lastNanos = nowNanos;
        if (frame.size() == 0) {
            // Outside of a frame only the start code counts: 00 FF.
            if (before == 0 && value == 0xFF) {
                frame.write(0);
                frame.write(value);
            }
            before = value;
            return Optional.empty();
        }
        frame.write(value);
        return whole(frame.toByteArray());
    }

    private Optional<Heard> whole(byte[] bytes) {
        if (bytes.length < 4) {
            return Optional.empty();
        }
        int length = bytes[2] & 0xFF;
        int check = bytes[3] & 0xFF;
        if (length == 0 && check == 0xFF) {
            return done(new Heard.Ack());
        }
        if (length == 0xFF && check == 0) {
            return done(new Heard.Nack());
        }
        if (length != 0xFF || check != 0xFF) {
            return command(bytes, 4, length, sum(bytes, 2, 4) == 0);
        }
        if (bytes.length < 7) {
            return Optional.empty();
        }
        return command(bytes, 7, (bytes[4] & 0xFF) * 256 + (bytes[5] & 0xFF), sum(bytes, 4, 7) == 0);
    }

    private Optional<Heard> command(byte[] bytes, int header, int length, boolean lengthFits) {
        if (!lengthFits || length < 2 || length > DATA_MAX) {
            forget();
            return Optional.empty();
        }
        int checksum = header + length;
        if (bytes.length < checksum + 2) {
            return Optional.empty();
        }
        byte[] command = Arrays.copyOfRange(bytes, header + 1, checksum);
        boolean good =
                bytes[header] == (byte) 0xD4 && sum(bytes, header, checksum + 1) == 0 && bytes[checksum + 1] == 0;
        forget();
        return good ? Optional.of(new Heard.Command(command)) : Optional.empty();
    }

    private static int sum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += bytes[i];
        }
        return sum & 0xFF;
    }

    private Optional<Heard> done(Heard heard) {
        forget();
        return Optional.of(heard);
    }

    /** Starts anew. */
    void forget() {
        frame.reset();
        before = -1;
    }
}
