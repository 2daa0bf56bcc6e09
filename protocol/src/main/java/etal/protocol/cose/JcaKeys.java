package etal.protocol.cose;

import etal.protocol.cbor.Malformed;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/** P-256 keys as the JDK's own objects, for TLS and key files. Stateless; safe for use by any thread. */
public final class JcaKeys {
    private JcaKeys() {}

    /** The private key of a scalar of 32 bytes. */
    public static ECPrivateKey jcaPrivate(byte[] scalar) {
        try {
            var spec = new ECPrivateKeySpec(new BigInteger(1, scalar), curve());
            return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes no key of this scalar", e);
        }
    }

    /** The public key of a point of 65 or 33 bytes, which must be on the curve. */
    public static ECPublicKey jcaPublic(byte[] publicKey) throws Malformed {
        P256.check(publicKey);
        byte[] full = publicKey.length == P256.PUBLIC_LENGTH ? publicKey : P256.decompress(publicKey);
        BigInteger x = new BigInteger(1, full, 1, P256.SCALAR_LENGTH);
        BigInteger y = new BigInteger(1, full, 1 + P256.SCALAR_LENGTH, P256.SCALAR_LENGTH);
        try {
            var spec = new ECPublicKeySpec(new ECPoint(x, y), curve());
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes no key of this point", e);
        }
    }

    /** The scalar, 32 bytes, of a private key on P-256. */
    public static byte[] scalar(ECPrivateKey key) {
        return fixed(key.getS());
    }

    /** The point, 65 bytes, of a public key on P-256. */
    public static byte[] point(ECPublicKey key) {
        byte[] point = new byte[P256.PUBLIC_LENGTH];
        point[0] = 4;
        System.arraycopy(fixed(key.getW().getAffineX()), 0, point, 1, P256.SCALAR_LENGTH);
        System.arraycopy(fixed(key.getW().getAffineY()), 0, point, 1 + P256.SCALAR_LENGTH, P256.SCALAR_LENGTH);
        return point;
    }

    private static byte[] fixed(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int surplus = bytes.length - P256.SCALAR_LENGTH;
        if (surplus > 1) throw new IllegalArgumentException("not a key on P-256");
        if (surplus >= 0) return Arrays.copyOfRange(bytes, surplus, bytes.length);
        byte[] padded = new byte[P256.SCALAR_LENGTH];
        System.arraycopy(bytes, 0, padded, -surplus, bytes.length);
        return padded;
    }

    private static ECParameterSpec curve() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }
}
