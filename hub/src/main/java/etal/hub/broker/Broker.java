package etal.hub.broker;

import etal.edge.keys.PrivateFile;
import etal.edge.tls.TlsContext;
import etal.port.StorageFailed;
import etal.protocol.trust.Role;
import java.net.URI;
import java.util.EnumSet;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * The running broker. What it has acknowledged, and the newest retained document of each topic, survives a pulled plug.
 * Safe for use by any thread.
 */
public final class Broker implements AutoCloseable {
    private final EmbeddedActiveMQ server;
    private final URI uri;

    private Broker(EmbeddedActiveMQ server, URI uri) {
        this.server = server;
        this.uri = uri;
    }

    /**
     * Starts it and returns once it listens.
     *
     * @throws StorageFailed when its directory or its certificates cannot be used, or its port is taken
     */
    public static Broker start(BrokerConfig config) throws StorageFailed {
        PrivateFile.directory(config.directory());
        SSLContext context = TlsContext.of(
                config.identity(), config.root(), EnumSet.of(Role.TERMINAL, Role.HUB_MQTT), config.clock());
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        try {
            server.setConfiguration(BrokerSettings.configuration(config, context));
            server.setSecurityManager(new CertificateSecurity(config.root(), config.clock(), config.refused()));
            server.start();
            return new Broker(server, listening(server, config));
        } catch (Exception e) {
            StorageFailed failure = new StorageFailed(config.directory() + ": the broker cannot start: " + e, e);
            stopAfter(failure, server);
            throw failure;
        }
    }

    /** Where it listens, such as {@code ssl://127.0.0.1:8883}, with the real port. */
    public URI uri() {
        return uri;
    }

    /** The real port. */
    public int port() {
        return uri.getPort();
    }

    /** Stops it; its connections end. */
    @Override
    public void close() throws StorageFailed {
        try {
            server.stop();
        } catch (Exception e) {
            throw new StorageFailed("the broker did not stop cleanly: " + e, e);
        }
    }

    private static URI listening(EmbeddedActiveMQ server, BrokerConfig config) throws StorageFailed {
        // A taken port is only logged by the server, which then runs on without ears.
        var acceptor = server.getActiveMQServer().getRemotingService().getAcceptor(BrokerSettings.ACCEPTOR);
        if (acceptor instanceof NettyAcceptor netty && netty.isStarted() && netty.getActualPort() > 0) {
            return URI.create("ssl://127.0.0.1:" + netty.getActualPort());
        }
        throw new StorageFailed("the port " + config.listen().getPort() + " cannot be listened on");
    }

    private static void stopAfter(StorageFailed failure, EmbeddedActiveMQ server) {
        try {
            server.stop();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
