package etal.provisioning.registrar;

import etal.port.Clock;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import etal.provisioning.ca.Authority;
import etal.provisioning.ca.TerminalRequest;
import etal.provisioning.ticket.TicketOffice;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;

/**
 * The server for EST over secure CoAP (RFC 9148), DTLS 1.2 with the claim ticket as pre-shared key (certificate-less mutual
 * authentication, RFC 7030, 3.3.3).
 *
 * <p>Cipher suites: ECDHE_PSK with AES-128-GCM for our terminals, so that a ticket photographed later opens no recording
 * and the tag is whole; plain PSK with AES-128-CCM-8 behind it, because RFC 7252 makes it the one suite that every client
 * with a pre-shared key has. The secret is 128 random bits, so neither can be guessed from a recording.
 */
public final class Registrar implements AutoCloseable {
    /** The suites offered, best first. */
    static final List<CipherSuite> CIPHER_SUITES =
            List.of(CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);

    // Held here, because the JDK forgets the level of a logger that nobody holds.
    private static final Logger LIBRARY = Logger.getLogger("org.eclipse.californium");
    private static final int CONNECTIONS_MAX = 64;
    private static final int BLOCK_BYTES = 512;
    private static final int STALE_SECONDS = 30;

    private final CoapServer server;
    private final CoapEndpoint endpoint;

    private Registrar(CoapServer server, CoapEndpoint endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /**
     * Starts to listen.
     *
     * @param listen where; port 0 for any free one
     * @throws PeerUnreachable when the address cannot be had
     * @throws StorageFailed when the authority cannot be read
     */
    public static Registrar start(InetSocketAddress listen, Authority authority, TicketOffice tickets, Clock clock)
            throws PeerUnreachable, StorageFailed {
        // The library tells of every endpoint and thread; what matters to a technician is said by the desk.
        LIBRARY.setLevel(Level.WARNING);
        Configuration configuration = configuration();
        var dtls = DtlsConnectorConfig.builder(configuration)
                .setAddress(listen)
                .setAdvancedPskStore(new TicketKeys(tickets))
                .build();
        CoapEndpoint endpoint = CoapEndpoint.builder()
                .setConfiguration(configuration)
                .setConnector(new DTLSConnector(dtls))
                .build();
        var server = new CoapServer(configuration);
        var est = new CoapResource("est");
        est.setVisible(false);
        est.add(
                new CrtsResource(List.of(authority.rootCertificate(), authority.terminalAuthorityCertificate())),
                new SenResource(new Desk(authority, tickets, clock)));
        server.getRoot().getChild(".well-known").add(est);
        server.addEndpoint(endpoint);
        try {
            server.start();
        } catch (IllegalStateException e) {
            server.destroy();
            throw new PeerUnreachable("The registrar cannot listen at " + listen + ".", e);
        }
        return new Registrar(server, endpoint);
    }

    private static Configuration configuration() {
        CoapConfig.register();
        DtlsConfig.register();
        return Configuration.createStandardWithoutFile()
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, TerminalRequest.LENGTH_MAX)
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, BLOCK_BYTES)
                .set(CoapConfig.MAX_MESSAGE_SIZE, BLOCK_BYTES)
                .set(CoapConfig.MAX_ACTIVE_PEERS, CONNECTIONS_MAX)
                .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
                .set(DtlsConfig.DTLS_CIPHER_SUITES, CIPHER_SUITES)
                .set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, false)
                .set(DtlsConfig.DTLS_MAX_CONNECTIONS, CONNECTIONS_MAX)
                .set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, STALE_SECONDS, TimeUnit.SECONDS)
                .set(DtlsConfig.DTLS_USE_HELLO_VERIFY_REQUEST_FOR_PSK, true)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
    }

    /** Where it listens, such as {@code coaps://127.0.0.1:5684}. */
    public String uri() {
        InetSocketAddress address = endpoint.getAddress();
        return "coaps://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Stops listening. */
    @Override
    public void close() {
        server.destroy();
    }
}
