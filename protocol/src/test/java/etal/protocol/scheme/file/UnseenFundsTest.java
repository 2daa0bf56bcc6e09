package etal.protocol.scheme.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Votes that no fund of the study has cast yet, written as their files and reckoned by hand. */
class UnseenFundsTest {
    private static final YearMonth MAY = YearMonth.of(2025, 5);

    private static Scheme fund(String allocation, String contribution) {
        String yaml = """
                id: essai
                fund: 900
                name: Caisse d'essai
                version: 1
                holdsFrom: 2025-03-01
                zone: Europe/Paris
                unit: { code: EUR, symbol: €, decimals: 2 }
                allocation:
                %s
                contribution:
                %s
                convention: { pointsOfSale: enrolled }
                card: { loadCap: 1000 }
                """.formatted(allocation.indent(2), contribution.indent(2));
        return assertInstanceOf(
                        SchemeReading.Read.class,
                        SchemeFile.read(yaml, "essai.yaml"),
                        () -> SchemeFile.read(yaml, "essai.yaml").toString())
                .scheme();
    }

    private static long givenCents(String allocation, Integer... ages) {
        return fund(allocation, "kind: none").allocation().amountCents(new Household(List.of(ages), List.of()), MAY);
    }

    private static long askedCents(String contribution, long incomeCents, List<Integer> ages, String... traits) {
        Contribution.Range range = fund("kind: fixed\namount: 100", contribution)
                .contribution()
                .range(new Household(ages, List.of(traits)), incomeCents, 0);
        assertEquals(range.leastCents(), range.mostCents());
        return range.leastCents();
    }

    // 100 € for one, 160 € for two, 200 € for three, 30 € for each further person.
    @ParameterizedTest
    @CsvSource({"1, 10000", "2, 16000", "3, 20000", "5, 26000"})
    void an_allocation_by_the_size_of_the_household(int persons, long expectedCents) {
        String allocation = """
                kind: householdSize
                sizes:
                  - { persons: 1, amount: 100 }
                  - { persons: 2, amount: 160 }
                  - { persons: 3, amount: 200 }
                furtherPerson: 30""";
        Integer[] ages = Collections.nCopies(persons, 30).toArray(Integer[]::new);
        assertEquals(expectedCents, givenCents(allocation, ages));
    }

    // « 120 € pour le premier adulte, 80 € par autre adulte, 60 € pour le premier enfant, 40 € pour les suivants ».
    @Test
    void the_first_adult_and_the_first_child_may_count_otherwise() {
        String allocation = "kind: adultChild\nfirstAdult: 120\nadult: 80\nfirstChild: 60\nchild: 40\nchildUnder: 18";
        assertEquals(12_000, givenCents(allocation, 40));
        assertEquals(12_000 + 8_000 + 6_000 + 2 * 4_000, givenCents(allocation, 40, 38, 12, 9, 3));
    }

    // « Les 14-18 ans comptent à 75 %, les moins de 14 ans à la moitié ».
    @Test
    void an_age_may_count_by_a_share() {
        String allocation =
                "kind: ageSteps\nages:\n  - { under: 14, percent: 50 }\n  - { under: 18, percent: 75 }\nothers: 100";
        assertEquals(10_000 + 7_500 + 5_000, givenCents(allocation, 40, 14, 13));
        assertEquals(10_000 + 10_000 + 7_500, givenCents(allocation, 40, 18, 17));
    }

    // Lyon 8: 150 € for the first person, 75 € for each further one, 45 € under 14.
    @Test
    void a_first_person_and_age_steps_go_together() {
        String allocation = "kind: ageSteps\nfirstPerson: 150\nages:\n  - { under: 14, amount: 45 }\nothers: 75";
        assertEquals(15_000, givenCents(allocation, 30));
        assertEquals(15_000 + 7_500 + 7_500 + 4_500, givenCents(allocation, 40, 38, 14, 13));
    }

    // « La carte est rechargée tous les deux mois », at the odd months.
    @Test
    void an_allocation_may_be_given_in_some_months_only() {
        var allocation = fund("kind: fixed\namount: 90\nmonths: [1, 3, 5, 7, 9, 11]", "kind: none")
                .allocation();
        assertEquals(9_000, allocation.amountCents(Household.ofAdults(2), MAY));
        assertEquals(0, allocation.amountCents(Household.ofAdults(2), MAY.plusMonths(1)));
    }

    // « Cotisation selon le quotient familial » : below 600 it is 10 €, from 600 30 €, from 1,200 70 €.
    @ParameterizedTest
    @CsvSource({"0, 1000", "59999, 1000", "60000, 3000", "120000, 7000"})
    void a_grid_may_count_in_the_family_quotient(long quotientCents, long expectedCents) {
        String contribution = """
                kind: grid
                measure: quotient
                brackets:
                  - { quotientFrom: 0, amount: 10 }
                  - { quotientFrom: 600, amount: 30 }
                  - { quotientFrom: 1200, amount: 70 }
                least: 5
                most: 100""";
        assertEquals(expectedCents, askedCents(contribution, quotientCents, List.of(40, 38, 5)));
    }

    // Consumption units: 1, 0.5 for each further person, 0.3 under 14: two adults and a child of 8 are 1.8 parts.
    @ParameterizedTest
    @CsvSource({"1800000, 5000", "1799999, 2000"})
    void children_may_count_less_in_the_parts(long yearlyIncomeCents, long expectedCents) {
        String contribution = """
                kind: grid
                furtherPersonPercent: 50
                childPercent: 30
                childUnder: 14
                brackets:
                  - { incomeFrom: 0, amount: 20 }
                  - { incomeFrom: 10000, amount: 50 }
                least: 5
                most: 100""";
        assertEquals(expectedCents, askedCents(contribution, yearlyIncomeCents, List.of(40, 38, 8)));
    }

    // 35 € each; students half; whoever lives alone with children 5 € less: 35 - 17.50 (half even) - 5 = 12.50.
    @Test
    void a_fixed_contribution_may_be_moved_by_shares_and_amounts() {
        String contribution = """
                kind: fixed
                firstPerson: 35
                modulators:
                  - { id: etudiant, name: Étudiant, changePercent: -50 }
                  - { id: parent-isole, name: Parent isolé, change: -5 }""";
        assertEquals(3_500, askedCents(contribution, 0, List.of(20)));
        assertEquals(1_750, askedCents(contribution, 0, List.of(20), "etudiant"));
        assertEquals(1_250, askedCents(contribution, 0, List.of(20), "etudiant", "parent-isole"));
    }

    // 2 % of 1,234.56 a month are 24.69: 20 rounded down to fives, 25 to the nearest, 25 up.
    @ParameterizedTest
    @CsvSource({"down, 2000", "nearest, 2500", "up, 2500"})
    void a_contribution_may_be_rounded(String way, long expectedCents) {
        String contribution =
                "kind: incomeShare\npermille: 20\nleast: 5\nmost: 200\nrounding: { to: 5, way: " + way + " }";
        assertEquals(expectedCents, askedCents(contribution, 1_481_472, List.of(30)));
    }
}
