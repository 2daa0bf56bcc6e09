package etal.hub.reconcile.cards;

import etal.protocol.card.order.CardOrder;
import etal.protocol.cose.Hash;
import java.util.OptionalLong;

/**
 * An order to a card as its bytes have it, with what stands beside them.
 *
 * @param firstPeriod of a SET: the first month that the books open by it
 * @param taken counter of the record that took it, as the store says
 */
public record OrderSeen(CardOrder order, String why, int firstPeriod, OptionalLong taken) {
    /** The card's id, in hexadecimal. */
    public String card() {
        return Hash.hex(order.head().cardId());
    }

    /** What it is called in a fault. */
    String name() {
        String what = switch (order) {
            case CardOrder.Add add -> "voucher " + add.number();
            case CardOrder.Set set -> "entitlement " + set.entitlement().version();
            case CardOrder.Block block -> "block order";
        };
        return "card " + card() + " " + what;
    }
}
