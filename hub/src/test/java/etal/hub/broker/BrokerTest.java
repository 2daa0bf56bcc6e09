package etal.hub.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.broker.BrokerField.Node;
import etal.port.Link.LinkEvent;
import etal.port.Link.Topic;
import etal.port.StorageFailed;
import etal.protocol.trust.Role;
import etal.testkit.Await;
import etal.testkit.ChildProcess;
import etal.testkit.CuttableProxy;
import etal.testkit.TestAuthority;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links through the real broker: what gets through, what is refused, and what a cut or a restart leaves. */
final class BrokerTest {
    private static final Topic UP = Topic.passing("etal/1/up/3");
    private static final Topic ACK = Topic.passing("etal/1/ack/3");

    @TempDir
    static Path directory;

    private Broker broker;

    @BeforeEach
    void start() throws Exception {
        broker = Broker.start(BrokerField.config(directory, 0));
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    // terminal             broker               hub
    //    |-- up/3 ----------->|-- up/3 --------->|
    //    |<- ack/3 -----------|<- ack/3 ---------|
    @Test
    void a_batch_goes_up_and_its_acknowledgement_comes_down() throws Exception {
        try (Node hub = BrokerField.hub(broker.uri(), "etal/1/up/+", "etal/1/here/+")
                        .awaitUp();
                Node terminal = BrokerField.terminal(broker.uri(), 3, "etal/1/ack/3", "etal/1/gap/3", "etal/1/doc/#")
                        .awaitUp()) {
            terminal.link.send(UP, bytes("batch"));
            LinkEvent.Received batch = hub.awaitMessage();
            assertEquals("etal/1/up/3", batch.topic());
            assertArrayEquals(bytes("batch"), batch.message());
            terminal.link.send(Topic.passing("etal/1/here/3"), bytes("here"));
            assertEquals("etal/1/here/3", hub.awaitMessage().topic());
            hub.link.send(ACK, bytes("taken"));
            assertArrayEquals(bytes("taken"), terminal.awaitMessage().message());
        }
    }

    @Test
    void a_batch_of_nearly_a_mebibyte_gets_through() throws Exception {
        byte[] large = new byte[1_000_000];
        large[999_999] = 7;
        try (Node hub = BrokerField.hub(broker.uri(), "etal/1/up/+").awaitUp();
                Node terminal = BrokerField.terminal(broker.uri(), 3).awaitUp()) {
            terminal.link.send(UP, large);
            assertArrayEquals(large, hub.awaitMessage().message());
        }
    }

    @Test
    void a_terminal_cannot_speak_where_another_speaks_and_stays_connected() throws Exception {
        try (Node hub = BrokerField.hub(broker.uri(), "etal/1/#").awaitUp();
                Node terminal = BrokerField.terminal(broker.uri(), 3).awaitUp()) {
            for (String foreign : new String[] {
                "etal/1/up/4",
                "etal/2/up/3",
                "etal/1/here/4",
                "etal/1/ack/3",
                "etal/1/doc/scheme/1",
                "$sys/mqtt/sessions",
                "etal/1/up/3/x"
            }) {
                terminal.link.send(Topic.passing(foreign), bytes("forged"));
            }
            terminal.link.send(new Topic("etal/1/doc/scheme/1", true), bytes("forged"));
            terminal.link.send(UP, bytes("mine"));
            assertArrayEquals(bytes("mine"), hub.awaitMessage().message());
            Await.until("eight refusals", BrokerField.SOON, terminal.link.counters()::refused, refused -> refused == 8);
            assertEquals(1, terminal.link.counters().connects());
            assertTrue(hub.hasHeardNothing());
        }
    }

    @Test
    void a_terminal_cannot_listen_where_another_listens() throws Exception {
        for (String foreign : new String[] {"etal/1/ack/4", "etal/1/ack/+", "#", "etal/1/up/+", "etal/2/doc/#"}) {
            try (Node terminal = BrokerField.terminal(broker.uri(), 3, foreign)) {
                // The refused subscription ends the connection: it is tried again and never counts as up.
                assertNeverUp(terminal);
            }
        }
    }

    @Test
    void a_terminal_cannot_take_another_ones_name_and_push_it_out() throws Exception {
        try (Node victim = BrokerField.terminal(broker.uri(), 4, "etal/1/ack/4").awaitUp();
                Node thief = BrokerField.node(broker.uri(), BrokerField.AUTHORITY.terminal(3, 1), "t4-e1")) {
            assertNeverUp(thief);
            assertEquals(1, victim.link.counters().connects());
            assertTrue(victim.hasHeardNothing());
        }
    }

    @Test
    void a_stolen_terminal_is_not_let_in_any_more_and_its_next_epoch_is(@TempDir Path other) throws Exception {
        BrokerConfig all = BrokerField.config(other, 0);
        BrokerConfig one = new BrokerConfig(
                all.directory(), all.listen(), all.identity(), all.root(), all.clock(), List.of("t3-e1"));
        try (Broker careful = Broker.start(one);
                Node hub = BrokerField.hub(careful.uri(), "etal/1/up/+").awaitUp();
                Node thief = BrokerField.terminal(careful.uri(), 3);
                Node five = BrokerField.terminal(careful.uri(), 5).awaitUp();
                Node rebuilt = BrokerField.node(careful.uri(), BrokerField.AUTHORITY.terminal(3, 2), "t3-e2")
                        .awaitUp()) {
            five.link.send(Topic.passing("etal/1/up/5"), bytes("honest"));
            assertArrayEquals(bytes("honest"), hub.awaitMessage().message());
            rebuilt.link.send(UP, bytes("rebuilt"));
            assertArrayEquals(bytes("rebuilt"), hub.awaitMessage().message());
            assertNeverUp(thief);
        }
    }

    @Test
    void a_strangers_certificate_is_refused() throws Exception {
        TestAuthority stranger = new TestAuthority(99);
        try (Node terminal = BrokerField.node(broker.uri(), stranger.terminal(3, 1), "t3-e1")) {
            assertNeverUp(terminal);
        }
    }

    @Test
    void a_certificate_of_another_role_is_refused() throws Exception {
        try (Node registrar = BrokerField.node(broker.uri(), BrokerField.AUTHORITY.service(Role.REGISTRAR), "hub-9")) {
            assertNeverUp(registrar);
        }
    }

    // terminal           proxy            broker
    //    |-- up/3 -------->|-- up/3 ------->|
    //    |                 X cut            |
    //    |-- connect ----->|--------------->|   subscribes again by itself
    @Test
    void a_cut_link_comes_back_with_its_subscriptions() throws Exception {
        try (CuttableProxy proxy = CuttableProxy.to(new InetSocketAddress("127.0.0.1", broker.port()));
                Node hub = BrokerField.hub(broker.uri(), "etal/1/up/+").awaitUp();
                Node terminal = BrokerField.terminal(through(proxy), 3, "etal/1/ack/3")) {
            for (int cut = 1; cut <= 3; cut++) {
                terminal.awaitUp();
                terminal.link.send(UP, bytes("batch " + cut));
                assertArrayEquals(bytes("batch " + cut), hub.awaitMessage().message());
                hub.link.send(ACK, bytes("taken " + cut));
                assertArrayEquals(bytes("taken " + cut), terminal.awaitMessage().message());
                proxy.cut();
                terminal.awaitDown();
            }
            terminal.awaitUp();
        }
    }

    @Test
    void a_link_that_hangs_is_noticed_by_its_silence() throws Exception {
        try (CuttableProxy proxy = CuttableProxy.to(new InetSocketAddress("127.0.0.1", broker.port()));
                Node terminal = BrokerField.terminal(through(proxy), 3).awaitUp()) {
            proxy.hang(true);
            terminal.awaitDown();
            proxy.hang(false);
            terminal.awaitUp();
        }
    }

    @Test
    void what_is_sent_while_the_link_is_down_is_dropped_and_counted() throws Exception {
        try (CuttableProxy proxy = CuttableProxy.to(new InetSocketAddress("127.0.0.1", broker.port()));
                Node terminal = BrokerField.terminal(through(proxy), 3).awaitUp()) {
            proxy.refuse(true);
            proxy.cut();
            terminal.awaitDown();
            terminal.link.send(UP, bytes("lost"));
            assertEquals(1, terminal.link.counters().dropped());
        }
    }

    // hub               broker                   terminal
    //  |-- doc, retained ->|                        |
    //  |                   X stopped, started again |
    //  |                   |<------- connect -------|
    //  |                   |-- doc ---------------->|
    @Test
    void the_newest_retained_document_outlives_the_broker() throws Exception {
        try (Node hub = BrokerField.hub(broker.uri()).awaitUp()) {
            hub.link.send(new Topic("etal/1/doc/scheme/1", true), bytes("version 1"));
            hub.link.send(new Topic("etal/1/doc/scheme/1", true), bytes("version 2"));
            hub.link.send(new Topic("etal/1/doc/deny/1", true), bytes("nobody"));
            Await.until("three acknowledged", BrokerField.SOON, hub.link.counters()::acknowledged, n -> n == 3);
        }
        stop();
        start();
        assertEquals(
                Map.of("etal/1/doc/scheme/1", "version 2", "etal/1/doc/deny/1", "nobody"), retained(broker.uri(), 2));
    }

    @Test
    void retained_documents_survive_kill_9_of_the_broker() throws Exception {
        Path place = directory.resolve("killed");
        try (ChildProcess child = ChildProcess.java(directory, BrokerChild.class, place.toString())) {
            String ready = child.await(line -> line.startsWith("ready "), Duration.ofSeconds(30));
            try (Node hub = BrokerField.hub(URI.create(ready.substring(6))).awaitUp()) {
                hub.link.send(new Topic("etal/1/doc/scheme/1", true), bytes("version 1"));
                hub.link.send(new Topic("etal/1/doc/deny/1", true), bytes("nobody"));
                Await.until("both acknowledged", BrokerField.SOON, hub.link.counters()::acknowledged, n -> n == 2);
                child.kill();
            }
        }
        try (Broker again = Broker.start(BrokerField.config(place, 0))) {
            assertEquals(
                    Map.of("etal/1/doc/scheme/1", "version 1", "etal/1/doc/deny/1", "nobody"),
                    retained(again.uri(), 2));
        }
    }

    // hub                    broker               terminal
    //  |-- doc/1, retained ---->|                     |
    //  |-- doc/2, retained ---->|                     |
    //  |-- doc/1, empty ------->|                     |
    //  |                        |<------ connect -----|
    //  |                        |-- doc/2 ----------->|
    @Test
    void a_superseded_document_is_taken_away_by_an_empty_message_and_does_not_come_back() throws Exception {
        Path place = directory.resolve("taken-away");
        try (Broker before = Broker.start(BrokerField.config(place, 0));
                Node hub = BrokerField.hub(before.uri()).awaitUp()) {
            hub.link.send(new Topic("etal/1/doc/scheme/1", true), bytes("version 1"));
            hub.link.send(new Topic("etal/1/doc/scheme/2", true), bytes("version 2"));
            Await.until("two acknowledged", BrokerField.SOON, hub.link.counters()::acknowledged, n -> n == 2);
            hub.link.send(new Topic("etal/1/doc/scheme/1", true), new byte[0]);
            Await.until("three acknowledged", BrokerField.SOON, hub.link.counters()::acknowledged, n -> n == 3);
        }
        try (Broker again = Broker.start(BrokerField.config(place, 0));
                Node hub = BrokerField.hub(again.uri()).awaitUp();
                Node terminal =
                        BrokerField.terminal(again.uri(), 3, "etal/1/doc/#").awaitUp()) {
            LinkEvent.Received kept = terminal.awaitMessage();
            assertEquals("etal/1/doc/scheme/2", kept.topic());
            hub.link.send(Topic.passing("etal/1/doc/scheme/3"), bytes("version 3"));
            assertEquals("etal/1/doc/scheme/3", terminal.awaitMessage().topic(), "nothing came in between");
        }
    }

    @Test
    void a_taken_port_is_named() {
        StorageFailed taken = assertThrows(
                StorageFailed.class,
                () -> Broker.start(BrokerField.config(directory.resolve("second"), broker.port())));
        assertTrue(taken.toString().contains(Integer.toString(broker.port())), taken.toString());
    }

    @Test
    void links_find_a_broker_that_was_started_again() throws Exception {
        try (CuttableProxy proxy = CuttableProxy.to(new InetSocketAddress("127.0.0.1", broker.port()));
                Node hub = BrokerField.hub(through(proxy), "etal/1/up/+").awaitUp();
                Node terminal = BrokerField.terminal(through(proxy), 3).awaitUp()) {
            stop();
            hub.awaitDown();
            terminal.awaitDown();
            start();
            proxy.target(new InetSocketAddress("127.0.0.1", broker.port()));
            hub.awaitUp();
            terminal.awaitUp();
            terminal.link.send(UP, bytes("again"));
            assertArrayEquals(bytes("again"), hub.awaitMessage().message());
        }
    }

    @Test
    void a_closed_link_leaves_no_thread_behind() throws Exception {
        Node terminal = BrokerField.terminal(broker.uri(), 77, "etal/1/ack/77").awaitUp();
        terminal.close();
        Await.until(
                "no thread of the link",
                BrokerField.SOON,
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.contains("t77-e1"))
                        .toList(),
                java.util.List::isEmpty);
    }

    private static Map<String, String> retained(URI broker, int documents) throws Exception {
        Map<String, String> found = new TreeMap<>();
        try (Node terminal = BrokerField.terminal(broker, 3, "etal/1/doc/#").awaitUp()) {
            while (found.size() < documents) {
                LinkEvent.Received document = terminal.awaitMessage();
                found.put(document.topic(), new String(document.message(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private static void assertNeverUp(Node node) {
        // Its reconnecting has had its second try by then: the first was refused and not merely slow.
        Await.until(
                "two refused attempts", BrokerField.SOON, node.link.counters()::failures, attempts -> attempts >= 2);
        assertEquals(0, node.link.counters().connects());
    }

    private static URI through(CuttableProxy proxy) {
        return URI.create("ssl://127.0.0.1:" + proxy.port());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
