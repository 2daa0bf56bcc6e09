package etal.hub.broker;

import etal.port.Clock;
import etal.protocol.cbor.Malformed;
import etal.protocol.trust.Verified;
import etal.protocol.trust.X509Chain;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.NoCacheLoginException;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.apache.activemq.artemis.utils.CompositeAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's questions, answered by {@link Authority}. User names and passwords mean nothing here. Safe for use by any
 * thread.
 */
final class CertificateSecurity implements ActiveMQSecurityManager5 {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateSecurity.class);

    private final byte[] root;
    private final Clock clock;
    private final List<String> refused;

    CertificateSecurity(byte[] root, Clock clock, List<String> refused) {
        this.refused = List.copyOf(refused);
        this.root = root;
        this.clock = clock;
    }

    @Override
    public Subject authenticate(String user, String password, RemotingConnection connection, String domain)
            throws NoCacheLoginException {
        // The broker asks again before each permission; a connection keeps its certificate, so the first answer holds.
        Subject known = connection.getSubject();
        return known != null ? known : subject(connection);
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType checkType, String addressAndQueue) {
        String address = CompositeAddress.extractAddressName(addressAndQueue);
        return subject.getPublicCredentials(Verified.class).stream().anyMatch(peer -> switch (checkType) {
            case SEND -> Authority.mayPublish(peer, address);
            case CREATE_ADDRESS -> Authority.mayPublish(peer, address) || Authority.maySubscribe(peer, address);
            case CONSUME,
                    CREATE_DURABLE_QUEUE,
                    DELETE_DURABLE_QUEUE,
                    CREATE_NON_DURABLE_QUEUE,
                    DELETE_NON_DURABLE_QUEUE -> Authority.maySubscribe(peer, address);
            case DELETE_ADDRESS, MANAGE, BROWSE, VIEW, EDIT -> false;
        });
    }

    @Override
    public boolean validateUser(String user, String password) {
        return false;
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
        return false;
    }

    private Subject subject(RemotingConnection connection) throws NoCacheLoginException {
        try {
            Verified peer =
                    X509Chain.verify(chain(connection), root, clock.now().toEpochMilli());
            if (refused.contains(peer.commonName())) {
                LOG.warn("{} is named as stolen and is not let in", peer.commonName());
                throw new NoCacheLoginException(peer.commonName() + " is refused");
            }
            if (!Authority.mayConnect(peer, connection.getClientID())) {
                LOG.warn("{} may not connect as {}", peer.commonName(), connection.getClientID());
                throw new NoCacheLoginException(peer.commonName() + " under another name");
            }
            Subject subject = new Subject();
            subject.getPrincipals().add(new UserPrincipal(peer.commonName()));
            subject.getPublicCredentials().add(peer);
            return subject;
        } catch (Malformed | CertificateEncodingException e) {
            LOG.warn("a certificate from {} does not hold: {}", connection.getRemoteAddress(), e.getMessage());
            throw new NoCacheLoginException("no certificate of the fund");
        }
    }

    private List<byte[]> chain(RemotingConnection connection) throws Malformed, CertificateEncodingException {
        X509Certificate[] certificates = CertificateUtil.getCertsFromConnection(connection);
        if (certificates == null) {
            throw new Malformed("no certificate");
        }
        List<byte[]> chain = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            byte[] der = certificate.getEncoded();
            if (!Arrays.equals(der, root)) {
                chain.add(der);
            }
        }
        return chain;
    }
}
