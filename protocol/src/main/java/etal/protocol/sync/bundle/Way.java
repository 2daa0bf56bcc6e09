package etal.protocol.sync.bundle;

import etal.protocol.cbor.Malformed;
import etal.protocol.sync.Topics;

/** Which way a bundle goes, and on which topics the broker would have let its messages pass. */
public enum Way {
    /** From a terminal to the hub: its batches, and its word how far it has come. */
    UP(1),
    /** From the hub to a terminal: acknowledgements, what is asked for again, and what the fund publishes. */
    DOWN(2);

    static final int TOPIC_CHARS_MAX = 128;

    private final int number;

    Way(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Way of(long number) throws Malformed {
        for (Way way : values()) {
            if (way.number == number) return way;
        }
        throw new Malformed("a bundle that goes neither up nor down");
    }

    /** Whether a message on that topic may go this way for that terminal, as the broker's rules have it. */
    public boolean carries(String topic, long fund, long terminal) {
        return switch (this) {
            case UP -> topic.equals(Topics.up(fund, terminal)) || topic.equals(Topics.here(fund, terminal));
            case DOWN ->
                topic.equals(Topics.ack(fund, terminal))
                        || topic.equals(Topics.gap(fund, terminal))
                        || topic.startsWith(Topics.allDocs(fund));
        };
    }
}
