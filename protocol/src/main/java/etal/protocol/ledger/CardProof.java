package etal.protocol.ledger;

import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;

/**
 * What a card signed, with what is needed to check it; layouts in {@code protocol/docs/card.md}. Arrays are not copied:
 * nobody may change them.
 *
 * @param certificate the card's compact certificate, 114 bytes
 * @param record the record, 80 bytes
 * @param signature the card's signature over the record, raw, 64 bytes; s as the chip made it
 */
public record CardProof(byte[] certificate, byte[] record, byte[] signature) {
    /** Length of a card certificate. */
    public static final int CERTIFICATE_LENGTH = 114;

    /** Length of a record. */
    public static final int RECORD_LENGTH = 80;

    /** The {@code card-record} of {@code etal.cddl} on its own: what is sealed when another terminal carries it. */
    public byte[] encode() {
        return Cbor.encode(Parts.proof(this));
    }

    /** Reads {@link #encode}. The signature is not checked yet. */
    public static CardProof decode(byte[] bytes) throws Malformed {
        return Parts.proof(Cbor.decodeMap(bytes));
    }
}
