package etal.protocol.ledger;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.CoseSign1;
import etal.protocol.cose.Hash;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * An entry as it stands in a ledger: the bytes of its COSE_Sign1 and what they say. Arrays are not copied: nobody may
 * change them.
 *
 * @param bytes the whole COSE_Sign1
 * @param kid SHA-256 of the terminal's X.509 certificate
 * @param entry what it says
 */
public record SignedEntry(byte[] bytes, byte[] kid, Entry entry) {
    /** The type in the protected header. */
    public static final String TYPE = "etal/entry";

    /** Signs an entry. An entry outside the contract's ranges is a bug of the caller. */
    public static SignedEntry sign(Entry entry, byte[] kid, UnaryOperator<byte[]> signer) {
        byte[] payload = entry.encode();
        try {
            // What this node signs every other must be able to read, now and in ten years.
            byte[] again = Entry.decode(payload).encode();
            if (!Arrays.equals(payload, again)) throw new IllegalStateException("an entry that reads otherwise");
        } catch (Malformed e) {
            throw new IllegalStateException("an entry outside the contract", e);
        }
        return new SignedEntry(CoseSign1.sign(TYPE, kid, payload, signer), kid, entry);
    }

    /** Reads an entry; its signature is not checked yet. */
    public static SignedEntry decode(byte[] bytes) throws Malformed {
        CoseSign1 message = CoseSign1.decode(bytes, TYPE);
        return new SignedEntry(bytes, message.kid(), Entry.decode(message.payload()));
    }

    /** SHA-256 of the whole; what the next entry names. */
    public byte[] hash() {
        return Hash.sha256(bytes);
    }

    /** Whether the signature is this key's, 65 or 33 bytes. */
    public boolean verify(byte[] publicKey) {
        try {
            return CoseSign1.decode(bytes, TYPE).verify(publicKey);
        } catch (Malformed e) {
            // Only a caller who made up the record comes here: then nothing is signed.
            return false;
        }
    }

    /** What a receipt shows of this entry. */
    public ReceiptCode receiptCode() {
        return new ReceiptCode(entry.ledger(), entry.number(), hash());
    }
}
