package etal.edge.mqtt;

import etal.port.PeerUnreachable;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its beginning to its end; never used again. Tokens that the library leaves hanging when a link is
 * cut are forgotten together with it.
 */
final class MqttConnection implements MqttCallback, MqttActionListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);
    private static final int QOS = 1;

    /** How many messages may wait for the broker's acknowledgement at once. */
    private static final int WINDOW = 16;

    /** How many messages the broker may send before it waits for our acknowledgement. */
    private static final int RECEIVE_MAXIMUM = 64;

    private static final int PACKET_OVERHEAD_BYTES = 1_024;
    private static final int REFUSED_FROM = 0x80;

    /** Time for a goodbye to leave; the library never says when it has. */
    private static final long GOODBYE_MILLIS = 50;

    private final MqttSettings settings;
    private final SSLSocketFactory sockets;
    private final Inbox inbox;
    private final MqttCounters counters;
    private final Outbox outbox;
    private final Semaphore window = new Semaphore(WINDOW);
    private final MqttAsyncClient client;
    private volatile String ending = "";
    private boolean released;

    MqttConnection(MqttSettings settings, SSLSocketFactory sockets, Inbox inbox, MqttCounters counters)
            throws MqttException {
        this.settings = settings;
        this.sockets = sockets;
        this.inbox = inbox;
        this.counters = counters;
        outbox = new Outbox(settings.outboxMessages());
        client = new MqttAsyncClient(settings.broker().toString(), settings.clientId(), new MemoryPersistence());
        client.setCallback(this);
    }

    /** Connects and subscribes. */
    void open() throws MqttException, PeerUnreachable {
        long patienceMillis = settings.patience().toMillis();
        client.connect(options()).waitForCompletion(patienceMillis);
        if (!settings.filters().isEmpty()) {
            MqttSubscription[] subscriptions = settings.filters().stream()
                    .map(filter -> new MqttSubscription(filter, QOS))
                    .toArray(MqttSubscription[]::new);
            IMqttToken token = client.subscribe(subscriptions);
            token.waitForCompletion(patienceMillis);
            int[] codes = token.getReasonCodes();
            if (codes == null || codes.length != subscriptions.length || refused(codes)) {
                throw new PeerUnreachable(
                        "the broker refuses a subscription of " + settings.filters() + ": " + Arrays.toString(codes));
            }
        }
    }

    /** Sends what is offered, until the connection ends; returns why it ended. */
    String run() throws InterruptedException, MqttException {
        for (Outbox.Message message = outbox.take(); message != null; message = outbox.take()) {
            if (!window.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return "no acknowledgement within " + settings.patience();
            }
            MqttMessage packet =
                    new MqttMessage(message.bytes(), QOS, message.topic().retained(), new MqttProperties());
            client.publish(message.topic().name(), packet, message.topic(), this);
        }
        return ending;
    }

    boolean offer(Outbox.Message message) {
        return message.bytes().length <= settings.messageBytesMax() && outbox.offer(message);
    }

    /** Makes {@link #run} return. */
    void end(String why) {
        if (ending.isEmpty()) {
            ending = why;
        }
        outbox.shut();
    }

    /** Ends it from another thread, also in the middle of {@link #open}. */
    void abort() {
        end("closed");
        if (!client.isConnected()) {
            disconnect();
        }
    }

    @Override
    public void close() {
        end("closed");
        release();
    }

    /** One at a time with {@link #disconnect}: the library forgets what it needs for that when it closes. */
    private synchronized void release() {
        disconnect();
        released = true;
        try {
            client.close(true);
        } catch (MqttException e) {
            LOG.debug("{}: the connection did not close cleanly: {}", settings.clientId(), e.toString());
        }
    }

    private synchronized void disconnect() {
        if (released) {
            return;
        }
        try {
            client.disconnectForcibly(0, GOODBYE_MILLIS, client.isConnected());
        } catch (MqttException e) {
            LOG.debug("{}: {}", settings.clientId(), e.toString());
        }
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setSessionExpiryInterval(0L);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval((int) Math.max(1, settings.keepAlive().toSeconds()));
        options.setConnectionTimeout((int) Math.max(1, settings.patience().toSeconds()));
        options.setMaximumPacketSize((long) settings.messageBytesMax() + PACKET_OVERHEAD_BYTES);
        options.setReceiveMaximum(RECEIVE_MAXIMUM);
        options.setSocketFactory(sockets);
        options.setHttpsHostnameVerificationEnabled(true);
        return options;
    }

    private static boolean refused(int[] codes) {
        return Arrays.stream(codes).anyMatch(code -> code >= REFUSED_FROM);
    }

    /** A publish the broker has answered, which the library calls a success even when the answer is no. */
    @Override
    public void onSuccess(IMqttToken token) {
        int[] codes = token.getReasonCodes();
        if (codes != null && refused(codes)) {
            counters.refused.incrementAndGet();
            LOG.warn("{}: the broker refuses a message to {}: {}", settings.clientId(), token.getUserContext(), codes);
        } else {
            counters.acknowledged.incrementAndGet();
        }
        window.release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable exception) {
        end("a message could not be sent: " + exception);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws InterruptedException {
        counters.received.incrementAndGet();
        if (message.getPayload().length > settings.messageBytesMax()) {
            counters.refused.incrementAndGet();
            LOG.warn("{}: a message on {} is too long and was not taken", settings.clientId(), topic);
        } else if (!inbox.received(topic, message.getPayload())) {
            end("messages are not handled within " + settings.patience());
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        end(String.valueOf(response.getException() != null ? response.getException() : response.getReasonString()));
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        end("a fault of the protocol: " + exception);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // The listener given with each publish has looked at its reason code already.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // Connecting is waited for where it is begun.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        end("the broker asks for another authentication");
    }
}
