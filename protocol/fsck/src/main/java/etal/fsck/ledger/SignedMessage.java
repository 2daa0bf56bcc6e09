package etal.fsck.ledger;

import etal.fsck.bytes.CborReader;
import etal.fsck.bytes.CborWriter;
import etal.fsck.bytes.Damage;
import etal.fsck.bytes.Digest;
import etal.fsck.bytes.Fields;
import etal.fsck.bytes.Value;
import etal.fsck.trust.P256;
import java.security.PublicKey;
import java.util.List;

/**
 * A COSE_Sign1 message (RFC 9052, 4.2) as ledgers hold it: ES256, kid and type protected, nothing unprotected.
 *
 * @param type what is signed, such as {@code etal/entry}
 * @param kid SHA-256 of the signer's certificate
 * @param payload the value that is signed
 * @param signedBytes the bytes under the signature, Sig_structure of RFC 9052, 4.4
 */
public record SignedMessage(String type, Digest kid, Value payload, byte[] signedBytes, byte[] signature) {
    private static final long ES256 = -7;
    private static final int SIGNATURE_BYTES = 64;

    /** The message that {@code bytes} are. */
    public static SignedMessage read(byte[] bytes) throws Damage {
        if (!(CborReader.read(bytes) instanceof Value.Signed message)) {
            throw new Damage("not a signed message");
        }
        List<Value> parts = Fields.items("a signed message", message.content(), 4);
        if (!(parts.get(0) instanceof Value.Bytes head)
                || !(parts.get(1) instanceof Value.Fields unprotected)
                || !(parts.get(2) instanceof Value.Bytes payload)
                || !(parts.get(3) instanceof Value.Bytes signature)) {
            throw new Damage("not a signed message");
        }
        if (!unprotected.values().isEmpty() || signature.value().length != SIGNATURE_BYTES) {
            throw new Damage("not signed as it must be");
        }
        Fields header = Fields.of("the signed header", CborReader.read(head.value()), List.of(1, 4, 16), List.of());
        if (!(header.value(1) instanceof Value.Whole(long algorithm)) || algorithm != ES256) {
            throw new Damage("not signed with ES256");
        }
        Value toSign =
                new Value.Items(List.of(new Value.Text("Signature1"), head, new Value.Bytes(new byte[0]), payload));
        String type = header.text(16);
        if (type.chars().anyMatch(Character::isISOControl)) {
            throw new Damage("a type that is no word");
        }
        return new SignedMessage(
                type, header.digest(4), CborReader.read(payload.value()), CborWriter.write(toSign), signature.value());
    }

    /** The same, being of one type. */
    public static SignedMessage read(byte[] bytes, String type) throws Damage {
        SignedMessage message = read(bytes);
        if (!message.type.equals(type)) {
            throw new Damage("not of the type " + type);
        }
        return message;
    }

    /** Whether the signature is the key's, in its one form. */
    public boolean isSignedBy(PublicKey key) {
        return P256.verifyLowS(key, signedBytes, signature);
    }
}
