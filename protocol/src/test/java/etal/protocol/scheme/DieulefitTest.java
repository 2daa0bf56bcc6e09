package etal.protocol.scheme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Balances;
import etal.protocol.money.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S1, the default scheme: what its file says, in figures. */
class DieulefitTest {
    private static final YearMonth MARCH = YearMonth.of(2025, 3);

    private final Scheme scheme = Schemes.dieulefit();
    private final Contribution.Basis.Grid grid =
            (Contribution.Basis.Grid) scheme.contribution().basis();

    @Test
    void it_is_the_fund_of_dieulefit_in_euros_from_march_2025() {
        assertEquals("dieulefit", scheme.id());
        assertEquals(1, scheme.fund());
        assertEquals(1, scheme.version());
        assertEquals(LocalDate.of(2025, 3, 1), scheme.holdsFrom());
        assertEquals(ZoneId.of("Europe/Paris"), scheme.zone());
        assertEquals(Unit.EURO, scheme.unit());
        assertEquals(Instant.parse("2025-02-28T23:00:00Z").toEpochMilli(), scheme.holdsFromMillis());
    }

    @ParameterizedTest
    @CsvSource({"1, 10000", "2, 15000", "3, 20000", "4, 25000", "6, 35000"})
    void a_household_gets_100_and_50_for_each_further_person(int persons, long expectedCents) {
        assertEquals(expectedCents, scheme.allocation().amountCents(Household.ofAdults(persons), MARCH));
    }

    @Test
    void nobody_is_no_household() {
        assertThrows(IllegalArgumentException.class, () -> Household.ofAdults(0));
        assertThrows(IllegalArgumentException.class, () -> Household.ofAdults(51));
    }

    @Test
    void fourteen_brackets_from_40_to_200_have_a_mean_of_105() {
        List<Contribution.Bracket> brackets = grid.brackets();
        assertTrue(scheme.assumptions().stream()
                .anyMatch(assumption -> assumption.field().equals("contribution.brackets")));
        assertEquals(14, brackets.size());
        assertEquals(4_000, brackets.getFirst().amountCents());
        assertEquals(20_000, brackets.getLast().amountCents());
        long sumCents =
                brackets.stream().mapToLong(Contribution.Bracket::amountCents).sum();
        assertEquals(10_500 * 14, sumCents);
        assertTrue(IntStream.range(1, 14)
                .allMatch(
                        i -> brackets.get(i - 1).amountCents() < brackets.get(i).amountCents()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, '', 4000",
        "5999.99, 1, '', 4000",
        "6000, 1, '', 5000",
        "18000, 1, '', 10500",
        "27000, 2, '', 10500",
        "26999.99, 2, '', 10000",
        "36000, 3, '', 10500",
        "45000, 1, '', 20000",
        "9999999, 1, '', 20000",
        "18000, 1, parent-isole, 9500",
        "18000, 1, parent-isole handicap, 8500",
        "18000, 1, patrimoine, 12500",
        "0, 1, parent-isole, 4000",
        "45000, 1, patrimoine, 20000",
        "18000, 1, unheard-of, 10500",
    })
    void a_household_contributes_by_income_persons_and_modulators(
            BigDecimal income, int persons, String modulators, long expectedCents) {
        Household adults = Household.ofAdults(persons);
        Household household = new Household(adults.ageYears(), List.of(modulators.split(" ")));
        long incomeCents = income.movePointRight(2).longValueExact();
        assertEquals(
                new Contribution.Range(expectedCents, expectedCents),
                scheme.contribution().range(household, incomeCents, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "legumes, 100, 100",
        "legumes, 0, 0",
        "laitier, 75, 75",
        "alcool, 100, 0",
        "non-alimentaire, 100, 0",
        "a family never heard of, 100, 100",
        "a family never heard of, 0, 0",
    })
    void the_product_list_decides_below_the_familys_ceiling(String family, int productPercent, int expectedPercent) {
        assertEquals(expectedPercent, scheme.convention().coveragePercent(family, List.of(), productPercent, 3));
    }

    @Test
    void every_enrolled_point_of_sale_is_a_member_unless_the_scheme_lists_them() {
        assertEquals(100, scheme.convention().pointsOfSale().coveragePercent(3));
        Scheme listed = Schemes.dieulefitWith("pointsOfSale: enrolled", "pointsOfSale: [3, 5]");
        assertEquals(100, listed.convention().pointsOfSale().coveragePercent(3));
        assertEquals(0, listed.convention().pointsOfSale().coveragePercent(4));
    }

    @Test
    void a_card_loads_up_to_its_cap() {
        assertTrue(scheme.card().mayLoad(new Balances(130_000, 0, 0), 20_000));
        assertFalse(scheme.card().mayLoad(new Balances(130_000, 1, 0), 20_000));
        assertEquals(
                List.of(CardRules.Purse.ALLOCATION, CardRules.Purse.BONUS),
                scheme.card().spendingOrder());
    }

    @Test
    void another_unit_has_other_decimals() {
        Scheme radis = Schemes.dieulefitWith("decimals: 2", "decimals: 0");
        assertEquals(100, radis.allocation().amountCents(Household.ofAdults(1), MARCH));
    }
}
