package etal.provisioning.registrar;

import etal.protocol.enrol.Est;
import java.util.List;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;

/**
 * {@code POST sen}: a PKCS#10 in, a certificate out (RFC 9148, 4; RFC 7030, 4.2), as PKCS#7 unless the terminal accepts
 * the bare certificate. Refusals carry a sentence for the technician (RFC 7252, 5.5.2).
 */
final class SenResource extends CoapResource {
    private static final long LATER_SECONDS = 30;

    private final Desk desk;

    SenResource(Desk desk) {
        super("sen");
        this.desk = desk;
        getAttributes().addResourceType("ace.est.sen");
        getAttributes().addContentType(Est.CONTENT_PKCS7_CERTS);
        getAttributes().addContentType(Est.CONTENT_PKIX_CERT);
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
        int accept = exchange.getRequestOptions().getAccept();
        if (exchange.getRequestOptions().getContentFormat() != Est.CONTENT_PKCS10) {
            exchange.respond(ResponseCode.UNSUPPORTED_CONTENT_FORMAT, "A request comes as content format 286.");
        } else if (accept != MediaTypeRegistry.UNDEFINED
                && accept != Est.CONTENT_PKCS7_CERTS
                && accept != Est.CONTENT_PKIX_CERT) {
            exchange.respond(ResponseCode.NOT_ACCEPTABLE, "A certificate comes as content format 281 or 287.");
        } else {
            answer(exchange, accept);
        }
    }

    private void answer(CoapExchange exchange, int accept) {
        var peer = exchange.advanced().getRequest().getSourceContext().getPeerIdentity();
        if (!(peer instanceof PreSharedKeyIdentity ticketHolder)) {
            exchange.respond(ResponseCode.UNAUTHORIZED, "A terminal enrols with its ticket.");
            return;
        }
        switch (desk.enrol(ticketHolder.getIdentity(), exchange.getRequestPayload())) {
            case Answer.Certified certified ->
                respond(exchange, certified.chain().getFirst(), accept);
            case Answer.Refused refused -> refuse(exchange, refused);
        }
    }

    private static void respond(CoapExchange exchange, byte[] leaf, int accept) {
        if (accept == Est.CONTENT_PKIX_CERT) {
            exchange.respond(ResponseCode.CHANGED, leaf, Est.CONTENT_PKIX_CERT);
        } else {
            exchange.respond(ResponseCode.CHANGED, CertsOnly.encode(List.of(leaf)), Est.CONTENT_PKCS7_CERTS);
        }
    }

    private static void refuse(CoapExchange exchange, Answer.Refused refused) {
        ResponseCode code = switch (refused.reason()) {
            case MALFORMED -> ResponseCode.BAD_REQUEST;
            case NOT_COVERED -> ResponseCode.FORBIDDEN;
            case LATER -> ResponseCode.SERVICE_UNAVAILABLE;
        };
        if (refused.reason() == Answer.Reason.LATER) {
            // RFC 9148, 4.7: when to come back.
            exchange.setMaxAge(LATER_SECONDS);
        }
        exchange.respond(code, refused.sentence());
    }
}
