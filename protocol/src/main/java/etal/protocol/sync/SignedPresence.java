package etal.protocol.sync;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.CoseSign1;
import java.util.function.UnaryOperator;

/**
 * A presence with the terminal's signature. Arrays are not copied: nobody may change them.
 *
 * @param bytes the whole COSE_Sign1
 * @param kid SHA-256 of the terminal's certificate
 * @param presence what it says
 */
public record SignedPresence(byte[] bytes, byte[] kid, Presence presence) {
    /** The type in the protected header. */
    public static final String TYPE = "etal/presence";

    /** Signs a presence. One outside the contract's ranges is a bug of the caller. */
    public static SignedPresence sign(Presence presence, byte[] kid, UnaryOperator<byte[]> signer) {
        byte[] payload = presence.encode();
        try {
            Presence.decode(payload);
        } catch (Malformed e) {
            throw new IllegalStateException("a presence outside the contract", e);
        }
        return new SignedPresence(CoseSign1.sign(TYPE, kid, payload, signer), kid, presence);
    }

    /** Reads a presence; its signature is not checked yet. */
    public static SignedPresence decode(byte[] bytes) throws Malformed {
        CoseSign1 message = CoseSign1.decode(bytes, TYPE);
        return new SignedPresence(bytes, message.kid(), Presence.decode(message.payload()));
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
