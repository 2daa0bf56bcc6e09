package etal.edge.tls;

import etal.edge.keys.KeyFile;
import etal.edge.keys.Pem;
import etal.port.StorageFailed;
import java.nio.file.Path;
import java.util.List;

/**
 * Who one is in TLS: a certificate with its issuers, and the private key. Arrays are not copied: nobody may change them.
 *
 * @param chain DER, leaf first, root not included
 * @param scalar the private key of P-256, 32 bytes: a secret
 */
public record TlsIdentity(List<byte[]> chain, byte[] scalar) {
    /** Copies the list. */
    public TlsIdentity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads it from a PEM of certificates, leaf first, and a key file.
     *
     * @throws StorageFailed when one of them cannot be read or is not what it must be
     */
    public static TlsIdentity read(Path certificates, Path key) throws StorageFailed {
        return new TlsIdentity(Pem.certificates(certificates), KeyFile.read(key));
    }

    /** Without the key, so that a log may hold it. */
    @Override
    public String toString() {
        return "TlsIdentity[" + chain.size() + " certificates]";
    }
}
