package etal.protocol.scheme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.scheme.Contribution.Basis;
import etal.protocol.scheme.Contribution.Range;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a household may pay a month; the grid is told in {@link DieulefitTest}. */
class ContributionTest {
    private static Contribution plain(Basis basis, boolean over) {
        return new Contribution(basis, Optional.empty(), -1, over, 0, 0);
    }

    // Gironde: at least 10 a household, 5 more for each further person.
    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 1500", "4, 2500"})
    void a_free_contribution_has_a_floor_by_persons(int persons, long leastCents) {
        Contribution free = plain(new Basis.Free(1_000, 500, 25_000), false);
        assertEquals(new Range(leastCents, 25_000), free.range(Household.ofAdults(persons), 0, 100_000));
    }

    @Test
    void a_fixed_one_leaves_no_choice() {
        Contribution fixed = plain(new Basis.Fixed(3_000, 1_000), false);
        assertEquals(new Range(5_000, 5_000), fixed.range(Household.ofAdults(3), 0, 100_000));
    }

    // 1.5 % of a twelfth of the year: 24,000 a year are 2,000 a month, 30 to pay.
    @ParameterizedTest
    @CsvSource({"2400000, 3000", "0, 500", "99999999, 10000", "2400011, 3000"})
    void a_share_of_income_stays_within_its_bounds(long yearlyIncomeCents, long expectedCents) {
        Contribution share = plain(new Basis.IncomeShare(15, 500, 10_000), false);
        assertEquals(
                new Range(expectedCents, expectedCents),
                share.range(Household.ofAdults(1), yearlyIncomeCents, 100_000));
    }

    // 3 % of 34,400 a year are exactly 86 a month; 3 % of 35,210 are 88.025; 2.5 % of 33,601 are 70.00208...
    @ParameterizedTest
    @CsvSource({
        "30, 3440000, 500, UP, 9000",
        "30, 3440000, 500, NEAREST, 8500",
        "30, 3521000, 500, NEAREST, 9000",
        "30, 3521000, 1, NEAREST, 8803",
        "30, 3521000, 1, DOWN, 8802",
        "25, 3360100, 100, UP, 7100",
        "25, 3360000, 100, UP, 7000",
    })
    void a_share_is_rounded_once(
            int permille, long yearlyIncomeCents, long stepCents, Contribution.RoundTo.Way way, long expectedCents) {
        Contribution share =
                plain(new Basis.IncomeShare(permille, 0, 100_000, new Contribution.RoundTo(stepCents, way)), false);
        assertEquals(
                new Range(expectedCents, expectedCents),
                share.range(Household.ofAdults(1), yearlyIncomeCents, 100_000));
    }

    @Test
    void whoever_may_over_contribute_may_go_beyond_the_rule_but_not_below() {
        Contribution fixed = plain(new Basis.Fixed(3_000, 0), true);
        Range range = fixed.range(Household.ofAdults(1), 0, 100_000);
        assertTrue(range.holds(3_000) && range.holds(100_000));
        assertFalse(range.holds(2_999) || range.holds(100_001));
    }

    @Test
    void where_nothing_is_asked_nothing_is_paid() {
        assertEquals(new Range(0, 0), plain(new Basis.None(), false).range(Household.ofAdults(1), 0, 0));
    }

    @Test
    void an_impossible_income_is_refused() {
        Contribution none = plain(new Basis.None(), false);
        assertThrows(IllegalArgumentException.class, () -> none.range(Household.ofAdults(1), -1, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> none.range(Household.ofAdults(1), Contribution.INCOME_MAX_CENTS + 1, 0));
    }

    // S6: 25 a person; four persons can earn 100; a cap of 60 a household is lower.
    @Test
    void the_bonus_is_capped_by_persons_and_by_household() {
        Bonus byPerson = new Bonus(50, List.of("bio"), List.of(), Bonus.Places.ALL, 2_500, Bonus.NO_CAP, false, "");
        assertEquals(10_000, byPerson.earnableCents(4));
        Bonus both = new Bonus(50, List.of(), List.of(), Bonus.Places.ALL, 2_500, 6_000, false, "");
        assertEquals(6_000, both.earnableCents(4));
        assertEquals(2_500, both.earnableCents(1));
        Bonus free = new Bonus(50, List.of(), List.of(), Bonus.Places.ALL, Bonus.NO_CAP, Bonus.NO_CAP, false, "");
        assertEquals(Integer.MAX_VALUE, free.earnableCents(50));
    }

    @Test
    void a_bonus_asks_for_label_family_and_place_together() {
        Bonus bonus = new Bonus(
                30,
                List.of("bio", "durable"),
                List.of("legumes"),
                new Bonus.Places(List.of("producteur"), List.of(9L)),
                Bonus.NO_CAP,
                Bonus.NO_CAP,
                false,
                "");
        assertTrue(bonus.earns("legumes", List.of("durable"), 1, "producteur"));
        assertTrue(bonus.earns("legumes", List.of("bio"), 9, ""));
        assertFalse(bonus.earns("legumes", List.of(), 9, ""));
        assertFalse(bonus.earns("pain", List.of("bio"), 9, ""));
        assertFalse(bonus.earns("legumes", List.of("bio"), 8, "supermarche"));
    }
}
