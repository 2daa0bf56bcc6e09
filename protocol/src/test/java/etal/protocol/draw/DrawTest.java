package etal.protocol.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.ShippedSchemes;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes in, and where a draw stops. */
class DrawTest {
    private static final YearMonth APRIL = YearMonth.of(2025, 4);
    private static final Scheme DIEULEFIT = ShippedSchemes.scheme("dieulefit");

    /** Without funders' shares, so that the sums can be done in the head. */
    private static Projection projection(long availableCents, long floorCents, int months) {
        Scheme alone = ShippedSchemes.scheme("montpellier");
        return Projection.of(alone, new Admission.Reserve(availableCents, floorCents, months, 100, 0, 0), APRIL);
    }

    private static Admission.Way.Draw rules(int drawMost, Admission.Quota... quotas) {
        return new Admission.Way.Draw("Loto", drawMost, List.of(quotas), new Admission.Reserve(0, 0, 1, 100, 0, 0));
    }

    private static Candidate alone(String id, long contributionCents, String group) {
        return new Candidate(id, 1, List.of(), contributionCents, group, List.of());
    }

    private static List<String> ids(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::id).toList();
    }

    private static List<String> drawnIds(Draw draw) {
        return draw.order().stream().map(DrawOrder.Drawn::id).toList();
    }

    @Test
    void households_come_in_as_drawn_while_the_reserve_holds_and_nobody_is_passed_over() {
        // Montpellier gives 100 a month. Each of these pays 50: it costs 50 a month, 150 in 3 months. With 1,000 at
        // hand
        // and a floor of 500 there is room for 3 (1,000 - 450 = 550), not for a 4th (400).
        List<Candidate> candidates =
                IntStream.range(0, 8).mapToObj(n -> alone("F" + n, 5_000, "")).toList();
        Draw draw = Draw.of(rules(100), 100, candidates, "graine", 0, projection(100_000, 50_000, 3));
        assertEquals(drawnIds(draw).subList(0, 3), ids(draw.admitted()));
        Draw.Stop.ReserveShort stop = (Draw.Stop.ReserveShort) draw.stop();
        assertEquals(drawnIds(draw).get(3), stop.candidate().id());
        assertEquals(YearMonth.of(2025, 6), stop.month().month());
        assertEquals(40_000, stop.month().reserveCents());
    }

    @Test
    void a_household_behind_the_one_that_stops_the_draw_does_not_come_in_even_if_it_costs_nothing() {
        List<Candidate> candidates = new ArrayList<>();
        IntStream.range(0, 8).forEach(n -> candidates.add(alone("F" + n, n % 2 == 0 ? 1_000 : 10_000, "")));
        Draw draw = Draw.of(rules(100), 100, candidates, "graine", 0, projection(10_000, 0, 1));
        int admitted = draw.admitted().size();
        assertEquals(drawnIds(draw).subList(0, admitted), ids(draw.admitted()));
        assertTrue(draw.stop() instanceof Draw.Stop.ReserveShort, draw.stop().toString());
    }

    @Test
    void one_month_below_the_floor_is_enough_even_when_the_reserve_recovers() {
        // A cycle of 150 from July on in Toulouse: what holds in June falls short in July.
        Scheme toulouse = ShippedSchemes.scheme("toulouse-nord");
        Projection now = Projection.of(toulouse, new Admission.Reserve(4_000, 0, 4, 100, 0, 0), YearMonth.of(2025, 5));
        Draw draw = Draw.of(rules(9), 9, List.of(alone("F1", 10_000, "")), "graine", 0, now);
        assertEquals(
                YearMonth.of(2025, 7),
                ((Draw.Stop.ReserveShort) draw.stop()).month().month());
    }

    @Test
    void a_draw_admits_no_more_than_it_may_and_the_fund_has_no_more_than_its_places() {
        List<Candidate> candidates =
                IntStream.range(0, 30).mapToObj(n -> alone("F" + n, 10_000, "")).toList();
        Draw most = Draw.of(rules(10), 100, candidates, "graine", 0, projection(0, 0, 6));
        assertEquals(new Draw.Stop.DrawFull(10), most.stop());
        assertEquals(10, most.admitted().size());
        Draw places = Draw.of(rules(10), 100, candidates, "graine", 96, projection(0, 0, 6));
        assertEquals(new Draw.Stop.FundFull(100), places.stop());
        assertEquals(4, places.admitted().size());
        Draw all = Draw.of(rules(50), 100, candidates, "graine", 0, projection(0, 0, 6));
        assertEquals(new Draw.Stop.NobodyLeft(), all.stop());
        assertEquals(drawnIds(all), ids(all.admitted()));
    }

    @Test
    void a_reserve_that_is_short_already_says_so() {
        Draw draw = Draw.of(rules(10), 10, List.of(alone("F1", 10_000, "")), "graine", 0, projection(100, 500, 2));
        assertTrue(((Draw.Stop.ReserveShort) draw.stop()).already());
        assertEquals(List.of(), draw.admitted());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void quotas_hold_wherever_the_draw_stops(long seed) {
        Random random = new Random(seed);
        List<Candidate> candidates = IntStream.range(0, 60)
                .mapToObj(n ->
                        alone("F" + n, 10_000, List.of("", "", "", "a", "b").get(random.nextInt(5))))
                .toList();
        Admission.Quota a = new Admission.Quota("a", 30);
        Draw draw = Draw.of(rules(40, a), 100, candidates, "s" + seed, 0, projection(0, 0, 3));
        long has = 0;
        long all = candidates.stream().filter(one -> one.group().equals("a")).count();
        for (int place = 1; place <= draw.admitted().size(); place++) {
            has += draw.admitted().get(place - 1).group().equals("a") ? 1 : 0;
            assertTrue(100 * has >= 30L * place || has == all, "seed " + seed + ", place " + place);
        }
        // Within a group, and among those outside it, the drawn order stays.
        List<String> outside = draw.order().stream()
                .map(DrawOrder.Drawn::id)
                .filter(id -> draw.admitted().stream()
                        .anyMatch(one -> one.id().equals(id) && !one.group().equals("a")))
                .toList();
        assertEquals(
                outside,
                ids(draw.admitted().stream()
                        .filter(one -> !one.group().equals("a"))
                        .toList()));
    }

    @Test
    void a_quota_without_candidates_gives_its_places_to_all() {
        List<Candidate> candidates =
                IntStream.range(0, 5).mapToObj(n -> alone("F" + n, 10_000, "")).toList();
        Draw draw = Draw.of(rules(5, new Admission.Quota("a", 50)), 10, candidates, "g", 0, projection(0, 0, 1));
        assertEquals(drawnIds(draw), ids(draw.admitted()));
    }

    @Test
    void dieulefit_draws_at_most_ten_and_a_fund_without_a_draw_nobody() {
        List<Candidate> candidates =
                IntStream.range(0, 20).mapToObj(n -> alone("F" + n, 10_500, "")).toList();
        Draw draw = Draw.of(DIEULEFIT, candidates, "graine", 0, APRIL).orElseThrow();
        assertEquals(new Draw.Stop.DrawFull(10), draw.stop());
        assertTrue(Draw.of(ShippedSchemes.scheme("brest"), candidates, "graine", 0, APRIL)
                .isEmpty());
    }
}
