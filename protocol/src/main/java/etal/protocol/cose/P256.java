package etal.protocol.cose;

import etal.protocol.cbor.Malformed;
import java.io.IOException;
import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * ECDSA and ECDH on P-256 (FIPS 186-5, SEC 1). Private keys are scalars of 32 bytes, public keys X9.62 points of 65 or
 * 33 bytes, signatures raw {@code r || s} of 64 bytes over SHA-256. Stateless; safe for use by any thread.
 */
public final class P256 {
    /** The length of a private scalar, and of a coordinate. */
    public static final int SCALAR_LENGTH = 32;

    /** The length of a raw signature. */
    public static final int SIGNATURE_LENGTH = 64;

    /** The length of an uncompressed public key. */
    public static final int PUBLIC_LENGTH = 65;

    // An entropy source that gives no scalar in so many tries (each fails once in 2^32) is broken.
    private static final int TRIES_MAX = 64;
    private static final ECDomainParameters DOMAIN = domain();
    private static final BigInteger HALF_ORDER = DOMAIN.getN().shiftRight(1);

    private P256() {}

    private static ECDomainParameters domain() {
        X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
        return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    }

    /** Signs {@code message} with the nonce of RFC 6979 and the lower of the two values of s. */
    public static byte[] sign(byte[] privateScalar, byte[] message) {
        return Remembered.signature(
                () -> signed(privateScalar, message), () -> publicKey(privateScalar), privateScalar, message);
    }

    private static byte[] signed(byte[] privateScalar, byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(scalar(privateScalar), DOMAIN));
        BigInteger[] rs = signer.generateSignature(Hash.sha256(message));
        return lowS(raw(rs[0], rs[1]));
    }

    /** Whether the signature is this key's over the message; false for any nonsense. Either value of s passes. */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] rawSignature) {
        if (rawSignature.length != SIGNATURE_LENGTH) return false;
        return Remembered.verdict(() -> verified(publicKey, message, rawSignature), publicKey, message, rawSignature);
    }

    private static boolean verified(byte[] publicKey, byte[] message, byte[] rawSignature) {
        ECPoint point = pointOrInfinity(publicKey);
        if (point.isInfinity()) return false;
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, new ECPublicKeyParameters(point, DOMAIN));
        BigInteger r = new BigInteger(1, rawSignature, 0, SCALAR_LENGTH);
        BigInteger s = new BigInteger(1, rawSignature, SCALAR_LENGTH, SCALAR_LENGTH);
        return verifier.verifySignature(Hash.sha256(message), r, s);
    }

    /** As {@link #verify}, and s must be the lower value, so that nobody can make a second signature from a first. */
    public static boolean verifyLowS(byte[] publicKey, byte[] message, byte[] rawSignature) {
        return isLowS(rawSignature) && verify(publicKey, message, rawSignature);
    }

    /** Whether s is at most half the group's order. */
    public static boolean isLowS(byte[] rawSignature) {
        return rawSignature.length == SIGNATURE_LENGTH
                && new BigInteger(1, rawSignature, SCALAR_LENGTH, SCALAR_LENGTH).compareTo(HALF_ORDER) <= 0;
    }

    /** The same signature with the lower value of s. {@code s} must be below the order. */
    public static byte[] lowS(byte[] rawSignature) {
        if (isLowS(rawSignature)) return rawSignature.clone();
        BigInteger r = new BigInteger(1, rawSignature, 0, SCALAR_LENGTH);
        BigInteger s = new BigInteger(1, rawSignature, SCALAR_LENGTH, SCALAR_LENGTH);
        return raw(r, DOMAIN.getN().subtract(s));
    }

    /** The public key of a private scalar, uncompressed, 65 bytes. */
    public static byte[] publicKey(byte[] privateScalar) {
        return DOMAIN.getG().multiply(scalar(privateScalar)).getEncoded(false);
    }

    /** The compressed form, 33 bytes, of a public key of 65. */
    public static byte[] compress(byte[] publicKey65) {
        byte[] compressed = Arrays.copyOf(publicKey65, 33);
        compressed[0] = (byte) (2 + (publicKey65[64] & 1));
        return compressed;
    }

    /** The uncompressed form, 65 bytes, of a public key of 33, which must be a point of the curve. */
    public static byte[] decompress(byte[] publicKey33) throws Malformed {
        if (publicKey33.length != 33) throw new Malformed("not a compressed point");
        return point(publicKey33).getEncoded(false);
    }

    /** Refuses what is not a point of 65 or 33 bytes on the curve. */
    public static void check(byte[] publicKey) throws Malformed {
        var unused = point(publicKey);
    }

    /** The x-coordinate, 32 bytes, of the point both sides share (SEC 1, 3.3.1). The peer's key must be on the curve. */
    public static byte[] agree(byte[] privateScalar, byte[] peer) throws Malformed {
        ECPoint point = point(peer);
        return Remembered.secret(() -> agreed(privateScalar, point), privateScalar, peer);
    }

    private static byte[] agreed(byte[] privateScalar, ECPoint peer) {
        ECPoint shared = peer.multiply(scalar(privateScalar)).normalize();
        return shared.getAffineXCoord().getEncoded();
    }

    /** A new private scalar from a source of unpredictable bytes, by rejection. */
    public static byte[] newScalar(Consumer<byte[]> fill) {
        byte[] candidate = new byte[SCALAR_LENGTH];
        for (int i = 0; i < TRIES_MAX; i++) {
            fill.accept(candidate);
            BigInteger value = new BigInteger(1, candidate);
            if (value.signum() > 0 && value.compareTo(DOMAIN.getN()) < 0) return candidate;
        }
        throw new IllegalStateException("the entropy source gives no scalar");
    }

    /** The raw form of a signature in DER (RFC 3279, 2.2.3), which must be the shortest DER, r and s below the order. */
    public static byte[] fromDer(byte[] der) throws Malformed {
        try {
            BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(DOMAIN.getN(), der);
            return raw(rs[0], rs[1]);
        } catch (IOException | RuntimeException e) {
            // The library complains of foreign bytes by several unchecked exceptions.
            throw new Malformed("not an ECDSA signature in DER", e);
        }
    }

    /** The DER form (RFC 3279, 2.2.3) of a raw signature, for X.509 and PKCS#10. */
    public static byte[] toDer(byte[] rawSignature) {
        BigInteger r = new BigInteger(1, rawSignature, 0, SCALAR_LENGTH);
        BigInteger s = new BigInteger(1, rawSignature, SCALAR_LENGTH, SCALAR_LENGTH);
        try {
            return StandardDSAEncoding.INSTANCE.encode(DOMAIN.getN(), r, s);
        } catch (IOException e) {
            throw new IllegalStateException("two numbers that DER cannot hold", e);
        }
    }

    /** The private key as the JDK's object. */
    public static ECPrivateKey jcaPrivate(byte[] privateScalar) {
        return JcaKeys.jcaPrivate(privateScalar);
    }

    /** The public key, 65 or 33 bytes, as the JDK's object. */
    public static ECPublicKey jcaPublic(byte[] publicKey) throws Malformed {
        return JcaKeys.jcaPublic(publicKey);
    }

    private static byte[] raw(BigInteger r, BigInteger s) {
        byte[] raw = new byte[SIGNATURE_LENGTH];
        BigIntegers.asUnsignedByteArray(r, raw, 0, SCALAR_LENGTH);
        BigIntegers.asUnsignedByteArray(s, raw, SCALAR_LENGTH, SCALAR_LENGTH);
        return raw;
    }

    private static BigInteger scalar(byte[] bytes) {
        BigInteger value = new BigInteger(1, bytes);
        if (bytes.length != SCALAR_LENGTH || value.signum() == 0 || value.compareTo(DOMAIN.getN()) >= 0) {
            throw new IllegalArgumentException("not a private scalar of P-256");
        }
        return value;
    }

    private static ECPoint point(byte[] publicKey) throws Malformed {
        ECPoint point = pointOrInfinity(publicKey);
        if (point.isInfinity()) throw new Malformed("not a point of P-256");
        return point;
    }

    private static ECPoint pointOrInfinity(byte[] publicKey) {
        boolean uncompressed = publicKey.length == PUBLIC_LENGTH && publicKey[0] == 4;
        boolean compressed = publicKey.length == 33 && (publicKey[0] == 2 || publicKey[0] == 3);
        if (!uncompressed && !compressed) return DOMAIN.getCurve().getInfinity();
        try {
            return DOMAIN.getCurve().decodePoint(publicKey);
        } catch (IllegalArgumentException e) {
            return DOMAIN.getCurve().getInfinity();
        }
    }
}
