package etal.protocol.scheme;

import etal.protocol.card.Balances;
import java.util.List;

/**
 * What a card may hold, which purse pays first, and what becomes of what is not spent. Immutable.
 *
 * @param loadCapCents most that allocation and bonus may hold together (limited network: a bounded medium)
 * @param spendingOrder each purse once
 * @param carryOver what of the allocation stays when a month opens
 * @param catchUpMonths so many months without a tap are loaded later; those before are lost
 * @param cardsMost cards of one household
 * @param saleMostCents at most so much of one sale, even offline
 * @param offlineDaysMost a terminal that has heard nothing from the hub for longer takes no cards
 */
public record CardRules(
        long loadCapCents,
        List<Purse> spendingOrder,
        CarryOver carryOver,
        int catchUpMonths,
        int cardsMost,
        long saleMostCents,
        int offlineDaysMost) {
    /** The most months that can be caught up. */
    public static final int CATCH_UP_MAX = 11;

    /** The longest time offline that a scheme may allow. */
    public static final int OFFLINE_DAYS_MAX = 366;

    /** The most cards of one household. */
    public static final int CARDS_MAX = 10;

    /** A purse that can be spent. */
    public enum Purse {
        /** The month's allocation. */
        ALLOCATION,
        /** What was earned. */
        BONUS
    }

    /**
     * What stays of an allocation that was not spent when a month opens; the rest expires.
     *
     * @param mostCents at most this amount
     * @param months at most so many monthly allocations; -1 if they are not counted
     */
    public record CarryOver(long mostCents, int months) {
        /** All of it stays. */
        public static final CarryOver ALL = new CarryOver(Balances.PURSE_MAX, -1);

        /** What may stay of a monthly allocation of that size. */
        public long keepCents(long allocationCents) {
            return months < 0 ? mostCents : Math.min(mostCents, months * allocationCents);
        }
    }

    /** @throws IllegalArgumentException if a purse stands in the order twice */
    public CardRules {
        spendingOrder = List.copyOf(spendingOrder);
        if (spendingOrder.stream().distinct().count() < spendingOrder.size()) {
            throw new IllegalArgumentException("a purse twice in the spending order");
        }
    }

    /** Whether a card may load this amount: a terminal asks before it sends LOAD. */
    public boolean mayLoad(Balances before, long amountCents) {
        return before.allocation() + before.bonus() + amountCents <= loadCapCents;
    }
}
