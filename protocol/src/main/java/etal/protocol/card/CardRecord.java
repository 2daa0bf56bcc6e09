package etal.protocol.card;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import java.util.Arrays;

/**
 * What a card did, in its own words: 80 bytes that the card signs, "Record" in docs/card.md. The card id is
 * implied by the key that verifies it. Immutable; equal when the bytes are.
 *
 * @param tag what was done
 * @param counter the card's counter after it; 0 for the first record
 * @param terminal at which terminal
 * @param epoch in which epoch of it
 * @param sale of a debit its number, of a cancellation that of the debit it undoes; of an ADD the voucher's number, of a
 *     SET the entitlement's version; else 0
 * @param deltas what it did to the purses
 * @param after what the purses held afterwards
 * @param period the card's period
 * @param timeSeconds as the terminal said it, Unix seconds
 * @param intentHash debit and cancellation: the intent's hash; load, vouchers, blocked: SHA-256 of the whole token,
 *     voucher or order; first record: zero. 32 bytes
 */
public record CardRecord(
        Tag tag,
        long counter,
        long terminal,
        long epoch,
        long sale,
        Deltas deltas,
        Balances after,
        int period,
        long timeSeconds,
        byte[] intentHash) {
    /** Length of the whole, in bytes. */
    public static final int LENGTH = 80;

    /** What a record tells of; the two letters lead the signed bytes. */
    public enum Tag {
        /** A payment. */
        DEBIT(0x4544),
        /** A month's allocation loaded. */
        LOAD(0x454C),
        /** A payment undone, whole or in part, at the terminal that took it. */
        CANCEL(0x4543),
        /** An ADD voucher taken. */
        ADDED(0x4541),
        /** A SET voucher taken. */
        SET(0x4553),
        /** The last record: the card is blocked for good. */
        BLOCKED(0x4542),
        /** The record a card makes when it is locked. */
        FIRST(0x4549);

        private final int code;

        Tag(int code) {
            this.code = code;
        }

        /** The two bytes on the card. */
        public int code() {
            return code;
        }

        private static Tag of(int code) throws Malformed {
            for (Tag tag : values()) {
                if (tag.code == code) {
                    return tag;
                }
            }
            throw new Malformed("not a card's record");
        }
    }

    /** @throws IllegalArgumentException if the hash has not 32 bytes */
    public CardRecord {
        intentHash = Layout.copy(intentHash, 32, "intent hash");
    }

    /** The record a card makes when it is locked: nothing but its time. */
    public static CardRecord first(long timeSeconds) {
        return new CardRecord(Tag.FIRST, 0, 0, 0, 0, Deltas.NONE, Balances.NONE, 0, timeSeconds, new byte[32]);
    }

    /** Reads the layout; says nothing yet about a signature. */
    public static CardRecord decode(byte[] bytes) throws Malformed {
        Layout in = Layout.reading(bytes, LENGTH, "card record");
        return new CardRecord(
                Tag.of(in.uint16()),
                in.uint32(),
                in.uint32(),
                in.uint32(),
                in.uint32(),
                in.deltas(),
                in.balances(),
                in.uint16(),
                in.uint32(),
                in.bytes(32));
    }

    /** The 80 bytes, which are also what the card signs. */
    public byte[] encode() {
        return Layout.writing(LENGTH)
                .uint16(tag.code())
                .uint32(counter)
                .uint32(terminal)
                .uint32(epoch)
                .uint32(sale)
                .deltas(deltas)
                .balances(after)
                .uint16(period)
                .uint32(timeSeconds)
                .bytes(intentHash)
                .written();
    }

    /** Whether the card's key (33 or 65 bytes) signed this. The chip makes high and low S alike: both count. */
    public boolean verify(byte[] cardPublic, byte[] signature) {
        return P256.verify(cardPublic, encode(), signature);
    }

    /** What the purses held before. */
    public Balances before() {
        return after.minus(deltas);
    }

    @Override
    public byte[] intentHash() {
        return intentHash.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CardRecord that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }
}
