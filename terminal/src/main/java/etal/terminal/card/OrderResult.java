package etal.terminal.card;

import etal.protocol.card.CardRecord;
import etal.protocol.ledger.CardProof;

/** What is known after a voucher or block order was sent. */
public sealed interface OrderResult {
    /** The card has taken it, now or before at this terminal in the same words. */
    record Taken(CardRecord record, CardProof proof, byte[] previousSignature) implements OrderResult {}

    /** The card said by its own word that it has not; it can still pay with what it holds. */
    record Refused(int statusWord) implements OrderResult {}

    /** An answer that proves nothing: look at the card anew. */
    record Unclear() implements OrderResult {}
}
