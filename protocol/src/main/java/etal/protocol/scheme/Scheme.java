package etal.protocol.scheme;

import etal.protocol.card.Balances;
import etal.protocol.money.Unit;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * The rules a fund has voted, one version of them, with the day from which they hold. Immutable.
 *
 * @param id short name of the fund's scheme, as {@code dieulefit}
 * @param fund the fund's number, 32 bits unsigned
 * @param name for people
 * @param version only ever grows
 * @param holdsFrom first day, in the zone
 * @param zone in which the fund's days and months begin
 * @param unit what all amounts count
 */
public record Scheme(
        String id,
        long fund,
        String name,
        long version,
        LocalDate holdsFrom,
        ZoneId zone,
        Unit unit,
        Allocation allocation,
        Contribution contribution,
        Convention convention,
        CardRules card) {

    /** The moment from which the scheme holds, in milliseconds since 1970. */
    public long holdsFromMillis() {
        return holdsFrom.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /**
     * What each household is given a month, by the number of persons, adult or child.
     *
     * @param firstPersonCents for one person
     * @param furtherPersonCents for each person more
     */
    public record Allocation(long firstPersonCents, long furtherPersonCents) {
        /** The largest household counted. */
        public static final int PERSONS_MAX = 50;

        /**
         * A month's allocation.
         *
         * @param persons 1 to {@link #PERSONS_MAX}
         * @throws IllegalArgumentException for any other number
         */
        public long amountCents(int persons) {
            if (persons < 1 || persons > PERSONS_MAX) {
                throw new IllegalArgumentException("persons: 1 to " + PERSONS_MAX);
            }
            return firstPersonCents + furtherPersonCents * (persons - 1);
        }
    }

    /** A purse that can be spent. */
    public enum Purse {
        /** The month's allocation. */
        ALLOCATION,
        /** What was earned. */
        BONUS
    }

    /**
     * What a card may hold, and which purse pays first.
     *
     * @param loadCapCents most that allocation and bonus may hold together (limited network: a bounded medium)
     * @param spendingOrder each purse once
     */
    public record CardRules(long loadCapCents, List<Purse> spendingOrder) {
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
}
