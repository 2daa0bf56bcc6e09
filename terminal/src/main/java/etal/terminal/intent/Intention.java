package etal.terminal.intent;

import etal.protocol.card.CardRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SchemeRef;
import etal.terminal.basket.Details;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a DEBIT or a CANCEL was going to do, durable before it was sent: enough to send the same bytes again, and to make
 * the entry from the card's record alone.
 *
 * @param undoing of which sale and why, if this is to cancel one; null in a payment
 * @param sale of a payment its number, never used for another try; of a cancellation that of the sale it undoes
 * @param basketKey whose payment it is
 * @param cardId the card, 8 bytes
 * @param certificate the card's certificate, 114 bytes
 * @param newest the card's newest record when it was seen
 * @param deltas what the purses lose and gain
 * @param salt of the details' hash
 * @param details encoded {@link Details}
 * @param timeSeconds as said to the card
 * @param intentHash what the card signs
 * @param head SHA-256 of the ledger's last entry then
 * @param phase how far it came
 * @param verdict what the stall said since
 */
public record Intention(
        @Nullable Undoing undoing,
        long sale,
        String basketKey,
        byte[] cardId,
        byte[] certificate,
        CardRecord newest,
        Deltas deltas,
        SchemeRef scheme,
        byte[] salt,
        byte[] details,
        long timeSeconds,
        byte[] intentHash,
        byte[] head,
        Phase phase,
        Verdict verdict) {
    /** What the card was going to be asked. */
    public enum Kind {
        /** To pay. */
        DEBIT,
        /** To take back what it paid. */
        CANCEL
    }

    /** How far it came. */
    public enum Phase {
        /** DEBIT or CANCEL may have been sent. */
        OPEN,
        /** The ledger says that the outcome is unknown. */
        IN_DOUBT,
        /** Decided. */
        CLOSED
    }

    /** What the stall said when it would not wait. */
    public enum Verdict {
        /** Nothing yet. */
        NONE,
        /** U: undone, or paid another way; a cancellation: the sale stands. */
        UNDONE,
        /** K: the member kept the goods. */
        KEPT
    }

    /** What the card was going to be asked. */
    public Kind kind() {
        return undoing == null ? Kind.DEBIT : Kind.CANCEL;
    }

    /** Whether it is to cancel a sale. */
    public boolean cancels() {
        return undoing != null;
    }

    /** The card's counter when it was seen. */
    public long counterSeen() {
        return newest.counter();
    }

    /** The DEBIT, the same at every try. */
    public Commands.Debit debit(LedgerId ledger) {
        return new Commands.Debit(
                ledger.terminal(), ledger.epoch(), sale, counterSeen(), deltas, intentHash, timeSeconds);
    }

    /** The CANCEL, the same at every try. */
    public Commands.Cancel cancel(LedgerId ledger) {
        return new Commands.Cancel(
                ledger.terminal(), ledger.epoch(), sale, counterSeen(), deltas, intentHash, timeSeconds);
    }

    /** Whether a record of the card is this intention's. */
    public boolean is(CardRecord record, LedgerId ledger) {
        return record.tag() == (cancels() ? CardRecord.Tag.CANCEL : CardRecord.Tag.DEBIT)
                && record.counter() == counterSeen() + 1
                && record.terminal() == ledger.terminal()
                && record.epoch() == ledger.epoch()
                && record.sale() == sale
                && record.deltas().equals(deltas)
                && Arrays.equals(record.intentHash(), intentHash);
    }
}
