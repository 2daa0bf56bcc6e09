package etal.terminal.card;

import etal.protocol.card.CardRecord;
import etal.protocol.ledger.CardProof;
import org.jspecify.annotations.Nullable;

/** What is known after a DEBIT or a CANCEL was sent. */
public sealed interface DebitResult {
    /**
     * The card has done exactly what was asked.
     *
     * @param record what the card signed
     * @param proof the same with certificate and signature
     * @param previousSignature the card's signature over the record before
     */
    record Debited(CardRecord record, CardProof proof, byte[] previousSignature) implements DebitResult {}

    /** The card said by its own word that it has not. */
    record Refused(int statusWord) implements DebitResult {}

    /** No answer, or one that proves nothing: the card may have done it. The bytes are kept if there are any. */
    record Unknown(byte @Nullable [] answer) implements DebitResult {}
}
