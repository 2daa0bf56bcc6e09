package etal.edge.tls;

import etal.port.Clock;
import etal.protocol.cbor.Malformed;
import etal.protocol.trust.Role;
import etal.protocol.trust.Verified;
import etal.protocol.trust.X509Chain;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts whoever holds a certificate under the fund's root with one of the roles expected.
 *
 * <p>It is a plain {@link X509TrustManager} and not an extended one, because the JDK then adds its own checks: the
 * server's name, and the algorithms it has disabled. Safe for use by any thread.
 */
final class RoleTrust implements X509TrustManager {
    private final X509Certificate root;
    private final byte[] rootDer;
    private final Set<Role> peers;
    private final Clock clock;
    private final long ownNotBeforeMillis;

    RoleTrust(X509Certificate root, Set<Role> peers, Clock clock, X509Certificate own) throws CertificateException {
        this.root = root;
        this.rootDer = root.getEncoded();
        this.peers = EnumSet.copyOf(peers);
        this.clock = clock;
        this.ownNotBeforeMillis = own.getNotBefore().getTime();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {root};
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        List<byte[]> ders = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            byte[] der = certificate.getEncoded();
            if (!Arrays.equals(der, rootDer)) {
                ders.add(der);
            }
        }
        try {
            Verified peer = X509Chain.verify(ders, rootDer, atMillis());
            if (!peers.contains(peer.role())) {
                throw new CertificateException(peer.commonName() + " is a " + peer.role() + ", expected " + peers);
            }
        } catch (Malformed e) {
            throw new CertificateException("the other side's certificate does not hold: " + e.getMessage(), e);
        }
    }

    /**
     * A node whose clock has lost its time knows at least that its own certificate has been issued. Without this it could
     * never again reach the hub that would tell it the time.
     */
    private long atMillis() {
        long now = clock.now().toEpochMilli();
        return clock.trusted() ? now : Math.max(now, ownNotBeforeMillis);
    }
}
