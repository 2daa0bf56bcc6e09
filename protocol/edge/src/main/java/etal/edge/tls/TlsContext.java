package etal.edge.tls;

import etal.port.Clock;
import etal.port.StorageFailed;
import etal.protocol.cose.P256;
import etal.protocol.trust.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Mutual TLS 1.3 under a fund's root. Both sides show a certificate; {@link RoleTrust} says whom one speaks with.
 *
 * <p>Stateless; safe for use by any thread.
 */
public final class TlsContext {
    private static final char[] NO_PASSWORD = new char[0];
    private static final String PROTOCOL = "TLSv1.3";

    private TlsContext() {}

    /**
     * The context of one node, client or server.
     *
     * @param own who it is
     * @param rootDer the fund's root, the only one trusted
     * @param peers the roles that the other side may have
     * @param clock the time at which certificates must be valid
     * @throws StorageFailed when certificates or key do not belong together or are not what they must be
     */
    public static SSLContext of(TlsIdentity own, byte[] rootDer, Set<Role> peers, Clock clock) throws StorageFailed {
        try {
            X509Certificate[] chain = new X509Certificate[own.chain().size()];
            for (int i = 0; i < chain.length; i++) {
                chain[i] = certificate(own.chain().get(i));
            }
            RoleTrust trust = new RoleTrust(certificate(rootDer), peers, clock, chain[0]);
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(keys(own, chain), new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new StorageFailed("the certificates for TLS cannot be used: " + e.getMessage(), e);
        }
    }

    /** Sockets of a client: TLS 1.3 only, and the server's name or address must stand in its certificate. */
    public static SSLSocketFactory clientSockets(SSLContext context) {
        return new StrictSockets(context.getSocketFactory(), PROTOCOL);
    }

    static X509Certificate certificate(byte[] der) throws CertificateException {
        Certificate certificate =
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        if (certificate instanceof X509Certificate x509) {
            return x509;
        }
        throw new CertificateException("not an X.509 certificate");
    }

    private static KeyManager[] keys(TlsIdentity own, X509Certificate[] chain)
            throws GeneralSecurityException, IOException {
        insistOnPair(own, List.of(chain));
        // A store of the plain kind: it never leaves memory, and the other would stretch an empty password ten thousand
        // times.
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("own", P256.jcaPrivate(own.scalar()), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** A key of another certificate would show only as a handshake that fails, far from here. */
    private static void insistOnPair(TlsIdentity own, List<X509Certificate> chain) throws CertificateException {
        byte[] certified = chain.getFirst().getPublicKey().getEncoded();
        byte[] point = P256.publicKey(own.scalar());
        int offset = certified.length - point.length;
        for (int i = 0; i < point.length; i++) {
            if (offset < 0 || certified[offset + i] != point[i]) {
                throw new CertificateException("the key is not that of the certificate "
                        + chain.getFirst().getSubjectX500Principal());
            }
        }
    }
}
