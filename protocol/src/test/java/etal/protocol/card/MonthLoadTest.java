package etal.protocol.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Seeds;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a card loads when a month opens, against figures by hand and against a count month by month. */
class MonthLoadTest {
    private static final int MARCH = 62;
    private static final int APRIL = 63;
    private static final int MAY = 64;
    private static final int JUNE = 65;
    private static final int AUGUST = 67;
    private static final int NEVER = 0;

    /** 150,00 a month from April on for a year, all of it kept, skipped months lost. */
    private static final Entitlement SIMPLE = Entitlement.monthly(15_000, APRIL, APRIL + 11, 1);

    /** The same; 25,00 can be earned a month, 40,00 stay at a load, two skipped months come along. */
    private static final Entitlement FULL = new Entitlement(15_000, 2_500, 4_000, 3, APRIL, APRIL + 11, 2, 1);

    private static Optional<MonthLoad> load(Entitlement entitlement, long allocation, int cardPeriod, int token) {
        return MonthLoad.of(entitlement, new Balances(allocation, 700, 300), cardPeriod, token);
    }

    @Test
    void a_month_is_loaded_once_within_the_entitlements_months() {
        MonthLoad april = new MonthLoad(1, 15_000, 0, new Deltas(15_000, 0, -300));
        assertEquals(Optional.of(april), load(SIMPLE, 0, NEVER, APRIL));
        assertEquals(Optional.of(april), load(SIMPLE, 9_999, APRIL, MAY));
        assertEquals(Optional.empty(), load(SIMPLE, 0, APRIL, APRIL), "already loaded");
        assertEquals(Optional.empty(), load(SIMPLE, 0, MAY, APRIL), "an old token");
        assertEquals(Optional.empty(), load(SIMPLE, 0, NEVER, MARCH), "before the commitment");
        assertEquals(Optional.of(april), load(SIMPLE, 0, NEVER, APRIL + 11), "its last month");
        assertEquals(Optional.empty(), load(SIMPLE, 0, NEVER, APRIL + 12), "after the commitment");
        assertEquals(Optional.empty(), load(Entitlement.monthly(0, APRIL, MAY, 1), 0, NEVER, APRIL), "nothing granted");
    }

    @Test
    void skipped_months_come_along_up_to_the_catch_up_and_the_others_are_lost() {
        assertEquals(1, MonthLoad.monthsDue(FULL, APRIL, MAY));
        assertEquals(2, MonthLoad.monthsDue(FULL, APRIL, JUNE));
        assertEquals(3, MonthLoad.monthsDue(FULL, APRIL, AUGUST), "May is lost");
        assertEquals(1, MonthLoad.monthsDue(FULL, NEVER, APRIL), "nothing before the first month");
        assertEquals(2, MonthLoad.monthsDue(FULL, NEVER, MAY));
        assertEquals(2, MonthLoad.monthsDue(FULL, MARCH - 20, MAY), "an older commitment's months are not this one's");
        assertEquals(1, MonthLoad.monthsDue(SIMPLE, APRIL, AUGUST), "no catch-up");
    }

    @Test
    void what_is_above_keep_expires_and_what_can_be_earned_is_set_anew() {
        // 52,30 left of which 40,00 stay; May and June bring 300,00; 3,00 still to be earned become 25,00.
        MonthLoad june = new MonthLoad(2, 30_000, 1_230, new Deltas(30_000 - 1_230, 0, 2_200));
        assertEquals(Optional.of(june), load(FULL, 5_230, APRIL, JUNE));
        assertEquals(0, load(FULL, 4_000, APRIL, MAY).orElseThrow().expiredCents());
        assertEquals(1, load(FULL, 4_001, APRIL, MAY).orElseThrow().expiredCents());
    }

    @Test
    void a_card_may_hold_less_after_a_load_than_before() {
        Entitlement small = new Entitlement(1_000, 0, 500, 0, APRIL, APRIL + 11, 0, 1);
        MonthLoad may = new MonthLoad(1, 1_000, 9_500, new Deltas(-8_500, 0, -300));
        assertEquals(Optional.of(may), load(small, 10_000, APRIL, MAY));
    }

    @Test
    void an_entitlement_to_bonus_alone_is_loaded_too() {
        Entitlement bonus = new Entitlement(0, 2_500, Balances.PURSE_MAX, 0, APRIL, APRIL + 11, 1, 1);
        assertEquals(Optional.of(new MonthLoad(2, 0, 0, new Deltas(0, 0, 2_200))), load(bonus, 80, APRIL, JUNE));
    }

    @Test
    void a_card_that_would_hold_more_than_31_bits_loads_nothing() {
        long most = Balances.PURSE_MAX;
        assertEquals(1, load(SIMPLE, most - 15_000, APRIL, MAY).orElseThrow().months());
        assertEquals(Optional.empty(), load(SIMPLE, most - 14_999, APRIL, MAY));
        Entitlement huge = new Entitlement(most, 0, 0, 0, APRIL, APRIL + 11, 11, 1);
        assertEquals(
                Optional.of(new Deltas(most, 0, -300)),
                load(huge, 0, APRIL, MAY).map(MonthLoad::deltas));
        assertEquals(Optional.empty(), load(huge, 0, APRIL, JUNE));
    }

    /** A month at a time, as one would with a pencil: nothing of it is arithmetic on periods. */
    private static Optional<MonthLoad> byHand(Entitlement of, Balances before, int cardPeriod, int tokenPeriod) {
        int months = 0;
        for (int month = tokenPeriod; month > 0 && months <= of.catchUpMonths(); month--) {
            boolean loadedBefore = month <= cardPeriod;
            boolean early = month < of.firstPeriod();
            if (loadedBefore || early) {
                break;
            }
            months++;
        }
        boolean late = tokenPeriod > of.lastPeriod();
        if (late || months == 0 || of.amountCents() == 0 && of.earnableCents() == 0) {
            return Optional.empty();
        }
        long allocation = before.allocation();
        long expired = 0;
        if (allocation > of.keepCents()) {
            expired = allocation - of.keepCents();
            allocation = of.keepCents();
        }
        for (int i = 0; i < months; i++) {
            allocation += of.amountCents();
            if (allocation > 0x7FFF_FFFFL) {
                return Optional.empty();
            }
        }
        long earnable = of.earnableCents() - before.earnable();
        return Optional.of(new MonthLoad(
                months,
                allocation + expired - before.allocation(),
                expired,
                new Deltas(allocation - before.allocation(), 0, earnable)));
    }

    private static long cents(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Balances.PURSE_MAX - random.nextInt(3);
            default -> random.nextLong(1L << 1 + random.nextInt(31));
        };
    }

    @Test
    void any_load_is_what_a_count_month_by_month_gives() {
        int[] loads = new int[13];
        Seeds.each(20_000, random -> {
            int first = random.nextInt(80);
            Entitlement entitlement = new Entitlement(
                    cents(random),
                    cents(random),
                    cents(random),
                    random.nextInt(3),
                    first,
                    first + random.nextInt(40),
                    random.nextInt(12),
                    random.nextInt(9));
            Balances before = new Balances(cents(random), cents(random), cents(random));
            int cardPeriod = random.nextBoolean() ? NEVER : random.nextInt(100);
            int tokenPeriod = Math.max(0, first - 3 + random.nextInt(40));
            Optional<MonthLoad> expected = byHand(entitlement, before, cardPeriod, tokenPeriod);
            assertEquals(expected, MonthLoad.of(entitlement, before, cardPeriod, tokenPeriod));
            loads[expected.map(MonthLoad::months).orElse(0)]++;
        });
        if (Long.getLong("etal.seed") == null) {
            for (int months = 0; months <= 12; months++) {
                int seen = loads[months];
                assertTrue(seen > 20, "only " + seen + " loads of " + months + " months were tried");
            }
        }
    }
}
