package etal.fsck.trust;

import etal.fsck.bytes.Damage;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/** ES256: ECDSA on P-256 over SHA-256 (FIPS 186-5), verified by the JDK. Safe for use by any thread. */
public final class P256 {
    private static final BigInteger PRIME =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    private static final BigInteger B =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
    private static final ECParameterSpec CURVE = curve();

    private P256() {}

    /** The key of a point as X9.62 writes it: 65 bytes uncompressed or 33 compressed. */
    public static PublicKey key(byte[] point) throws Damage {
        boolean whole = point.length == 65 && point[0] == 4;
        boolean compressed = point.length == 33 && (point[0] == 2 || point[0] == 3);
        if (!whole && !compressed) {
            throw new Damage("a public key that is not a point");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
        if (x.compareTo(PRIME) >= 0) {
            throw new Damage("a public key outside the field");
        }
        BigInteger square =
                x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(B).mod(PRIME);
        BigInteger y = whole ? new BigInteger(1, Arrays.copyOfRange(point, 33, 65)) : root(square, point[0] == 3);
        if (y.compareTo(PRIME) >= 0 || !y.multiply(y).mod(PRIME).equals(square)) {
            throw new Damage("a public key that is not on the curve");
        }
        try {
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a point on P-256 is a key", impossible);
        }
    }

    /** Whether {@code signature}, 64 bytes r and s, is the key's over {@code message}; false for any nonsense. */
    public static boolean verify(PublicKey key, byte[] message, byte[] signature) {
        if (signature.length != 64) {
            return false;
        }
        return verify("SHA256withECDSAinP1363Format", key, message, signature);
    }

    /** The same, and s is the lower of the two that would verify, so that a signature has one form only. */
    public static boolean verifyLowS(PublicKey key, byte[] message, byte[] signature) {
        return signature.length == 64
                && new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)).compareTo(HALF_ORDER) <= 0
                && verify(key, message, signature);
    }

    /** The same for a signature in DER, as certificates hold it. */
    static boolean verifyDer(PublicKey key, byte[] message, byte[] signature) {
        return verify("SHA256withECDSA", key, message, signature);
    }

    private static boolean verify(String algorithm, PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException nonsense) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has ECDSA on P-256", impossible);
        }
    }

    private static BigInteger root(BigInteger square, boolean odd) {
        // The prime is 3 modulo 4, so this power is a root wherever there is one.
        BigInteger root = square.modPow(PRIME.add(BigInteger.ONE).shiftRight(2), PRIME);
        return root.testBit(0) == odd ? root : PRIME.subtract(root);
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has P-256", impossible);
        }
    }
}
