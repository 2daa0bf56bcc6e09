package etal.hub.members;

import etal.protocol.card.Entitlement;

/**
 * A household with its card. Arrays are not copied: nobody changes them.
 *
 * @param household its number; names stand elsewhere and never in the books
 * @param card the card's id, 8 bytes
 * @param certificate the card's certificate, 114 bytes
 * @param entitlement what the card may load, as it was personalised
 * @param contributionCents what the household pays each month
 * @param denied whether no stall may take the card any more; the one word about a card that may change
 */
public record Member(
        String household,
        byte[] card,
        byte[] certificate,
        int persons,
        Entitlement entitlement,
        long contributionCents,
        boolean denied) {
    /** The version of an entitlement that was never changed since the card was personalised. */
    public static final int FIRST_VERSION = 1;

    /** The point of sale the household has chosen, 0 if none. */
    public long chosenPointOfSale() {
        return entitlement.pointOfSale();
    }

    /** What the household's rights of that month are. */
    public long rightsCents(int period) {
        return entitlement.holdsIn(period) ? entitlement.amountCents() : 0;
    }
}
