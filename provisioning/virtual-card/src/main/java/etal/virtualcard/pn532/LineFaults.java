package etal.virtualcard.pn532;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * A bad line: now and then it does something to a frame, by a seed. Only what the frames can show: their checksum is a sum of
 * eight bits, in which two faults may cancel, and a zero more is not seen at all where the checksum happens to be zero, for
 * the last byte then passes for the checksum and the checksum for the postamble. Against that only the cards' own MACs and
 * signatures help. So there is at most one fault to a frame, and never that one. Not thread-safe.
 */
public final class LineFaults {
    /** What happens to a frame. */
    public enum Fault {
        BYTE_LOST,
        BYTE_DOUBLED,
        BIT_CHANGED,
        GARBAGE_BEFORE,
        ALL_LOST,
        DELAYED
    }

    /**
     * What comes out at the other end.
     *
     * @param delayNanos later than it should
     */
    public record Passed(byte[] bytes, long delayNanos) {}

    private static final int GARBAGE_MAX = 12;
    private static final int AFTER_CHECKSUM = 2;
    private static final int DATA = 5;
    private static final long DELAY_MAX_NANOS = 60_000_000;

    private final Random random;
    private final int perMille;
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);

    /**
     * A line.
     *
     * @param perMille how many frames of a thousand something happens to
     */
    public LineFaults(long seed, int perMille) {
        this.random = new Random(seed);
        this.perMille = perMille;
    }

    /** A line on which nothing happens. */
    public static LineFaults none() {
        return new LineFaults(0, 0);
    }

    /** How often what has happened. */
    public Map<Fault, Integer> done() {
        return Map.copyOf(done);
    }

    /** Passes a frame. */
    public Passed pass(byte[] frame) {
        if (frame.length == 0 || random.nextInt(1_000) >= perMille) {
            return new Passed(frame, 0);
        }
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        done.merge(fault, 1, Integer::sum);
        int at = random.nextInt(frame.length);
        return switch (fault) {
            case BYTE_LOST -> new Passed(spliced(frame, at, at + 1, new byte[0]), 0);
            case BYTE_DOUBLED -> {
                int seen =
                        frame[at] == 0 && frame.length > DATA && frame[frame.length - AFTER_CHECKSUM] == 0 ? DATA : at;
                yield new Passed(spliced(frame, seen, seen, new byte[] {frame[seen]}), 0);
            }
            case BIT_CHANGED ->
                new Passed(spliced(frame, at, at + 1, new byte[] {(byte) (frame[at] ^ 1 << random.nextInt(8))}), 0);
            case GARBAGE_BEFORE -> new Passed(spliced(frame, 0, 0, garbage()), 0);
            case ALL_LOST -> new Passed(new byte[0], 0);
            case DELAYED -> new Passed(frame, random.nextLong(DELAY_MAX_NANOS));
        };
    }

    private byte[] garbage() {
        byte[] garbage = new byte[1 + random.nextInt(GARBAGE_MAX)];
        for (int i = 0; i < garbage.length; i++) {
            // Zeros and FFs are more dangerous than others: they look like starts of frames.
            garbage[i] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(2) * 0xFF);
        }
        return garbage;
    }

    private static byte[] spliced(byte[] frame, int from, int to, byte[] instead) {
        byte[] result = Arrays.copyOf(frame, frame.length - (to - from) + instead.length);
        System.arraycopy(instead, 0, result, from, instead.length);
        System.arraycopy(frame, to, result, from + instead.length, frame.length - to);
        return result;
    }
}
