package etal.edge.mqtt;

import etal.port.Link.Topic;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent over one connection, bounded. It stands between the loop, which must never wait, and the link's
 * own thread, which does. Safe for use by any thread.
 */
final class Outbox {
    /** One message. */
    record Message(Topic topic, byte[] bytes) {}

    private final int messagesMax;
    private final ArrayDeque<Message> waiting = new ArrayDeque<>();
    private boolean shut;

    Outbox(int messagesMax) {
        this.messagesMax = messagesMax;
    }

    /** Drops what waits, for ever, and wakes whoever waits for a message. */
    synchronized void shut() {
        waiting.clear();
        shut = true;
        notifyAll();
    }

    /** False if it is shut or full: the message is dropped. */
    synchronized boolean offer(Message message) {
        if (shut || waiting.size() >= messagesMax) {
            return false;
        }
        waiting.addLast(message);
        notifyAll();
        return true;
    }

    /** Waits for the next message; null once it is shut. */
    synchronized @Nullable Message take() throws InterruptedException {
        while (!shut && waiting.isEmpty()) {
            wait();
        }
        return waiting.pollFirst();
    }
}
