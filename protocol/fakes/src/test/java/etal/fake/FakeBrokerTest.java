package etal.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.Link.LinkEvent;
import etal.port.Link.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FakeBrokerTest {
    private final QueueLoop loop = new QueueLoop(new ManualClock(Instant.EPOCH));
    private final FakeBroker broker = new FakeBroker();
    private final FakeLink hub = broker.link(loop, List.of("etal/1/up/+"));
    private final FakeLink terminal = broker.link(loop, List.of("etal/1/ack/3", "etal/1/doc/#"));
    private final List<String> heard = new ArrayList<>();

    FakeBrokerTest() {
        hub.listen(event -> heard.add("hub " + told(event)));
        terminal.listen(event -> heard.add("terminal " + told(event)));
    }

    // terminal                 broker                    hub
    //    |                        |  <- doc, retained ----|
    //    |-- connect ------------>|                       |
    //    |<- doc -----------------|                       |
    //    |-- up/3 --------------->|-- up/3 -------------->|
    //    |<- ack/3 ---------------|<- ack/3 --------------|
    @Test
    void a_late_terminal_gets_the_retained_document_and_then_speaks_with_the_hub() {
        broker.connect(hub);
        hub.send(new Topic("etal/1/doc/scheme", true), new byte[3]);
        broker.connect(terminal);
        terminal.send(Topic.passing("etal/1/up/3"), new byte[5]);
        hub.send(Topic.passing("etal/1/ack/3"), new byte[7]);
        hub.send(Topic.passing("etal/1/ack/4"), new byte[9]);
        loop.runUntilIdle();
        assertEquals(
                List.of(
                        "hub up",
                        "terminal up",
                        "terminal etal/1/doc/scheme 3",
                        "hub etal/1/up/3 5",
                        "terminal etal/1/ack/3 7"),
                heard);
    }

    @Test
    void what_is_sent_while_the_link_is_down_is_lost() {
        broker.connect(hub);
        terminal.send(Topic.passing("etal/1/up/3"), new byte[5]);
        loop.runUntilIdle();
        assertEquals(List.of("hub up"), heard);
    }

    @Test
    void filters_match_as_mqtt_says() {
        assertTrue(FakeBroker.matches("etal/1/doc/#", "etal/1/doc/scheme/2"));
        assertTrue(FakeBroker.matches("etal/1/doc/#", "etal/1/doc"));
        assertTrue(FakeBroker.matches("etal/+/up/3", "etal/1/up/3"));
        assertFalse(FakeBroker.matches("etal/1/up/+", "etal/1/up/3/4"));
        assertFalse(FakeBroker.matches("etal/1/up/3", "etal/1/up"));
        assertFalse(FakeBroker.matches("etal/1/up/+", "etal/1/up"));
    }

    private static String told(LinkEvent event) {
        return switch (event) {
            case LinkEvent.Up() -> "up";
            case LinkEvent.Down() -> "down";
            case LinkEvent.Received(String topic, byte[] message) -> topic + " " + message.length;
        };
    }
}
