package etal.port;

import java.util.function.Consumer;

/**
 * The way to the hub. It promises nothing: a message may be lost, doubled or late; the ledger is the outbox.
 * Its events arrive on the node's loop.
 */
public interface Link {
    /** Sends if the link is up; otherwise the message is dropped, for the ledger keeps what matters. */
    void send(Topic topic, byte[] message);

    /** Names the one who hears of messages; called once, at the start. */
    void listen(Consumer<LinkEvent> onLoop);

    /**
     * A topic such as {@code etal/1/up/3}.
     *
     * @param retained whether the broker keeps the newest message for those who come later
     */
    record Topic(String name, boolean retained) {
        /** A topic whose messages are not kept. */
        public static Topic passing(String name) {
            return new Topic(name, false);
        }
    }

    /** What a link tells. */
    sealed interface LinkEvent {
        /** The link is up; subscriptions stand. */
        record Up() implements LinkEvent {}

        /** The link is down. */
        record Down() implements LinkEvent {}

        /** A message came. */
        record Received(String topic, byte[] message) implements LinkEvent {}
    }
}
