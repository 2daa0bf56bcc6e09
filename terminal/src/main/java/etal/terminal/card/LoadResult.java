package etal.terminal.card;

import etal.protocol.card.CardRecord;
import etal.protocol.ledger.CardProof;

/** What is known after a LOAD was sent. */
public sealed interface LoadResult {
    /** The month's allocation stands on the card. */
    record Loaded(CardRecord record, CardProof proof, byte[] previousSignature) implements LoadResult {}

    /** The card loads nothing; it can still pay with what it holds. */
    record Refused(int statusWord) implements LoadResult {}

    /** An answer that proves nothing: look at the card anew. */
    record Unclear() implements LoadResult {}
}
