package etal.fleet.auditor.granted;

import etal.fleet.auditor.Reckoning.Purses;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the fund has ordered a card to do: voucher or block order (protocol/docs/card.md), read a second time and apart from
 * the programs. Immutable.
 *
 * @param tag two letters: VA an addition, VS an entitlement, VB a block
 * @param card whose, hexadecimal
 * @param number of an addition its number, of an entitlement its version
 * @param reason of an addition 1 refund, 2 correction, 3 transfer
 * @param deltas what an addition brings
 * @param grant what an entitlement grants from the next load on
 * @param hash SHA-256 of the whole, by which the card's record names it, hexadecimal
 */
public record OrderWord(
        String tag, String card, long number, int lastPeriod, int reason, Purses deltas, Grant grant, String hash) {
    private static final Purses NOTHING = new Purses(0, 0, 0);
    private static final Grant NO_GRANT = new Grant(0, 0, 0, 0, 0, 0);
    private static final int TAG = 2;
    private static final int FUND = 4;

    /** Reads the layout. */
    public static OrderWord read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] tag = new byte[TAG];
        in.get(tag);
        in.position(TAG + FUND);
        byte[] card = new byte[8];
        in.get(card);
        in.get();
        String name = new String(tag, StandardCharsets.US_ASCII);
        String id = HexFormat.of().formatHex(card);
        String hash = hash(bytes);
        return switch (name) {
            case "VA" -> {
                long number = Integer.toUnsignedLong(in.getInt());
                int lastPeriod = Short.toUnsignedInt(in.getShort());
                int reason = in.get();
                var deltas = new Purses(in.getInt(), in.getInt(), in.getInt());
                yield new OrderWord(name, id, number, lastPeriod, reason, deltas, NO_GRANT, hash);
            }
            case "VS" -> {
                long amount = in.getInt();
                long earnable = in.getInt();
                long keep = in.getInt();
                in.getInt();
                int first = Short.toUnsignedInt(in.getShort());
                int last = Short.toUnsignedInt(in.getShort());
                int catchUp = in.get();
                long version = Short.toUnsignedLong(in.getShort());
                var grant = new Grant(amount, earnable, keep, first, last, catchUp);
                yield new OrderWord(name, id, version, 0, 0, NOTHING, grant, hash);
            }
            default -> new OrderWord(name, id, 0, 0, 0, NOTHING, NO_GRANT, hash);
        };
    }

    /** What an addition brings in all, as money. */
    public long cents() {
        return deltas.allocation() + deltas.bonus();
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
