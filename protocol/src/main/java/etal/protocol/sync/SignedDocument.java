package etal.protocol.sync;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.CoseSign1;
import java.util.function.UnaryOperator;

/**
 * A document with the hub's signature. Arrays are not copied: nobody may change them.
 *
 * @param bytes the whole COSE_Sign1
 * @param kid SHA-256 of the hub's documents certificate
 * @param document what it says
 */
public record SignedDocument(byte[] bytes, byte[] kid, Document document) {
    /** The type in the protected header. */
    public static final String TYPE = "etal/document";

    /** Signs a document. One outside the contract's ranges is a bug of the caller. */
    public static SignedDocument sign(Document document, byte[] kid, UnaryOperator<byte[]> signer) {
        byte[] payload = document.encode();
        try {
            Document.decode(payload);
        } catch (Malformed e) {
            throw new IllegalStateException("a document outside the contract", e);
        }
        return new SignedDocument(CoseSign1.sign(TYPE, kid, payload, signer), kid, document);
    }

    /** Reads a document; its signature is not checked yet. */
    public static SignedDocument decode(byte[] bytes) throws Malformed {
        CoseSign1 message = CoseSign1.decode(bytes, TYPE);
        return new SignedDocument(bytes, message.kid(), Document.decode(message.payload()));
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
}
