package etal.fleet.world.open;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the visitor can do at the vegetable stall besides touching the till's screen: cards, network cable, plug, printer.
 * Whatever is asked in whatever order has a meaning, if only that nothing happens. Thread-safe; none of it waits long.
 */
public interface Table {
    /** The table as it is now. */
    View view();

    /** The table once its version is beyond {@code version}, or as it stands after {@code atMost}; never fails. */
    CompletableFuture<View> after(long version, Duration atMost);

    /**
     * Lays a card on the reader; a card that lies there is taken back first. It is taken back by {@link #withdraw}, or by
     * itself about two and a half seconds later.
     *
     * @param card the {@link Card#id}; an unknown one changes nothing
     */
    void tap(String card);

    /**
     * Lays a card on the reader and pulls it away in the middle of its debit, at each use at another moment: before the
     * command, at a write, before the answer. Where no payment is awaited it is simply taken back.
     *
     * @param card the {@link Card#id}; an unknown one changes nothing
     */
    void tapTooShort(String card);

    /** Takes back the card that lies on the reader, if one does. */
    void withdraw();

    /** Plugs the network cable in or pulls it out. */
    void cable(boolean plugged);

    /** Off: the till loses its power at once. On: it starts again, at the same address. */
    void power(boolean on);

    /** A receipt of this stall as its printer got it, in ESC/POS bytes; numbers are those of {@link View#papers}. */
    Optional<byte[]> paper(int number);

    /** Whether the till runs. */
    enum Power {
        /** It runs and answers. */
        ON,
        /** The plug is in; it does not answer yet. */
        STARTING,
        /** The plug is out. */
        OFF
    }

    /** What kind of card it is. */
    enum Kind {
        /** A member's card with money on it. */
        FULL,
        /** A member's card that does not cover a full basket. */
        NEARLY_EMPTY,
        /** A member's card that the fund has denied. */
        DENIED,
        /** A stranger's bank card. */
        BANK
    }

    /** A card beside the till; the id stays as long as the card does. */
    record Card(String id, Kind kind) {}

    /**
     * The table at one moment.
     *
     * @param version grows with each change
     * @param cards in the order in which they lie
     * @param onReader the id of the card on the reader
     * @param till the address of the till's screen, the same for as long as the demo runs
     * @param hub the address of the hub's page
     * @param papers numbers of the receipts printed so far, the oldest first
     */
    record View(
            long version,
            List<Card> cards,
            Optional<String> onReader,
            boolean cablePlugged,
            Power power,
            URI till,
            URI hub,
            List<Integer> papers) {}
}
