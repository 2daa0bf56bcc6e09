package etal.edge.keys;

import etal.port.Entropy;
import etal.port.Signer;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * A P-256 key held in memory. Its nonces follow from key and message (RFC 6979, section 3.2, with SHA-256), so that the
 * same ledger signed twice is the same bytes, and no weak source of randomness can betray the key. Safe for use by any
 * thread.
 */
public final class SoftwareSigner implements Signer {
    private static final int SCALAR_BYTES = 32;
    private static final ECDomainParameters P256 = domain();

    private final BigInteger scalar;
    private final byte[] publicKey;

    /**
     * The signer of a private key.
     *
     * @param scalar 32 bytes, big-endian, from 1 to the order of P-256 less 1
     * @throws IllegalArgumentException when it is no such number
     */
    public SoftwareSigner(byte[] scalar) {
        insist(scalar);
        this.scalar = new BigInteger(1, scalar);
        publicKey = new FixedPointCombMultiplier()
                .multiply(P256.getG(), this.scalar)
                .normalize()
                .getEncoded(false);
    }

    /** Throws IllegalArgumentException unless {@code scalar} is a private key of P-256. */
    static void insist(byte[] scalar) {
        if (scalar.length != SCALAR_BYTES || !isKey(new BigInteger(1, scalar))) {
            throw new IllegalArgumentException("not a private key of P-256");
        }
    }

    private static boolean isKey(BigInteger number) {
        return number.signum() != 0 && number.compareTo(P256.getN()) < 0;
    }

    /** A new private key: 32 bytes, drawn until they are below the order of the curve. */
    public static byte[] newScalar(Entropy entropy) {
        while (true) {
            byte[] drawn = entropy.bytes(SCALAR_BYTES);
            if (isKey(new BigInteger(1, drawn))) {
                return drawn;
            }
        }
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(scalar, P256));
        BigInteger[] signature = signer.generateSignature(sha256(message));
        // Of s and n - s only the lower is taken, so that nobody can make a second valid signature out of one.
        BigInteger low = signature[1].min(P256.getN().subtract(signature[1]));
        byte[] raw = new byte[2 * SCALAR_BYTES];
        BigIntegers.asUnsignedByteArray(signature[0], raw, 0, SCALAR_BYTES);
        BigIntegers.asUnsignedByteArray(low, raw, SCALAR_BYTES, SCALAR_BYTES);
        return raw;
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static ECDomainParameters domain() {
        X9ECParameters curve = CustomNamedCurves.getByName("P-256");
        return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    }
}
