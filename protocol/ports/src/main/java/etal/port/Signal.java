package etal.port;

/** Light and sound towards producer and member. It never blocks and never fails the sale. */
public interface Signal {
    /** Shows an outcome. */
    void show(Outcome outcome);

    /** What light and sound can say. Each differs in pattern and tone, not only in colour. */
    enum Outcome {
        READY,
        BUSY,
        PAID,
        /** A sale was undone: the card has its money back. */
        UNDONE,
        REFUSED,
        PRESENT_AGAIN,
        FAULT
    }
}
