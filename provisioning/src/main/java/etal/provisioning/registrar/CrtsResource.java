package etal.provisioning.registrar;

import etal.protocol.enrol.Est;
import java.util.List;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.server.resources.CoapExchange;

/** {@code GET crts}: the root and the terminal CA (RFC 9148, 4; RFC 7030, 4.1). Two certificates, so always certs-only. */
final class CrtsResource extends CoapResource {
    private final byte[] certsOnly;

    CrtsResource(List<byte[]> certificates) {
        super("crts");
        certsOnly = CertsOnly.encode(certificates);
        getAttributes().addResourceType("ace.est.crts");
        getAttributes().addContentType(Est.CONTENT_PKCS7_CERTS);
    }

    @Override
    public void handleGET(CoapExchange exchange) {
        int accept = exchange.getRequestOptions().getAccept();
        if (accept != MediaTypeRegistry.UNDEFINED && accept != Est.CONTENT_PKCS7_CERTS) {
            exchange.respond(ResponseCode.NOT_ACCEPTABLE, "The authorities come as content format 281 only.");
            return;
        }
        exchange.respond(ResponseCode.CONTENT, certsOnly, Est.CONTENT_PKCS7_CERTS);
    }
}
