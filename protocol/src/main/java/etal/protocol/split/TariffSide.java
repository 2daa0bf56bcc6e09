package etal.protocol.split;

import etal.protocol.ledger.PriceChosen;
import java.util.Optional;

/**
 * What a chosen price means for those who bear it. Immutable.
 *
 * @param choice which of the scheme's choices, or {@link PriceChosen#FREE}
 * @param fairCents the basket at the fair price
 * @param paidCents what the buyer is asked for it, before the seller's discount
 * @param fundCents what the pooled fund owes the seller; below zero what the seller owes it; 0 if the shop bears all
 */
public record TariffSide(String choice, long fairCents, long paidCents, long fundCents) {
    /** What the ledger says of it: something only where the fund's money follows. */
    public Optional<PriceChosen> forLedger() {
        return fundCents == 0 ? Optional.empty() : Optional.of(new PriceChosen(choice, fairCents, paidCents));
    }

    /** What the buyer pays beyond the fair price for the pooled fund; no part of the seller's turnover. */
    public long surplusCents() {
        return Math.max(0, -fundCents);
    }
}
