package etal.fleet.world.crash;

import java.util.Collection;
import java.util.TreeSet;

/**
 * What the hub's operator has written into its files, read from the facts. Immutable.
 *
 * @param months those opened so far, as periods
 * @param lost whether the card is reported lost
 * @param granted what it is to have a month, 0 for what it was made with
 * @param newKey whether the fund has a new key for its cards
 */
public record Office(TreeSet<Integer> months, boolean lost, long granted, boolean newKey) {
    private static final String MONTH = "the hub opens month ";
    private static final String LOST = "the card is lost";
    private static final String GRANTED = "the card is granted ";
    private static final String NEW_KEY = "the fund has a new key";

    /** Reads them. */
    public static Office of(Collection<String> facts) {
        var months = new TreeSet<Integer>();
        long granted = 0;
        for (String fact : facts) {
            if (fact.startsWith(MONTH)) {
                months.add(Integer.parseInt(fact.substring(MONTH.length())));
            } else if (fact.startsWith(GRANTED)) {
                granted = Long.parseLong(fact.substring(GRANTED.length()));
            }
        }
        return new Office(months, facts.contains(LOST), granted, facts.contains(NEW_KEY));
    }

    /** The month that is open now. */
    public int month() {
        return months.last();
    }

    /** The fact that a month is open. */
    public static String opens(int period) {
        return MONTH + period;
    }

    /** The fact that the card is reported lost. */
    public static String loses() {
        return LOST;
    }

    /** The fact that another amount was voted for the card. */
    public static String grants(long amountCents) {
        return GRANTED + amountCents;
    }

    /** The fact that the root has signed a new key. */
    public static String newKeyMade() {
        return NEW_KEY;
    }
}
