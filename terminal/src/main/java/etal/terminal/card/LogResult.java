package etal.terminal.card;

import etal.protocol.card.CardRecord;
import etal.protocol.ledger.CardProof;

/** What the card's ring of records says of one counter. */
public sealed interface LogResult {
    /** The record, with a signature that holds. */
    record Found(CardRecord record, CardProof proof) implements LogResult {}

    /** It is no longer there. */
    record NotInRing() implements LogResult {}

    /** The answer proves nothing. */
    record Unclear() implements LogResult {}
}
