package etal.protocol.scheme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.scheme.PointsOfSale.Criteria;
import etal.protocol.scheme.PointsOfSale.Grid;
import etal.protocol.scheme.PointsOfSale.KindRate;
import etal.protocol.scheme.PointsOfSale.Registered;
import etal.protocol.scheme.PointsOfSale.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the card pays, and at which rate. */
class PointsOfSaleTest {
    private static Registered point(long id, String kind, List<String> meets, Map<String, Integer> scores) {
        return new Registered(id, kind, 100, meets, new TreeMap<>(scores));
    }

    // Gironde: 3 of 5 criteria cover 50 %, 4 of 5 75 % (assumed), 5 of 5 100 %.
    @ParameterizedTest
    @CsvSource({"'', 0", "a b, 0", "a b c, 50", "a b c d, 75", "e d c b a, 100", "a a a a a, 0", "a b x y z, 0"})
    void so_many_criteria_met_give_so_much(String meets, int expectedPercent) {
        Criteria criteria = new Criteria(
                List.of("a", "b", "c", "d", "e"), List.of(new Step(3, 50), new Step(4, 75), new Step(5, 100)));
        PointsOfSale points = new PointsOfSale(
                List.of(point(7, "epicerie", List.of(meets.split(" ")), Map.of())),
                0,
                List.of(),
                Optional.of(criteria),
                Optional.empty(),
                List.of(),
                false);
        assertEquals(expectedPercent, points.coveragePercent(7));
    }

    // Two categories of two and one criteria, scored 0 to 3: 9 points there are; 60 % is reached with 6 (66 %), not 5
    // (55 %).
    @ParameterizedTest
    @CsvSource({"3, 3, 3, 100", "3, 3, 0, 100", "2, 3, 0, 0", "3, 2, 0, 0", "0, 0, 0, 0"})
    void a_grid_counts_its_points(int prix, int accueil, int bio, int expectedPercent) {
        assertEquals(expectedPercent, graded(0, prix, accueil, bio).coveragePercent(7));
    }

    // Each category must reach a third of its own points: 2 of 6, and 1 of 3.
    @ParameterizedTest
    @CsvSource({"3, 3, 0, 0", "3, 3, 1, 100", "1, 0, 3, 0", "3, 0, 3, 100"})
    void no_category_of_a_grid_may_be_left_out(int prix, int accueil, int bio, int expectedPercent) {
        assertEquals(expectedPercent, graded(33, prix, accueil, bio).coveragePercent(7));
    }

    private static PointsOfSale graded(int categoryLeastPercent, int prix, int accueil, int bio) {
        Grid grid = new Grid(
                3,
                List.of(
                        new Grid.Category("pratique", "Praticité", List.of("prix", "accueil")),
                        new Grid.Category("qualite", "Qualité", List.of("bio"))),
                List.of(new Step(60, 100)),
                categoryLeastPercent);
        return new PointsOfSale(
                List.of(point(7, "", List.of(), Map.of("prix", prix, "accueil", accueil, "bio", bio))),
                0,
                List.of(),
                Optional.empty(),
                Optional.of(grid),
                List.of(),
                false);
    }

    @Test
    void a_simplified_kind_needs_no_grid_but_keeps_its_own_ceilings() {
        Criteria never = new Criteria(List.of("a"), List.of(new Step(1, 100)));
        PointsOfSale points = new PointsOfSale(
                List.of(
                        point(1, "producteur", List.of(), Map.of()),
                        point(2, "supermarche", List.of(), Map.of()),
                        point(3, "supermarche", List.of("a"), Map.of()),
                        new Registered(4, "producteur", 80, List.of(), new TreeMap<>())),
                30,
                List.of(new KindRate("supermarche", 50)),
                Optional.of(never),
                Optional.empty(),
                List.of("producteur"),
                false);
        assertEquals(100, points.coveragePercent(1));
        assertEquals(0, points.coveragePercent(2));
        assertEquals(50, points.coveragePercent(3));
        assertEquals(80, points.coveragePercent(4));
        assertEquals(30, points.coveragePercent(5));
        assertEquals("supermarche", points.kind(3));
        assertEquals("", points.kind(5));
    }

    @Test
    void the_lowest_of_all_rates_holds() {
        Convention convention = new Convention(
                new PointsOfSale(
                        List.of(new Registered(1, "", 80, List.of(), new TreeMap<>())),
                        100,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        false),
                List.of(new Convention.Family("vin", 0), new Convention.Family("viande", 60)),
                90,
                Optional.of(new Convention.Labels(
                        List.of(new Convention.Labels.Rate("bio", 100), new Convention.Labels.Rate("local", 70)), 40)));
        assertEquals(80, convention.coveragePercent("pain", List.of("bio"), 100, 1));
        assertEquals(90, convention.coveragePercent("pain", List.of("bio", "local"), 100, 2));
        assertEquals(70, convention.coveragePercent("pain", List.of("local"), 100, 1));
        assertEquals(40, convention.coveragePercent("pain", List.of(), 100, 1));
        assertEquals(60, convention.coveragePercent("viande", List.of("bio"), 100, 1));
        assertEquals(0, convention.coveragePercent("vin", List.of("bio"), 100, 1));
        assertEquals(25, convention.coveragePercent("pain", List.of("bio"), 25, 1));
    }
}
