package etal.fsck.ledger;

import etal.fsck.bytes.Damage;
import etal.fsck.bytes.Digest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A card's own record of what it did, 80 bytes, layout in {@code protocol/docs/card.md}.
 *
 * @param bytes the record as the card signed it
 */
public record CardRecord(
        byte[] bytes,
        Kind kind,
        long counter,
        LedgerName at,
        long sale,
        Purses deltas,
        Purses after,
        Digest intentHash) {
    /** How many bytes a record has. */
    public static final int BYTES = 80;

    private static final long BALANCE_MAX = Integer.MAX_VALUE;
    private static final long VERSION_MAX = 0xFFFF;

    /** What made the record. */
    public enum Kind {
        DEBIT,
        CANCEL,
        LOAD,
        /** A voucher that moved money, under its number. */
        ADD,
        /** A voucher that changed what the card may load, under the version it brought. */
        SET,
        /** The last word of a card that was blocked. */
        BLOCK,
        FIRST
    }

    /** Amounts of the three purses, in the smallest unit. */
    public record Purses(long allocation, long bonus, long earnable) {
        /** All three together. */
        public long sum() {
            return allocation + bonus + earnable;
        }

        /** What undoes them. */
        public Purses negated() {
            return new Purses(-allocation, -bonus, -earnable);
        }

        /** What stood before {@code deltas} led here. */
        public Purses minus(Purses deltas) {
            return new Purses(allocation - deltas.allocation, bonus - deltas.bonus, earnable - deltas.earnable);
        }

        boolean canBeHeld() {
            return Math.min(allocation, Math.min(bonus, earnable)) >= 0
                    && Math.max(allocation, Math.max(bonus, earnable)) <= BALANCE_MAX;
        }
    }

    /** The record that {@code bytes} are; one that no sound card would make is refused. */
    public static CardRecord read(byte[] bytes) throws Damage {
        if (bytes.length != BYTES) {
            throw new Damage("the card's record has " + bytes.length + " bytes, not " + BYTES);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Kind kind = kind(in.getShort());
        long counter = unsigned(in);
        LedgerName at = new LedgerName(unsigned(in), unsigned(in));
        long sale = unsigned(in);
        Purses deltas = new Purses(in.getInt(), in.getInt(), in.getInt());
        Purses after = new Purses(unsigned(in), unsigned(in), unsigned(in));
        Digest intent = Digest.read(Arrays.copyOfRange(bytes, 48, BYTES));
        CardRecord record = new CardRecord(bytes, kind, counter, at, sale, deltas, after, intent);
        record.requireSound();
        return record;
    }

    private void requireSound() throws Damage {
        if (!after.canBeHeld() || !after.minus(deltas).canBeHeld()) {
            throw new Damage("the card's record has a balance below zero or beyond what a card holds");
        }
        if (kind == Kind.DEBIT
                && (deltas.equals(new Purses(0, 0, 0))
                        || deltas.allocation > 0
                        || deltas.earnable > 0
                        || deltas.bonus > -deltas.earnable)) {
            throw new Damage("the card's record is of a debit that gives instead of taking");
        }
        if (kind == Kind.CANCEL
                && (deltas.equals(new Purses(0, 0, 0))
                        || deltas.allocation < 0
                        || deltas.earnable < 0
                        || deltas.bonus < -deltas.earnable)) {
            throw new Damage("the card's record is of a cancellation that takes instead of giving");
        }
        // Allocation may expire at a load and what can be earned is set anew: both may fall. Bonus is nobody's to load.
        if (kind == Kind.LOAD && deltas.bonus != 0) {
            throw new Damage("the card's record is of a load that moves the bonus");
        }
        boolean moves = !deltas.equals(new Purses(0, 0, 0));
        if (kind == Kind.ADD && (!moves || sale == 0)) {
            throw new Damage("the card's record is of a voucher without number or money");
        }
        if ((kind == Kind.SET || kind == Kind.BLOCK) && moves) {
            throw new Damage("the card's record moves money and is of an order that moves none");
        }
        if (kind == Kind.SET && sale > VERSION_MAX || kind == Kind.BLOCK && sale != 0) {
            throw new Damage("the card's record is of an order without such a number");
        }
    }

    private static Kind kind(short tag) throws Damage {
        return switch (tag) {
            case 0x4544 -> Kind.DEBIT;
            case 0x4543 -> Kind.CANCEL;
            case 0x454c -> Kind.LOAD;
            case 0x4541 -> Kind.ADD;
            case 0x4553 -> Kind.SET;
            case 0x4542 -> Kind.BLOCK;
            case 0x4549 -> Kind.FIRST;
            default -> throw new Damage("the card's record is none");
        };
    }

    private static long unsigned(ByteBuffer in) {
        return Integer.toUnsignedLong(in.getInt());
    }
}
