package etal.terminal.sale;

import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.ledger.SchemeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bodies that have an array which may be absent. NullAway does not see a nullable array through a class file, so
 * this is the one place where it looks away.
 */
@SuppressWarnings("NullAway")
final class Bodies {
    private Bodies() {}

    static Body.Sale sale(
            long sale,
            String seller,
            SchemeRef scheme,
            List<FundedLine> lines,
            byte[] detailsHash,
            @Nullable CardProof card,
            byte @Nullable [] before,
            @Nullable PriceChosen price) {
        return new Body.Sale(sale, seller, scheme, lines, detailsHash, card, before, price);
    }

    static Body.InDoubt inDoubt(
            long sale, byte[] cardId, long counterSeen, Deltas deltas, byte[] intentHash, byte @Nullable [] answer) {
        return new Body.InDoubt(sale, cardId, counterSeen, deltas, intentHash, answer);
    }
}
