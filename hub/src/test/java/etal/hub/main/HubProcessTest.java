package etal.hub.main;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import etal.edge.config.ConfigFault;
import etal.edge.config.DrivenClock;
import etal.edge.config.ThreadLoop;
import etal.edge.config.YamlConfig;
import etal.edge.mqtt.MqttLink;
import etal.edge.mqtt.MqttSettings;
import etal.edge.tls.TlsContext;
import etal.edge.tls.TlsIdentity;
import etal.hub.broker.Broker;
import etal.hub.broker.BrokerConfig;
import etal.hub.world.TestCard;
import etal.hub.world.TestTerminal;
import etal.port.Link.LinkEvent;
import etal.port.Link.Topic;
import etal.protocol.card.PeriodToken;
import etal.protocol.cose.Hash;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.Topics;
import etal.protocol.trust.Role;
import etal.testkit.TestAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole hub over its real ways: broker, mutual TLS, store in a file, HTTP. */
class HubProcessTest {
    private static final Instant MARKET = Instant.parse("2025-04-02T15:00:00Z");

    private final Path directory;
    private final TestAuthority authority = new TestAuthority(7);
    private final List<TestCard> cards = HubDirectory.cards(authority);
    private final HubDirectory files;
    private final BlockingQueue<LinkEvent> heard = new LinkedBlockingQueue<>();

    HubProcessTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        files = new HubDirectory(directory, authority, cards);
    }

    // terminal 3             broker            hub              operator
    //    | <-- token (retained) |                |                  |
    //    | ------ batch ------> | -------------> |                  |
    //    | <------------------- | <--- ack ----- |                  |
    //    |                      |                | <-- reconcile -- |
    //    |                      |                | <--- payouts --- |
    @Test
    void a_day_goes_up_is_reconciled_and_paid_and_a_restart_knows_it_all() throws Exception {
        try (Broker broker = Broker.start(BrokerConfig.read(YamlConfig.read(directory.resolve("broker.yaml"))))) {
            Path file = files.hubYaml(broker.uri().toString(), "", "");
            HubProcess.Running running = start(file);
            try (ThreadLoop loop = new ThreadLoop("terminal", crash -> {});
                    MqttLink link = terminalLink(broker.uri(), loop)) {
                link.listen(heard::add);
                put(running.uri(), "/api/clock", "{\"now\":\"2025-04-02T15:00:00Z\"}");
                TestTerminal terminal = new TestTerminal(
                        authority, 3, HubFile.read(file).rules().scheme(), MARKET);
                terminal.load(cards.getFirst(), token());
                terminal.sell(cards.getFirst(), vegetables(1_250));
                terminal.close("2025-04-02");
                link.send(Topic.passing(Topics.up(1, 3)), terminal.batch());
                SignedCheckpoint acknowledged = SignedCheckpoint.decode(message(Topics.ack(1, 3)));
                assertEquals(terminal.head(), acknowledged.checkpoint().number());
                assertEquals(MARKET.toEpochMilli(), acknowledged.checkpoint().hubTimeMillis());
            }
            JsonNode evening = post(running.uri(), "/api/reconcile", "{\"day\":\"2025-04-02\"}");
            assertEquals(
                    "terminal 5: nothing has come",
                    evening.get("differences").get(0).asText());
            assertEquals(1, evening.get("differences").size());
            assertTrue(Files.exists(directory.resolve("reconciliation.json")));
            assertEquals(1, correct(running.uri()).get("number").asLong());
            JsonNode paid = post(running.uri(), "/api/payouts", "{\"day\":\"2025-04-02\",\"run\":\"R1\"}");
            assertEquals(1_250, paid.get("totalCents").asLong());
            assertTrue(Files.readString(Path.of(paid.get("file").asText())).contains("<InstdAmt Ccy=\"EUR\">12.50<"));
            running.process().close();

            HubProcess.Running again = start(file);
            JsonNode status = get(again.uri(), "/api/status");
            assertEquals(4, status.get("entries").asLong());
            assertEquals(1, status.get("sales").asLong());
            assertEquals(1, status.get("orders").get("issued").asLong());
            assertEquals(3, status.get("terminals").get(0).get("terminal").asLong());
            again.process().close();
        }
    }

    private JsonNode correct(URI hub) throws Exception {
        String card = Hash.hex(cards.getFirst().id());
        return post(
                hub,
                "/api/vouchers",
                "{\"card\":\"" + card + "\",\"allocationCents\":-100,\"bonusCents\":0,\"reason\":\"correction\","
                        + "\"note\":\"rang up twice\",\"by\":\"A. Operator\"}");
    }

    @Test
    void rules_that_change_under_the_same_version_are_refused() throws Exception {
        Path file = files.hubYaml("ssl://127.0.0.1:1", "", "");
        start(file).process().close();
        files.write("scheme.yaml", Files.readString(directory.resolve("scheme.yaml")) + "# changed\n");
        ConfigFault fault = assertThrows(ConfigFault.class, () -> start(file));
        assertTrue(String.valueOf(fault.getMessage()).contains("published already"), fault::toString);
    }

    private HubProcess.Running start(Path file) throws Exception {
        return HubProcess.start(HubFile.read(file), crash -> {
            throw new AssertionError(crash);
        });
    }

    private MqttLink terminalLink(URI broker, ThreadLoop loop) throws Exception {
        TestAuthority.Leaf leaf = authority.terminal(3, 1);
        DrivenClock clock = new DrivenClock(MARKET);
        TlsIdentity identity = new TlsIdentity(leaf.chain(), leaf.scalar());
        return new MqttLink(
                MqttSettings.of(broker, "t3-e1", List.of(Topics.ack(1, 3), Topics.docs(1))),
                TlsContext.of(identity, authority.root(), EnumSet.of(Role.BROKER), clock),
                loop);
    }

    private PeriodToken token() throws Exception {
        return PeriodToken.decode(SignedDocument.decode(message(Topics.doc(1, Document.PERIOD, 63)))
                .document()
                .content());
    }

    private byte[] message(String topic) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            LinkEvent event = heard.poll(20, TimeUnit.SECONDS);
            if (Objects.requireNonNull(event, "nothing came on " + topic) instanceof LinkEvent.Received received
                    && received.topic().equals(topic)) {
                return received.message();
            }
        }
        throw new AssertionError("nothing came on " + topic);
    }

    private static JsonNode get(URI hub, String path) throws Exception {
        return send(HttpRequest.newBuilder(hub.resolve(path)).build());
    }

    private static JsonNode post(URI hub, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(hub.resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static JsonNode put(URI hub, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(hub.resolve(path))
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static JsonNode send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(200, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
            return new ObjectMapper().readTree(answer.body());
        }
    }
}
