package etal.hub.members;

/**
 * A household with its card. Arrays are not copied: nobody changes them.
 *
 * @param household its number; names stand elsewhere and never in the books
 * @param card the card's id, 8 bytes
 * @param certificate the card's certificate, 114 bytes
 * @param entitlementCents what the card loads each month
 * @param firstPeriod first month of the entitlement
 * @param lastPeriod last month of the entitlement
 * @param contributionCents what the household pays each month
 * @param denied whether no stall may take the card any more; the one word about a card that may change
 */
public record Member(
        String household,
        byte[] card,
        byte[] certificate,
        int persons,
        long entitlementCents,
        int firstPeriod,
        int lastPeriod,
        long contributionCents,
        boolean denied) {
    /** Whether the household is entitled in that month. */
    public boolean entitledIn(int period) {
        return period >= firstPeriod && period <= lastPeriod;
    }
}
