package etal.protocol.scheme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.protocol.card.Balances;
import etal.protocol.scheme.Allocation.Basis;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a household is given a month, by each way a fund has found to say it. */
class AllocationTest {
    private static final YearMonth APRIL = YearMonth.of(2025, 4);

    private static Allocation plain(Basis basis) {
        return new Allocation(basis, Household.PERSONS_MAX, Balances.PURSE_MAX, List.of());
    }

    /** Ages separated by spaces. */
    private static Household household(String ages, String... traits) {
        return new Household(
                Arrays.stream(ages.split(" ")).map(Integer::valueOf).toList(), List.of(traits));
    }

    @ParameterizedTest
    @CsvSource({"40, 5000", "40 38 9 3, 5000"})
    void a_fixed_amount_is_the_same_for_everybody(String ages, long expectedCents) {
        assertEquals(expectedCents, plain(new Basis.Fixed(5_000)).amountCents(household(ages), APRIL));
    }

    @ParameterizedTest
    @CsvSource({"40, 5000", "40 38 9 3, 20000"})
    void an_amount_per_person_counts_them_all(String ages, long expectedCents) {
        assertEquals(expectedCents, plain(new Basis.PerPerson(5_000)).amountCents(household(ages), APRIL));
    }

    // Genève: 150 per adult, 75 per child; who turns 18 is a child no more.
    @ParameterizedTest
    @CsvSource({"40, 15000", "40 38, 30000", "40 17, 22500", "40 18, 30000", "40 38 9 0, 45000"})
    void children_count_less_below_an_age(String ages, long expectedCents) {
        Basis basis = new Basis.AdultsAndChildren(15_000, 7_500, 18);
        assertEquals(expectedCents, plain(basis).amountCents(household(ages), APRIL));
    }

    // Lyon 8: 150 for the first person, 75 for others, 45 under 14: 150 + 75 + 75 + 45.
    @ParameterizedTest
    @CsvSource({"40, 15000", "40 38, 22500", "40 38 14 13, 34500", "13 40, 19500", "13, 15000"})
    void steps_of_age_hold_for_all_but_the_oldest(String ages, long expectedCents) {
        Basis basis = new Basis.AgeSteps(15_000, List.of(new Basis.AgeSteps.Step(14, 4_500)), 7_500);
        assertEquals(expectedCents, plain(basis).amountCents(household(ages), APRIL));
    }

    @ParameterizedTest
    @CsvSource({"2, 1000", "3, 2000", "11, 2000", "12, 3000", "40, 3000"})
    void without_an_amount_for_the_first_the_steps_hold_for_the_oldest_too(String ages, long expectedCents) {
        Basis basis = new Basis.AgeSteps(
                -1, List.of(new Basis.AgeSteps.Step(3, 1_000), new Basis.AgeSteps.Step(12, 2_000)), 3_000);
        assertEquals(expectedCents, plain(basis).amountCents(household(ages), APRIL));
    }

    @ParameterizedTest
    @CsvSource({"2025-02, 0", "2025-03, 12000", "2025-08, 12000", "2025-09, 10000", "2026-01, 10000"})
    void a_cycle_holds_until_the_next_begins(YearMonth month, long expectedCents) {
        Basis basis = new Basis.Cycles(List.of(
                new Basis.Cycles.Cycle(YearMonth.of(2025, 3), 12_000),
                new Basis.Cycles.Cycle(YearMonth.of(2025, 9), 10_000)));
        assertEquals(expectedCents, plain(basis).amountCents(household("40"), month));
    }

    @Test
    void at_most_so_many_persons_count_the_oldest_first() {
        Basis basis = new Basis.AdultsAndChildren(15_000, 7_500, 18);
        Allocation two = new Allocation(basis, 2, Balances.PURSE_MAX, List.of());
        assertEquals(30_000, two.amountCents(household("3 40 9 38"), APRIL));
    }

    @Test
    void a_supplement_is_added_once_a_household_and_the_cap_comes_last() {
        Allocation allocation = new Allocation(
                new Basis.PerPerson(10_000),
                Household.PERSONS_MAX,
                24_000,
                List.of(new Allocation.Supplement("grossesse", "Grossesse", 3_000)));
        assertEquals(13_000, allocation.amountCents(household("30", "grossesse"), APRIL));
        assertEquals(13_000, allocation.amountCents(household("30", "grossesse", "grossesse"), APRIL));
        assertEquals(24_000, allocation.amountCents(household("30 28 2", "grossesse"), APRIL));
        assertEquals(10_000, allocation.amountCents(household("30", "autre"), APRIL));
    }

    @Test
    void a_fund_of_prices_alone_puts_nothing_on_a_card() {
        assertFalse(plain(new Basis.None()).onCard());
        assertEquals(0, plain(new Basis.None()).amountCents(household("40"), APRIL));
    }

    @Test
    void nobody_and_impossible_ages_are_no_household() {
        assertThrows(IllegalArgumentException.class, () -> new Household(List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> household("-1"));
        assertThrows(IllegalArgumentException.class, () -> household("131"));
    }
}
