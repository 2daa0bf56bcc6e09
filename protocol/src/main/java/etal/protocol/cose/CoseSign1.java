package etal.protocol.cose;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import java.util.function.UnaryOperator;

/**
 * A COSE_Sign1 (RFC 9052, 4.2) of our one form: tag 18, ES256 with low-S, algorithm, kid and type protected, nothing
 * unprotected, no external data. Arrays are not copied: nobody may change them.
 *
 * @param protectedBytes the protected header as signed
 * @param kid SHA-256 of the signer's whole X.509 certificate, 32 bytes
 * @param type the type of the payload (RFC 9596), such as {@code etal/entry}
 * @param payload the signed bytes
 * @param signature raw {@code r || s}, 64 bytes
 */
public record CoseSign1(byte[] protectedBytes, byte[] kid, String type, byte[] payload, byte[] signature) {
    private static final int TAG = 18;
    private static final int ALG = 1;
    private static final int KID = 4;
    private static final int TYP = 16;
    private static final int ES256 = -7;
    private static final int TYPE_CHARS_MAX = 64;

    /** Signs {@code payload}; {@code signer} takes the message and returns a raw low-S signature. Returns the whole. */
    public static byte[] sign(String type, byte[] kid, byte[] payload, UnaryOperator<byte[]> signer) {
        if (kid.length != Hash.LENGTH) throw new IllegalArgumentException("a kid has 32 bytes");
        CBORObject header = CBORObject.NewMap()
                .Add(ALG, ES256)
                .Add(KID, CBORObject.FromObject(kid))
                .Add(TYP, type);
        byte[] protectedBytes = Cbor.encode(header);
        byte[] signature = signer.apply(toBeSigned(protectedBytes, payload));
        if (!P256.isLowS(signature)) throw new IllegalStateException("the signer gave no raw low-S signature");
        CBORObject message = CBORObject.NewArray()
                .Add(protectedBytes)
                .Add(CBORObject.NewMap())
                .Add(payload)
                .Add(signature);
        return Cbor.encode(message.WithTag(TAG));
    }

    /** Reads one; whoever encodes the result again gets the same bytes. The signature is not checked yet. */
    public static CoseSign1 decode(byte[] bytes) throws Malformed {
        CBORObject tagged = Cbor.decode(bytes);
        if (!tagged.HasOneTag(TAG)) throw new Malformed("not a COSE_Sign1");
        CBORObject message = Cbor.asArray(tagged.UntagOne(), 4, "the COSE_Sign1");
        Cbor.onlyKeys(message.get(1));
        byte[] protectedBytes = Cbor.asBytes(message.get(0), "the protected header");
        CBORObject header = Cbor.decodeMap(protectedBytes);
        Cbor.onlyKeys(header, ALG, KID, TYP);
        if (Cbor.asInt(Cbor.value(header, ALG), ES256, ES256, "the algorithm") != ES256) {
            throw new Malformed("not ES256");
        }
        return new CoseSign1(
                protectedBytes,
                Cbor.bytes(header, KID, Hash.LENGTH),
                Cbor.text(header, TYP, TYPE_CHARS_MAX),
                Cbor.asBytes(message.get(2), "the payload"),
                Cbor.asBytes(message.get(3), P256.SIGNATURE_LENGTH, "the signature"));
    }

    /** As {@link #decode(byte[])}, and the type must be this one. */
    public static CoseSign1 decode(byte[] bytes, String type) throws Malformed {
        CoseSign1 message = decode(bytes);
        if (!message.type.equals(type)) throw new Malformed("the type is not " + type);
        return message;
    }

    /** Whether the signature is this key's, 65 or 33 bytes, with low-S; false for any nonsense. */
    public boolean verify(byte[] publicKey) {
        return P256.verifyLowS(publicKey, toBeSigned(protectedBytes, payload), signature);
    }

    /** The Sig_structure of RFC 9052, 4.4, with no external data. */
    static byte[] toBeSigned(byte[] protectedBytes, byte[] payload) {
        return Cbor.encode(CBORObject.NewArray()
                .Add("Signature1")
                .Add(protectedBytes)
                .Add(new byte[0])
                .Add(payload));
    }
}
