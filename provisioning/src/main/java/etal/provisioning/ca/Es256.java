package etal.provisioning.ca;

import etal.protocol.cose.P256;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/**
 * ECDSA on P-256 over SHA-256 for X.509 structures (RFC 5758, 3.2), with the nonce of RFC 6979: the same content under the
 * same key gives the same certificate, byte for byte. Not thread-safe; one for each certificate.
 */
final class Es256 implements ContentSigner {
    private final byte[] scalar;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Es256(byte[] scalar) {
        this.scalar = scalar.clone();
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        return P256.toDer(P256.sign(scalar, content.toByteArray()));
    }
}
