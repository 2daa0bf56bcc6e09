package etal.terminal.intent;

import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.ledger.SchemeRef;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bodies that have an array which may be absent. NullAway does not see a nullable array through a class file, so
 * this is the one place where it looks away.
 */
@SuppressWarnings("NullAway")
public final class Bodies {
    private Bodies() {}

    /** A sale. */
    public static Body.Sale sale(
            long sale,
            String seller,
            SchemeRef scheme,
            List<FundedLine> lines,
            byte[] detailsHash,
            @Nullable CardProof card,
            byte @Nullable [] before,
            @Nullable PriceChosen price,
            OptionalLong cardMostCents) {
        Long most = cardMostCents.isPresent() ? cardMostCents.getAsLong() : null;
        return new Body.Sale(sale, seller, scheme, lines, detailsHash, card, before, price, most);
    }

    /** The cancellation of one. */
    public static Body.Cancellation cancellation(
            long sale, Undoing undoing, byte[] detailsHash, @Nullable CardProof card, byte @Nullable [] before) {
        return new Body.Cancellation(sale, undoing.saleHash(), undoing.reason(), detailsHash, card, before);
    }

    /** An intention whose outcome is unknown. */
    public static Body.InDoubt inDoubt(Intention intention, byte @Nullable [] answer) {
        return new Body.InDoubt(
                intention.sale(),
                intention.cardId(),
                intention.counterSeen(),
                intention.deltas(),
                intention.intentHash(),
                answer,
                intention.cancels());
    }
}
