package etal.provisioning.registrar;

import etal.port.StorageFailed;
import etal.provisioning.ticket.TicketOffice;
import java.net.InetSocketAddress;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.crypto.SecretKey;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/**
 * The tickets as the pre-shared keys of DTLS (RFC 4279). A ticket that is used up or has expired still opens the
 * connection: its holder then hears in words what is wrong, and nobody else hears anything.
 */
final class TicketKeys implements AdvancedPskStore {
    private static final Logger LOG = Logger.getLogger(TicketKeys.class.getName());

    private final TicketOffice tickets;

    TicketKeys(TicketOffice tickets) {
        this.tickets = tickets;
    }

    @Override
    public boolean hasEcdhePskSupported() {
        return true;
    }

    @Override
    public PskSecretResult requestPskSecretResult(
            ConnectionId connection,
            @Nullable ServerNames names,
            PskPublicInformation identity,
            String macAlgorithm,
            @Nullable SecretKey otherSecret,
            byte[] seed,
            boolean extendedMasterSecret) {
        return new PskSecretResult(connection, identity, secret(identity.getPublicInfoAsString()));
    }

    /** Null where there is no such ticket: Scandium then refuses as the RFC says. */
    private @Nullable SecretKey secret(String identity) {
        try {
            // Scandium wipes the key after use, which the JDK's own key class cannot do.
            return tickets.find(identity)
                    .map(ticket -> SecretUtil.create(ticket.claim().secret(), PskSecretResult.ALGORITHM_PSK))
                    .orElse(null);
        } catch (StorageFailed e) {
            LOG.log(Level.SEVERE, "Cannot read the ticket of a terminal that calls.", e);
            return null;
        }
    }

    @Override
    public @Nullable PskPublicInformation getIdentity(InetSocketAddress peer, @Nullable ServerNames names) {
        // The registrar never calls anyone.
        return null;
    }

    @Override
    public void setResultHandler(HandshakeResultHandler handler) {
        // Answers are given at once, never later through the handler.
    }
}
