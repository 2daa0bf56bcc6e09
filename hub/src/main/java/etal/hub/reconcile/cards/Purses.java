package etal.hub.reconcile.cards;

import etal.protocol.card.CardRecord;

/** What a record says it did, out of its balances alone. Pure. */
public final class Purses {
    private Purses() {}

    /** What a record took from the card's purses. */
    public static long paidCents(CardRecord record) {
        long before = record.before().allocation() + record.before().bonus();
        long after = record.after().allocation() + record.after().bonus();
        return before - after + earnedCents(record);
    }

    /** What a record turned from earnable into bonus. */
    public static long earnedCents(CardRecord record) {
        return record.before().earnable() - record.after().earnable();
    }
}
