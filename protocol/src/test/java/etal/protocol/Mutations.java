package etal.protocol;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Feeds changed copies of good inputs to a parser. Only {@link Malformed} may come out of it. The seed is printed with a
 * failure; {@code -Detal.seed=N} gives another, {@code -Detal.rounds=N} more rounds.
 */
public final class Mutations {
    private static final byte[] HEADS = {
        0x17,
        0x18,
        0x19,
        0x1a,
        0x1b,
        0x1f,
        0x3b,
        0x40,
        0x5b,
        0x5f,
        0x60,
        0x7b,
        (byte) 0x80,
        (byte) 0x9b,
        (byte) 0x9f,
        (byte) 0xa0,
        (byte) 0xbb,
        (byte) 0xbf,
        (byte) 0xc2,
        (byte) 0xd2,
        (byte) 0xd8,
        (byte) 0xf4,
        (byte) 0xf6,
        (byte) 0xf9,
        (byte) 0xff,
        0x00,
        0x30,
        0x31,
        0x7f
    };

    private Mutations() {}

    /** A parser under test; what it reads it may check further. */
    public interface Parser {
        void read(byte[] input) throws Malformed;
    }

    /** Tries {@code rounds} changed copies of {@code good}; returns how many of them were still accepted. */
    public static int feed(List<byte[]> good, int rounds, Parser parser) {
        long seed = Long.getLong("etal.seed", 1L);
        int all = Integer.getInteger("etal.rounds", rounds);
        SplittableRandom random = new SplittableRandom(seed);
        int accepted = 0;
        for (int round = 0; round < all; round++) {
            byte[] input = good.get(random.nextInt(good.size())).clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) input = change(input, random);
            try {
                parser.read(input);
                accepted++;
            } catch (Malformed e) {
                if (e.getMessage() == null) throw new AssertionError("a complaint that says nothing", e);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
                throw new AssertionError("etal.seed=" + seed + " round " + round + " input " + Hash.hex(input), e);
            }
        }
        return accepted;
    }

    private static byte[] change(byte[] in, SplittableRandom random) {
        if (in.length == 0) return new byte[] {(byte) random.nextInt(256)};
        int at = random.nextInt(in.length);
        int length = 1 + random.nextInt(Math.min(16, in.length - at));
        return switch (random.nextInt(8)) {
            case 0 -> set(in, at, in[at] ^ 1 << random.nextInt(8));
            case 1 -> set(in, at, random.nextInt(256));
            case 2 -> set(in, at, HEADS[random.nextInt(HEADS.length)]);
            case 3 -> splice(in, at, at, new byte[] {HEADS[random.nextInt(HEADS.length)]});
            case 4 -> splice(in, at, at + length, new byte[0]);
            case 5 -> Arrays.copyOf(in, at);
            case 6 -> splice(in, at, at, Arrays.copyOfRange(in, at, at + length));
            default -> splice(in, at, at + length, noise(length, random));
        };
    }

    private static byte[] noise(int length, SplittableRandom random) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] set(byte[] in, int at, int value) {
        in[at] = (byte) value;
        return in;
    }

    private static byte[] splice(byte[] in, int from, int to, byte[] between) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(in, 0, from);
        out.writeBytes(between);
        out.write(in, to, in.length - to);
        return out.toByteArray();
    }
}
