package etal.port;

import java.util.function.Consumer;

/** A contactless reader. Its events arrive on the node's loop. */
public interface CardReader {
    /** Names the one who hears of cards; called once, at the start. */
    void listen(Consumer<CardEvent> onLoop);

    /** What a reader tells. */
    sealed interface CardEvent {
        /**
         * A card lies in the field and answers. The same channel once more, with no {@link Gone} between: an exchange with
         * it had failed, it was not lifted, and it answers again.
         */
        record Presented(CardChannel channel) implements CardEvent {}

        /** The card has left the field. */
        record Gone() implements CardEvent {}

        /** More than one card lies in the field: ask for one only. */
        record Collision() implements CardEvent {}

        /** Something lies in the field that is no ISO/IEC 14443-4 card: a badge, a transit tag. */
        record Unfit() implements CardEvent {}

        /** The reader itself has failed or come back. */
        record ReaderState(boolean working) implements CardEvent {}
    }
}
