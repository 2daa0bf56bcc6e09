package etal.fsck.ledger;

import etal.fsck.bytes.Digest;
import etal.fsck.bytes.Value;
import java.util.List;
import java.util.Optional;

/** What an entry says, as far as a checker can follow it. */
public sealed interface Body {
    /** The first entry: the fund, the terminal's chain and the seller. */
    record Genesis(long fund, List<Digest> chain, String seller, boolean rebuilt) implements Body {}

    /** An acknowledgement written into the chain. */
    record CheckpointReceived(Checkpoint checkpoint) implements Body {}

    /**
     * A sale.
     *
     * @param terms seller, scheme, lines and details hash, in the order of the intent
     * @param priceCents what its lines cost together
     */
    record Sale(long sale, String seller, List<Value> terms, long priceCents, Optional<CardProof> card)
            implements Body {}

    /**
     * A sale undone at the stall.
     *
     * @param saleHash of the sale's whole entry
     * @param terms the sale's hash, the reason and the details hash, in the order of the intent
     */
    record Cancellation(long sale, Digest saleHash, List<Value> terms, Optional<CardProof> card) implements Body {}

    /** A debit that was undone at the stall. */
    record RefundRequest(long sale, CardProof card) implements Body {}

    /** A sale number that came to nothing, or a sale whose cancellation did. */
    record Abandoned(long sale, boolean cancelling) implements Body {}

    /** A debit whose outcome was unknown, or a cancellation. */
    record InDoubt(long sale, boolean cancelling) implements Body {}

    /** A card's record carried to the hub, open when it was made here. */
    record RecordCarried(Optional<CardProof> card) implements Body {}

    /**
     * A closing.
     *
     * @param period 1 day, 2 month, 3 year
     * @param sales sales since the last closing of this kind
     * @param cardCents card money of these sales
     * @param perpetualCents card money of all sales
     * @param cancelled cancellations since the last closing of this kind
     * @param backCents card money given back by them
     * @param perpetualBackCents card money given back by all of them
     */
    record Closing(
            int period,
            long sales,
            long cardCents,
            long perpetualCents,
            long cancelled,
            long backCents,
            long perpetualBackCents)
            implements Body {}

    /** What is said of a training. */
    sealed interface Training extends Body {
        /** From here on the till practises. */
        record Begins() implements Training {}

        /** The till sells again. */
        record Ends() implements Training {}

        /** Something sold for practice. */
        record Sale(long number) implements Training {}
    }

    /** The end of the ledger. */
    record Retirement() implements Body {}

    /** Any other technical event, rules applied or clock adjusted: right in form, nothing to recompute. */
    record Note() implements Body {}
}
