package etal.hub.broker;

import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.remoting.impl.ssl.DefaultSSLContextFactory;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextFactory;

/**
 * Hands the broker the TLS context it was given among its parameters, instead of one made from key stores: so the same
 * code judges certificates on both ends of a link. Found by the service loader; stateless.
 */
public final class GivenContext implements SSLContextFactory {
    private static final int BEFORE_THE_BROKERS_OWN = 100;

    private final SSLContextFactory otherwise = new DefaultSSLContextFactory();

    @Override
    public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> parameters) throws Exception {
        return parameters.get(TransportConstants.SSL_CONTEXT_PROP_NAME) instanceof SSLContext given
                ? given
                : otherwise.getSSLContext(config, parameters);
    }

    @Override
    public int getPriority() {
        return BEFORE_THE_BROKERS_OWN;
    }
}
