package etal.fleet.market;

/**
 * A member household of the day; it has one card.
 *
 * @param number from 1
 * @param persons adults and children together
 * @param entitlementCents what the scheme gives it this month
 * @param contributionCents what it pays this month, by the scheme's grid
 */
public record Household(int number, int persons, long entitlementCents, long contributionCents) {
    /** The name in the members' list, such as {@code F0007}. */
    public String id() {
        return String.format(java.util.Locale.ROOT, "F%04d", number);
    }
}
