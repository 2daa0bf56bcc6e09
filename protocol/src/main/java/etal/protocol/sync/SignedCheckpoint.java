package etal.protocol.sync;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.CoseSign1;
import etal.protocol.ledger.LedgerFile;
import java.util.function.UnaryOperator;

/**
 * A checkpoint with the hub's signature. Arrays are not copied: nobody may change them.
 *
 * @param bytes the whole COSE_Sign1
 * @param kid SHA-256 of the hub's acknowledging certificate
 * @param checkpoint what it says
 */
public record SignedCheckpoint(byte[] bytes, byte[] kid, Checkpoint checkpoint) {
    /** The type in the protected header. */
    public static final String TYPE = LedgerFile.CHECKPOINT_TYPE;

    /** Signs a checkpoint. One outside the contract's ranges is a bug of the caller. */
    public static SignedCheckpoint sign(Checkpoint checkpoint, byte[] kid, UnaryOperator<byte[]> signer) {
        byte[] payload = checkpoint.encode();
        try {
            Checkpoint.decode(payload);
        } catch (Malformed e) {
            throw new IllegalStateException("a checkpoint outside the contract", e);
        }
        return new SignedCheckpoint(CoseSign1.sign(TYPE, kid, payload, signer), kid, checkpoint);
    }

    /** Reads a checkpoint; its signature is not checked yet. */
    public static SignedCheckpoint decode(byte[] bytes) throws Malformed {
        CoseSign1 message = CoseSign1.decode(bytes, TYPE);
        return new SignedCheckpoint(bytes, message.kid(), Checkpoint.decode(message.payload()));
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
