package etal.protocol.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.money.Amounts;
import etal.protocol.money.Unit;
import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.ShippedSchemes;
import java.io.StringReader;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The reserve months ahead, as one would reckon it on paper. */
class ProjectionTest {
    private static final YearMonth MARCH = YearMonth.of(2025, 3);

    private static Projection.Month month(
            YearMonth month, long contributions, long other, long granted, long spent, long costs, long reserve) {
        return new Projection.Month(month, contributions, other, granted, spent, costs, reserve);
    }

    @Test
    void dieulefits_reserve_is_carried_from_month_to_month() {
        Scheme dieulefit = ShippedSchemes.scheme("dieulefit");
        Admission.Reserve reserve = new Admission.Reserve(1_200_000, 500_000, 2, 90, 10_000, 25_000);
        Projection projection = Projection.of(dieulefit, reserve, MARCH)
                .with(new Projection.Payer(Household.ofAdults(3), 10_500))
                .with(new Projection.Payer(Household.ofAdults(1), 4_000));
        // Contributions 105 + 40 = 145. Granted 200 + 100 = 300, spent 90 %: 270. Funders bear 15 % of 270 = 40.50, and
        // 100 comes in besides: 140.50. Costs 250. March: 12,000 + 145 + 140.50 - 270 - 250 = 11,765.50; April the same
        // again, less 234.50: 11,531.
        assertEquals(
                List.of(
                        month(MARCH, 14_500, 14_050, 30_000, 27_000, 25_000, 1_176_550),
                        month(MARCH.plusMonths(1), 14_500, 14_050, 30_000, 27_000, 25_000, 1_153_100)),
                projection.months());
        assertTrue(projection.belowFloor().isEmpty());
    }

    @Test
    void a_bonus_that_the_fund_bears_itself_is_a_cost_and_one_that_a_funder_owes_is_none() {
        Admission.Reserve reserve = new Admission.Reserve(0, 0, 1, 100, 0, 0);
        Scheme vitalim = ShippedSchemes.scheme("vitalim");
        Projection.Month owed = Projection.of(vitalim, reserve, MARCH)
                .with(new Projection.Payer(Household.ofAdults(2), 0))
                .months()
                .getFirst();
        // The Département bears allocations and bonuses wholly: 100 granted and spent, 100 comes in.
        assertEquals(month(MARCH, 0, 10_000, 10_000, 10_000, 0, 0), owed);
    }

    @Test
    void what_is_pooled_is_given_back_whole() {
        Admission.Reserve reserve = new Admission.Reserve(5_000, 0, 1, 100, 0, 0);
        Projection.Month pooled = Projection.of(ShippedSchemes.scheme("clermont-ferrand"), reserve, MARCH)
                .with(new Projection.Payer(Household.ofAdults(1), 1_001))
                .with(new Projection.Payer(Household.ofAdults(4), 9_000))
                .months()
                .getFirst();
        assertEquals(month(MARCH, 10_001, 0, 10_001, 10_001, 0, 5_000), pooled);
    }

    @Test
    void a_closed_group_costs_nothing_after_its_last_month() {
        Scheme students = ShippedSchemes.scheme("ulb-as-bean");
        YearMonth last = students.admission().term().orElseThrow().last();
        Admission.Reserve reserve = new Admission.Reserve(100_000, 0, 2, 100, 0, 0);
        List<Projection.Month> months = Projection.of(students, reserve, last)
                .with(new Projection.Payer(Household.ofAdults(1), 0))
                .months();
        assertEquals(10_000, months.get(0).grantedCents());
        assertEquals(0, months.get(1).grantedCents());
    }

    @Test
    void so_many_alike_are_the_same_as_each_in_turn() {
        Scheme dieulefit = ShippedSchemes.scheme("dieulefit");
        Admission.Reserve reserve = new Admission.Reserve(0, 0, 3, 33, 0, 0);
        Projection.Payer payer = new Projection.Payer(Household.ofAdults(2), 9_999);
        Projection none = Projection.of(dieulefit, reserve, MARCH);
        assertEquals(
                none.with(payer).with(payer).with(payer).months(),
                none.with(payer, 3).months());
    }

    @Test
    void the_chart_has_a_bar_a_month_and_the_floor_through_all() {
        Projection projection = falling();
        // 400, 200, 0, -200 with a floor of 100: of 50 cells 50, 25, 0 and 25; the floor after the 12th.
        String full = "█";
        assertEquals(
                List.of(
                        "2025-03   €400.00  " + full.repeat(12) + "┊" + full.repeat(37),
                        "2025-04   €200.00  " + full.repeat(12) + "┊" + full.repeat(12),
                        "2025-05     €0.00  " + " ".repeat(12) + "┊",
                        "2025-06  -€200.00  " + "▒".repeat(12) + "┊" + "▒".repeat(12)),
                ReserveChart.of(projection, cents -> Amounts.format(cents, Unit.EURO, Locale.ENGLISH)));
    }

    @Test
    void the_picture_is_sound_xml_with_title_description_and_a_bar_a_month() throws Exception {
        String svg = new ReservePicture(
                        new ReservePicture.Words(
                                "fr", "Réserve <projetée>", "De 400 € à -200 € & plus bas", "plancher"),
                        cents -> Amounts.format(cents, Unit.EURO, Locale.FRENCH))
                .of(falling());
        var document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
        var root = document.getDocumentElement();
        assertEquals("img", root.getAttribute("role"));
        assertEquals("title desc", root.getAttribute("aria-labelledby"));
        assertEquals(
                "Réserve <projetée>",
                document.getElementsByTagName("title").item(0).getTextContent());
        assertEquals(
                "De 400 € à -200 € & plus bas",
                document.getElementsByTagName("desc").item(0).getTextContent());
        // One for the paper, one a month.
        assertEquals(5, document.getElementsByTagName("rect").getLength());
        assertFalse(svg.contains("style="), "a page that allows no style in the line shows it too");
    }

    @Test
    void a_picture_of_one_month_without_money_is_drawn_all_the_same() {
        Scheme dieulefit = ShippedSchemes.scheme("dieulefit");
        Projection nothing = Projection.of(dieulefit, new Admission.Reserve(0, 0, 1, 0, 0, 0), MARCH);
        assertTrue(new ReservePicture(new ReservePicture.Words("fr", "t", "d", "f"), Long::toString)
                .of(nothing)
                .endsWith("</svg>\n"));
        assertEquals(1, ReserveChart.of(nothing, Long::toString).size());
    }

    /** 600 less 200 a month, floor 100. */
    private static Projection falling() {
        Admission.Reserve reserve = new Admission.Reserve(60_000, 10_000, 4, 100, 0, 20_000);
        return Projection.of(ShippedSchemes.scheme("dieulefit"), reserve, MARCH);
    }
}
