package etal.protocol.card.order;

import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Layout;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The hub's word to one card, signed by an issuing key: "ADD voucher", "SET voucher" and "Block order" in docs/card.md. Any
 * terminal shows it, the card takes it once and signs a record that it has. Immutable.
 */
public sealed interface CardOrder {
    /** Length of a signature, raw {@code r || s}. */
    int SIGNATURE_LENGTH = 64;

    /** Whom it is for, which key signed it, and when. */
    Head head();

    /** Raw {@code r || s} of the issuing key, 64 bytes. */
    byte[] signature();

    /** What stands under the signature. */
    byte[] signedBytes();

    /** What kind of record the card makes of it. */
    CardRecord.Tag recordTag();

    /** What the record says in its field {@code sale}: the voucher's number, the entitlement's version, or 0. */
    long recordNumber();

    /** What it does to the purses. */
    Deltas deltas();

    /** Signed bytes and signature: 102, 106 or 83 bytes. */
    default byte[] encode() {
        byte[] signed = signedBytes();
        return Layout.writing(signed.length + SIGNATURE_LENGTH)
                .bytes(signed)
                .bytes(signature())
                .written();
    }

    /** SHA-256 of the whole, as the card's record names it. */
    default byte[] hash() {
        return Hash.sha256(encode());
    }

    /** Whether the issuing key (33 or 65 bytes) signed this; a high-S signature is refused. */
    default boolean verify(byte[] issuingPublic) {
        return P256.verifyLowS(issuingPublic, signedBytes(), signature());
    }

    /** Reads any of the three; says nothing yet about the signature. */
    static CardOrder decode(byte[] bytes) throws Malformed {
        return switch (bytes.length) {
            case Add.LENGTH -> Add.decode(bytes);
            case Set.LENGTH -> Set.decode(bytes);
            case Block.LENGTH -> Block.decode(bytes);
            default -> throw new Malformed("order to a card: " + bytes.length + " bytes");
        };
    }

    /**
     * What leads every order.
     *
     * @param fund 32 bits unsigned
     * @param cardId 8 bytes
     * @param slot issuing key slot, 0 or 1
     * @param issuedAtSeconds Unix seconds, 32 bits unsigned
     */
    record Head(long fund, byte[] cardId, int slot, long issuedAtSeconds) {
        /** Length of an order's tag, fund, card and slot. */
        static final int LENGTH = 15;

        /** @throws IllegalArgumentException if the card's id has not 8 bytes */
        public Head {
            cardId = Layout.copy(cardId, 8, "card id");
        }

        @Override
        public byte[] cardId() {
            return cardId.clone();
        }

        /** Whether the order is for this card of this fund. */
        public boolean isFor(long ofFund, byte[] card) {
            return fund == ofFund && Arrays.equals(cardId, card);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Head that
                    && fund == that.fund
                    && slot == that.slot
                    && issuedAtSeconds == that.issuedAtSeconds
                    && Arrays.equals(cardId, that.cardId);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(cardId);
        }

        Layout write(Layout out, int tag) {
            return out.uint16(tag).uint32(fund).bytes(cardId).uint8(slot);
        }

        /** Fund, card and slot, the time still to come. */
        static Head read(Layout in, int tag, String what) throws Malformed {
            if (in.uint16() != tag) {
                throw new Malformed("not " + what);
            }
            Head head = new Head(in.uint32(), in.bytes(8), in.uint8(), 0);
            if (head.slot > 1) {
                throw new Malformed(what + ": no such issuing slot");
            }
            return head;
        }

        Head at(long seconds) {
            return new Head(fund, cardId, slot, seconds);
        }
    }

    /** Why an ADD voucher was issued; for the books. */
    enum Reason {
        /** A purchase undone after the card had left. */
        REFUND,
        /** A mistake put right, up or down. */
        CORRECTION,
        /** What a lost card held. */
        TRANSFER;

        private static final Reason[] ALL = values();

        /** Its number on the voucher, from 1. */
        public int code() {
            return ordinal() + 1;
        }

        private static Reason of(int code) throws Malformed {
            if (code < 1 || code > ALL.length) {
                throw new Malformed("ADD voucher: reason " + code + " is not known");
            }
            return ALL[code - 1];
        }
    }

    /**
     * Puts money onto the purses, once: 102 bytes.
     *
     * @param number from 1, counted for each card, 32 bits unsigned
     * @param lastPeriod the last month in which a card takes it
     */
    record Add(Head head, long number, int lastPeriod, Reason reason, Deltas deltas, byte[] signature)
            implements CardOrder {
        /** Length of the whole, in bytes. */
        public static final int LENGTH = 102;

        private static final int TAG = 0x5641;

        /** @throws IllegalArgumentException if the signature has not 64 bytes */
        public Add {
            signature = Layout.copy(signature, SIGNATURE_LENGTH, "signature");
        }

        /** Makes and signs one. @param signer the issuing key of the head's slot: message in, raw low-S signature out */
        public static Add sign(
                Head head, long number, int lastPeriod, Reason reason, Deltas deltas, UnaryOperator<byte[]> signer) {
            Add unsigned = new Add(head, number, lastPeriod, reason, deltas, new byte[SIGNATURE_LENGTH]);
            return new Add(head, number, lastPeriod, reason, deltas, signer.apply(unsigned.signedBytes()));
        }

        private static Add decode(byte[] bytes) throws Malformed {
            Layout in = Layout.reading(bytes, LENGTH, "ADD voucher");
            Head head = Head.read(in, TAG, "an ADD voucher");
            long number = in.uint32();
            int lastPeriod = in.uint16();
            Reason reason = Reason.of(in.uint8());
            Deltas deltas = in.deltas();
            return new Add(head.at(in.uint32()), number, lastPeriod, reason, deltas, in.bytes(SIGNATURE_LENGTH));
        }

        @Override
        public byte[] signedBytes() {
            return head.write(Layout.writing(LENGTH - SIGNATURE_LENGTH), TAG)
                    .uint32(number)
                    .uint16(lastPeriod)
                    .uint8(reason.code())
                    .deltas(deltas)
                    .uint32(head.issuedAtSeconds())
                    .written();
        }

        @Override
        public CardRecord.Tag recordTag() {
            return CardRecord.Tag.ADDED;
        }

        @Override
        public long recordNumber() {
            return number;
        }

        @Override
        public byte[] signature() {
            return signature.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Add that && Arrays.equals(encode(), that.encode());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(encode());
        }
    }

    /** Gives the card a new entitlement, from the next load on: 106 bytes. The highest version wins. */
    record Set(Head head, Entitlement entitlement, byte[] signature) implements CardOrder {
        /** Length of the whole, in bytes. */
        public static final int LENGTH = 106;

        private static final int TAG = 0x5653;

        /** @throws IllegalArgumentException if the signature has not 64 bytes */
        public Set {
            signature = Layout.copy(signature, SIGNATURE_LENGTH, "signature");
        }

        /** Makes and signs one. @param signer the issuing key of the head's slot: message in, raw low-S signature out */
        public static Set sign(Head head, Entitlement entitlement, UnaryOperator<byte[]> signer) {
            Set unsigned = new Set(head, entitlement, new byte[SIGNATURE_LENGTH]);
            return new Set(head, entitlement, signer.apply(unsigned.signedBytes()));
        }

        private static Set decode(byte[] bytes) throws Malformed {
            Layout in = Layout.reading(bytes, LENGTH, "SET voucher");
            Head head = Head.read(in, TAG, "a SET voucher");
            Entitlement entitlement = Entitlement.decode(in.bytes(Entitlement.LENGTH));
            return new Set(head.at(in.uint32()), entitlement, in.bytes(SIGNATURE_LENGTH));
        }

        @Override
        public byte[] signedBytes() {
            return head.write(Layout.writing(LENGTH - SIGNATURE_LENGTH), TAG)
                    .bytes(entitlement.encode())
                    .uint32(head.issuedAtSeconds())
                    .written();
        }

        @Override
        public CardRecord.Tag recordTag() {
            return CardRecord.Tag.SET;
        }

        @Override
        public long recordNumber() {
            return entitlement.version();
        }

        @Override
        public Deltas deltas() {
            return Deltas.NONE;
        }

        @Override
        public byte[] signature() {
            return signature.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Set that && Arrays.equals(encode(), that.encode());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(encode());
        }
    }

    /** Ends a card for good; its record gives the exact balance: 83 bytes. */
    record Block(Head head, byte[] signature) implements CardOrder {
        /** Length of the whole, in bytes. */
        public static final int LENGTH = 83;

        private static final int TAG = 0x5642;

        /** @throws IllegalArgumentException if the signature has not 64 bytes */
        public Block {
            signature = Layout.copy(signature, SIGNATURE_LENGTH, "signature");
        }

        /** Makes and signs one. @param signer the issuing key of the head's slot: message in, raw low-S signature out */
        public static Block sign(Head head, UnaryOperator<byte[]> signer) {
            Block unsigned = new Block(head, new byte[SIGNATURE_LENGTH]);
            return new Block(head, signer.apply(unsigned.signedBytes()));
        }

        private static Block decode(byte[] bytes) throws Malformed {
            Layout in = Layout.reading(bytes, LENGTH, "block order");
            Head head = Head.read(in, TAG, "a block order");
            return new Block(head.at(in.uint32()), in.bytes(SIGNATURE_LENGTH));
        }

        @Override
        public byte[] signedBytes() {
            return head.write(Layout.writing(LENGTH - SIGNATURE_LENGTH), TAG)
                    .uint32(head.issuedAtSeconds())
                    .written();
        }

        @Override
        public CardRecord.Tag recordTag() {
            return CardRecord.Tag.BLOCKED;
        }

        @Override
        public long recordNumber() {
            return 0;
        }

        @Override
        public Deltas deltas() {
            return Deltas.NONE;
        }

        @Override
        public byte[] signature() {
            return signature.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Block that && Arrays.equals(encode(), that.encode());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(encode());
        }
    }
}
