package etal.provisioning.registrar;

import etal.protocol.enrol.Est;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.exception.ConnectorException;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;

/** A client that can say anything, over one DTLS connection. */
public final class TestClient implements AutoCloseable {
    private static final long ANSWER_MILLIS = 5_000;

    private final String uri;
    private final CoapEndpoint endpoint;

    /** A client on one connection, with one suite. */
    public TestClient(String uri, String identity, byte[] secret, CipherSuite suite) {
        this.uri = uri;
        CoapConfig.register();
        DtlsConfig.register();
        var configuration = Configuration.createStandardWithoutFile()
                .set(DtlsConfig.DTLS_CIPHER_SUITES, List.of(suite))
                .set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, false)
                .set(DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT, 100, TimeUnit.MILLISECONDS)
                .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, 2);
        var dtls = DtlsConnectorConfig.builder(configuration)
                .setAddress(new InetSocketAddress("127.0.0.1", 0))
                .setAdvancedPskStore(new AdvancedSinglePskStore(identity, secret))
                .build();
        endpoint = CoapEndpoint.builder()
                .setConfiguration(configuration)
                .setConnector(new DTLSConnector(dtls))
                .build();
    }

    /** Asks for the authorities; {@code accept} below 0 leaves the option out. */
    public CoapResponse crts(int accept) throws ConnectorException, IOException {
        Request request = Request.newGet();
        request.setURI(uri + Est.CRTS_PATH);
        return send(request, accept);
    }

    /** Asks for a certificate. */
    public CoapResponse sen(byte[] payload, int accept) throws ConnectorException, IOException {
        return sen(payload, Est.CONTENT_PKCS10, accept);
    }

    /** Asks with a format of its own. */
    public CoapResponse sen(byte[] payload, int contentFormat, int accept) throws ConnectorException, IOException {
        Request request = Request.newPost();
        request.setURI(uri + Est.SEN_PATH);
        request.getOptions().setContentFormat(contentFormat);
        request.setPayload(payload);
        return send(request, accept);
    }

    /** Asks for anything. */
    public CoapResponse get(String path) throws ConnectorException, IOException {
        Request request = Request.newGet();
        request.setURI(uri + path);
        return send(request, -1);
    }

    private CoapResponse send(Request request, int accept) throws ConnectorException, IOException {
        if (accept >= 0) {
            request.getOptions().setAccept(accept);
        }
        var client = new CoapClient().setEndpoint(endpoint).setTimeout(ANSWER_MILLIS);
        CoapResponse response = client.advanced(request);
        if (response == null) {
            throw new IOException("no answer within " + ANSWER_MILLIS + " ms");
        }
        return response;
    }

    @Override
    public void close() {
        endpoint.destroy();
    }
}
