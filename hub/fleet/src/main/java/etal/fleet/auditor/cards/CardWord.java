package etal.fleet.auditor.cards;

import etal.fleet.auditor.Reckoning.Purses;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What a card has signed once: the 80 bytes of its record (protocol/docs/card.md), read a second time and apart from the
 * programs. Immutable.
 *
 * @param tag two letters: ED a debit, EC a cancellation, EL a load, EA and ES vouchers, EB blocked, EI the first
 * @param deltas what the purses gained; negative what they lost
 * @param proof the intention's hash, or that of token, voucher or order, hexadecimal
 * @param bytes all of it, hexadecimal
 */
public record CardWord(
        String tag,
        long counter,
        long terminal,
        long epoch,
        long sale,
        Purses deltas,
        Purses after,
        int period,
        long timeSeconds,
        String proof,
        String bytes) {
    private static final int LENGTH = 80;
    private static final int PROOF = 32;

    /** Reads the layout. */
    public static CardWord read(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a record has " + LENGTH + " bytes, not " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] tag = new byte[2];
        in.get(tag);
        long counter = Integer.toUnsignedLong(in.getInt());
        long terminal = Integer.toUnsignedLong(in.getInt());
        long epoch = Integer.toUnsignedLong(in.getInt());
        long sale = Integer.toUnsignedLong(in.getInt());
        Purses deltas = new Purses(in.getInt(), in.getInt(), in.getInt());
        Purses after = new Purses(in.getInt(), in.getInt(), in.getInt());
        int period = Short.toUnsignedInt(in.getShort());
        long timeSeconds = Integer.toUnsignedLong(in.getInt());
        byte[] proof = new byte[PROOF];
        in.get(proof);
        return new CardWord(
                new String(tag, StandardCharsets.US_ASCII),
                counter,
                terminal,
                epoch,
                sale,
                deltas,
                after,
                period,
                timeSeconds,
                HexFormat.of().formatHex(proof),
                HexFormat.of().formatHex(bytes));
    }

    /** What the purses held before. */
    public Purses before() {
        return new Purses(
                after.allocation() - deltas.allocation(),
                after.bonus() - deltas.bonus(),
                after.earnable() - deltas.earnable());
    }

    /** Whether a stall took money by it. */
    public boolean debit() {
        return tag.equals("ED");
    }

    /** Whether it moves money between card and stall: a debit, or its cancellation. */
    public boolean moves() {
        return debit() || tag.equals("EC");
    }

    /** Stall, epoch and number of the sale. */
    public String place() {
        return terminal + "-" + epoch + "-" + sale;
    }

    /** What a stall took, or by a cancellation gave back: then negative. What was earned by it is not in it. */
    public long spentCents() {
        return -deltas.allocation() - deltas.bonus() - deltas.earnable();
    }

    /** What the card earned by it; negative what was taken back. */
    public long earnedCents() {
        return -deltas.earnable();
    }
}
