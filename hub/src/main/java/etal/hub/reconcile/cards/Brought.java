package etal.hub.reconcile.cards;

import etal.protocol.card.CardRecord;
import etal.protocol.card.Entitlement;

/**
 * What a load brought and took under an entitlement, by the card's record.
 *
 * @param months how many; 1 when nothing tells, because no amount belongs to a month
 */
public record Brought(long loadedCents, long expiredCents, long months) {
    /** Reckons it. */
    public static Brought of(Entitlement entitlement, CardRecord load) {
        long before = load.before().allocation();
        long kept = before > entitlement.keepCents() ? entitlement.keepCents() : before;
        long loaded = load.after().allocation() - kept;
        long months = entitlement.amountCents() > 0 ? loaded / entitlement.amountCents() : 1;
        return new Brought(loaded, before - kept, months);
    }

    /**
     * Whether the entitlement gives this load, counted month by month.
     *
     * @param period the card's month before it
     * @param exact whether it was this very month, or this one or a later
     */
    static boolean isDue(Entitlement entitlement, CardRecord load, int period, boolean exact) {
        Brought brought = of(entitlement, load);
        boolean whole = brought.loadedCents() == brought.months() * entitlement.amountCents();
        boolean others =
                load.after().bonus() == load.before().bonus() && load.after().earnable() == entitlement.earnableCents();
        int due = monthsDue(entitlement, period, load.period());
        boolean asMany = exact && entitlement.amountCents() > 0
                ? brought.months() == due
                : brought.months() >= 1 && brought.months() <= due;
        return whole && others && asMany;
    }

    /** Counted back from the load's month to the one that was loaded before, as far as the entitlement reaches. */
    private static int monthsDue(Entitlement entitlement, int loadedBefore, int period) {
        int due = 0;
        int month = period;
        while (month > loadedBefore
                && month >= entitlement.firstPeriod()
                && period <= entitlement.lastPeriod()
                && due <= entitlement.catchUpMonths()) {
            due++;
            month--;
        }
        return due;
    }
}
