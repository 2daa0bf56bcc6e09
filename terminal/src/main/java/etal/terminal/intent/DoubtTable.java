package etal.terminal.intent;

import etal.protocol.card.CardRecord;
import etal.protocol.ledger.LedgerId;

/** What is done with an undecided intention when its card lies there again: the decision table, as pure functions. */
public final class DoubtTable {
    private DoubtTable() {}

    /** By the card's counter alone. */
    public static ByCounter byCounter(Intention intention, long counterNow) {
        if (counterNow < intention.counterSeen()) {
            return ByCounter.ROLLED_BACK;
        }
        if (counterNow > intention.counterSeen()) {
            return ByCounter.READ_RECORD;
        }
        return intention.verdict() == Intention.Verdict.UNDONE ? ByCounter.NOT_DEBITED : ByCounter.SEND_AGAIN;
    }

    /** By the card's record after the counter seen. */
    public static ByRecord byRecord(Intention intention, CardRecord record, LedgerId ledger) {
        if (!intention.is(record, ledger)) {
            return ByRecord.NEVER;
        }
        if (intention.cancels()) {
            // Whatever the stall has said since: the member has the money back, and the ledger says so.
            return ByRecord.CANCELLATION;
        }
        return intention.verdict() == Intention.Verdict.UNDONE ? ByRecord.REFUND : ByRecord.SALE;
    }

    /** What the counter says. */
    public enum ByCounter {
        /** The card is older than it was: refuse it, keep the evidence. */
        ROLLED_BACK,
        /** Nothing happened, and never will: the stall has given it up. */
        NOT_DEBITED,
        /** Nothing happened yet: the same bytes again. */
        SEND_AGAIN,
        /** Something came after: the record tells what. */
        READ_RECORD
    }

    /** What the record says. */
    public enum ByRecord {
        /** Debited: the sale. */
        SALE,
        /** Debited, and undone at the stall: back to the member. */
        REFUND,
        /** Taken back: the cancellation. */
        CANCELLATION,
        /** Another record stands there: it can never happen. */
        NEVER
    }
}
