package etal.hub.broker;

import etal.edge.config.SystemEntropy;
import etal.protocol.cose.Hash;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;

/** How the broker is set: durable, bounded in memory, disk, threads and packets. Stateless. */
final class BrokerSettings {
    static final String ACCEPTOR = "mqtt";

    private static final int JOURNAL_FILE_BYTES = 4 << 20;
    private static final int JOURNAL_BUFFER_NANOS = 500_000;
    private static final long MEMORY_BYTES = 24L << 20;
    private static final long ADDRESS_BYTES = 4L << 20;
    private static final long ADDRESS_DISK_BYTES = 256L << 20;
    private static final int PAGE_BYTES = 1 << 20;
    private static final int PACKET_BYTES = (1 << 20) + 4_096;
    private static final int IN_FLIGHT = 64;
    private static final int CONNECTIONS = 2_000;
    private static final int NETWORK_THREADS = 2;
    private static final int THREADS = 8;
    private static final int DISK_PERCENT = 95;

    private BrokerSettings() {}

    static Configuration configuration(BrokerConfig config, SSLContext context) throws Exception {
        Path data = config.directory().resolve("data");
        Configuration settings = new ConfigurationImpl()
                .setName("etal")
                .setSecurityEnabled(true)
                // Permissions are asked for anew: a remembered answer would outlive the check of the client's name.
                .setAuthenticationCacheSize(0)
                .setAuthorizationCacheSize(0)
                // This user would pass every check; nobody knows its password, not even for a moment.
                .setClusterUser(secret())
                .setClusterPassword(secret())
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(2)
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_NANOS)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString())
                .setGlobalMaxSize(MEMORY_BYTES)
                .setMaxDiskUsage(DISK_PERCENT)
                .setThreadPoolMaxSize(THREADS)
                .setScheduledThreadPoolMaxSize(2)
                .setJMXManagementEnabled(false)
                .setCriticalAnalyzer(false)
                // Addresses are then called as MQTT calls its topics.
                .setWildCardConfiguration(new WildcardConfiguration()
                        .setDelimiter('/')
                        .setSingleWord('+')
                        .setAnyWords('#'))
                .addAddressSetting("#", addresses());
        return settings.addAcceptorConfiguration(acceptor(config, context));
    }

    private static AddressSettings addresses() {
        return new AddressSettings()
                .setDefaultAddressRoutingType(RoutingType.MULTICAST)
                .setDefaultQueueRoutingType(RoutingType.MULTICAST)
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(ADDRESS_BYTES)
                .setPageSizeBytes(PAGE_BYTES)
                .setPageLimitBytes(ADDRESS_DISK_BYTES)
                .setPageFullMessagePolicy(PageFullMessagePolicy.DROP)
                // Nobody listens there: what expires is gone, for the ledgers keep what matters.
                .setMaxDeliveryAttempts(-1)
                .setDeadLetterAddress(SimpleString.of("$nowhere"))
                .setExpiryAddress(SimpleString.of("$nowhere"));
    }

    private static TransportConfiguration acceptor(BrokerConfig config, SSLContext context) {
        Map<String, Object> transport = new LinkedHashMap<>();
        transport.put(TransportConstants.HOST_PROP_NAME, config.listen().getHostString());
        transport.put(TransportConstants.PORT_PROP_NAME, config.listen().getPort());
        transport.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        transport.put(TransportConstants.SSL_CONTEXT_PROP_NAME, context);
        transport.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3");
        transport.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
        transport.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
        transport.put(TransportConstants.CONNECTIONS_ALLOWED, (long) CONNECTIONS);
        transport.put(TransportConstants.REMOTING_THREADS_PROPNAME, NETWORK_THREADS);
        transport.put(TransportConstants.USE_EPOLL_PROP_NAME, false);
        Map<String, Object> mqtt = new LinkedHashMap<>();
        mqtt.put("maximumPacketSize", PACKET_BYTES);
        mqtt.put("receiveMaximum", IN_FLIGHT);
        // Our clients' library would use aliases by itself, and a lost first message would take its alias along.
        mqtt.put("topicAliasMaximum", 0);
        mqtt.put("defaultMqttSessionExpiryInterval", 0);
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), transport, ACCEPTOR, mqtt);
    }

    private static String secret() {
        return Hash.hex(new SystemEntropy().bytes(32));
    }
}
