package etal.edge.mqtt;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How a link is held.
 *
 * @param broker such as {@code ssl://127.0.0.1:8883}
 * @param clientId unique at the broker; a second connection under it ends the first
 * @param filters the subscriptions, renewed at each connect, QoS 1
 * @param keepAlive a dead link is noticed within about twice that; whole seconds
 * @param patience how long a connect, a subscription or an acknowledgement may take
 * @param backoffMin the wait before the second attempt to connect; it doubles up to {@code backoffMax}
 * @param backoffMax the longest wait between attempts
 * @param outboxMessages how many messages wait to be sent; beyond that they are dropped
 * @param messageBytesMax longer messages are neither sent nor taken
 */
public record MqttSettings(
        URI broker,
        String clientId,
        List<String> filters,
        Duration keepAlive,
        Duration patience,
        Duration backoffMin,
        Duration backoffMax,
        int outboxMessages,
        int messageBytesMax) {
    /** Copies the list. */
    public MqttSettings {
        filters = List.copyOf(filters);
    }

    /** The settings of a terminal or a hub in the field. */
    public static MqttSettings of(URI broker, String clientId, List<String> filters) {
        return new MqttSettings(
                broker,
                clientId,
                filters,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                256,
                1 << 20);
    }

    /** The same with another keep-alive and patience. */
    public MqttSettings within(Duration otherKeepAlive, Duration otherPatience) {
        return new MqttSettings(
                broker,
                clientId,
                filters,
                otherKeepAlive,
                otherPatience,
                backoffMin,
                backoffMax,
                outboxMessages,
                messageBytesMax);
    }
}
