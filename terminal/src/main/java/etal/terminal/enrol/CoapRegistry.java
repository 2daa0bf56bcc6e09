package etal.terminal.enrol;

import etal.port.PeerUnreachable;
import etal.protocol.enrol.ClaimTicket;
import etal.protocol.enrol.Est;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.exception.ConnectorException;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;

/**
 * The registrar over DTLS 1.2, keyed by the claim ticket. One suite only, so that nobody can talk the terminal down: ECDHE
 * with the ticket's secret, AES-128-GCM; whoever finds the ticket later reads no recording. A registrar that does not hold
 * the secret is never heard.
 */
final class CoapRegistry implements Registry {
    // Held here, because the JDK forgets the level of a logger that nobody holds.
    private static final Logger LIBRARY = Logger.getLogger("org.eclipse.californium");
    private static final int BODY_BYTES_MAX = 16_384;
    private static final int BLOCK_BYTES = 512;
    private static final int RETRANSMISSIONS_MAX = 3;
    // Four transmissions with doubling gaps fill about fifteen times the first gap.
    private static final int GAPS = 15;

    private final String uri;
    private final Duration answerWithin;
    private final CoapEndpoint endpoint;

    private CoapRegistry(String uri, Duration answerWithin, CoapEndpoint endpoint) {
        this.uri = uri;
        this.answerWithin = answerWithin;
        this.endpoint = endpoint;
    }

    /**
     * The registrar that a ticket names.
     *
     * @param answerWithin how long one question may take, connecting included
     */
    static CoapRegistry open(ClaimTicket ticket, Duration answerWithin) {
        LIBRARY.setLevel(Level.WARNING);
        CoapConfig.register();
        DtlsConfig.register();
        long gapMillis = Math.max(50, answerWithin.toMillis() / GAPS);
        Configuration configuration = Configuration.createStandardWithoutFile()
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, BODY_BYTES_MAX)
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, BLOCK_BYTES)
                .set(CoapConfig.MAX_MESSAGE_SIZE, BLOCK_BYTES)
                .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1)
                .set(CoapConfig.ACK_TIMEOUT, gapMillis, TimeUnit.MILLISECONDS)
                .set(CoapConfig.MAX_RETRANSMIT, RETRANSMISSIONS_MAX)
                .set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY)
                .set(DtlsConfig.DTLS_CIPHER_SUITES, List.of(CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256))
                .set(DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT, gapMillis, TimeUnit.MILLISECONDS)
                .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, RETRANSMISSIONS_MAX)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1)
                .set(DtlsConfig.DTLS_MAX_CONNECTIONS, 2);
        var dtls = DtlsConnectorConfig.builder(configuration)
                .setAddress(new InetSocketAddress((InetAddress) null, 0))
                .setAdvancedPskStore(new AdvancedSinglePskStore(ticket.pskIdentity(), ticket.secret()))
                .build();
        var endpoint = CoapEndpoint.builder()
                .setConfiguration(configuration)
                .setConnector(new DTLSConnector(dtls))
                .build();
        return new CoapRegistry(ticket.registrarUri(), answerWithin, endpoint);
    }

    @Override
    public Reply crts() throws PeerUnreachable {
        Request request = Request.newGet();
        request.getOptions().setAccept(Est.CONTENT_PKCS7_CERTS);
        return ask(request, Est.CRTS_PATH);
    }

    @Override
    public Reply sen(byte[] pkcs10) throws PeerUnreachable {
        Request request = Request.newPost();
        request.getOptions().setContentFormat(Est.CONTENT_PKCS10).setAccept(Est.CONTENT_PKIX_CERT);
        request.setPayload(pkcs10);
        return ask(request, Est.SEN_PATH);
    }

    private Reply ask(Request request, String path) throws PeerUnreachable {
        try {
            request.setURI(uri + path);
            var client = new CoapClient().setEndpoint(endpoint).setTimeout(answerWithin.toMillis());
            CoapResponse response = client.advanced(request);
            if (response == null) {
                throw new PeerUnreachable("The registrar " + uri + " does not answer.");
            }
            byte[] payload = response.getPayload();
            return new Reply(
                    response.getCode().toString(),
                    response.getOptions().getContentFormat(),
                    payload == null ? new byte[0] : payload);
        } catch (ConnectorException | IOException e) {
            throw new PeerUnreachable("The registrar " + uri + " cannot be reached with this ticket.", e);
        } catch (IllegalArgumentException e) {
            throw new PeerUnreachable("The ticket names no registrar that can be called: " + uri + ".", e);
        }
    }

    @Override
    public void close() {
        endpoint.destroy();
    }
}
