package etal.protocol.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.catalogue.Product;
import etal.protocol.ledger.FundedLine;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Schemes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S1, row by row, reckoned by hand. */
class SplitTableTest {
    private static final PointOfSale STALL = new PointOfSale(3, "123456782");
    private final Scheme scheme = Schemes.dieulefit();

    /** Lines as {@code price@coverage}, in cents and percent, separated by spaces. */
    private static Basket basket(String lines) {
        return new Basket(Arrays.stream(lines.split(" "))
                .map(line -> line.split("@"))
                .map(line -> line("legumes", Long.parseLong(line[0]), Integer.parseInt(line[1])))
                .toList());
    }

    private static CardState card(Balances balances) {
        return CardState.of(balances);
    }

    private static BasketLine line(String family, long priceCents, int coveragePercent) {
        return new BasketLine("p", "P", family, 1, priceCents, 55, coveragePercent);
    }

    @ParameterizedTest
    @CsvSource({
        // the member's word, in cents -> covered, card, cash, bonus spent
        "2400@100 600@0, 20000,   0, 1000, 1000, 1000, 2000,   0",
        "2400@100 600@0, 20000,   0, 9999, 2400, 2400,  600,   0",
        // a card that holds less than its member's word lacks the difference
        "2400@100,         700,   0, 1000, 1000,  700, 1700,   0",
        "2400@100,         700, 500, 1000, 1000, 1000, 1400, 300",
        "2400@100,       20000,   0,    0,    0,    0, 2400,   0",
    })
    void a_member_may_let_the_card_pay_less(
            String lines, long allocation, long bonus, long most, long covered, long paid, long cash, long bonusSpent) {
        Plan plan = Split.split(basket(lines), scheme, STALL, card(new Balances(allocation, bonus, 0)), most);
        assertEquals(covered, plan.coveredCents());
        assertEquals(paid, plan.cardCents());
        assertEquals(cash, plan.cashCents());
        assertEquals(-bonusSpent, plan.deltas().bonus());
    }

    @ParameterizedTest
    @CsvSource({
        // lines, allocation, bonus -> covered, card, cash, allocation, bonus
        // money.md 4: basket 30: 24 on the card, 6 of wine in cash
        "2400@100 600@0,           20000,     0,  2400,  2400,   600,  2400,    0",
        // money.md 5: coverage 75 % of 20, 5 in cash
        "2000@75,                  20000,     0,  1500,  1500,   500,  1500,    0",
        // the card is empty in the middle of the basket
        "2400@100 600@0,            1000,     0,  2400,  1000,  2000,  1000,    0",
        "2400@100,                     0,     0,  2400,     0,  2400,     0,    0",
        // nothing conventioned: nothing for the card
        "600@0 250@0,              20000,     0,     0,     0,   850,     0,    0",
        // the allocation first, then the bonus
        "2400@100,                  1000,   900,  2400,  1900,   500,  1000,  900",
        "2400@100,                 20000,   900,  2400,  2400,     0,  2400,    0",
        // each line is rounded half to even: 0.5 -> 0, 1.5 -> 2, 2.5 -> 2; together 4, though half of 9 is 4.5
        "1@50 3@50 5@50,           20000,     0,     4,     4,     5,     4,    0",
        "1@50 1@50 1@50,           20000,     0,     0,     0,     3,     0,    0",
        "333@33,                   20000,     0,   110,   110,   223,   110,    0",
        // exactly what is left
        "2400@100,                  2400,     0,  2400,  2400,     0,  2400,    0",
    })
    void baskets_are_split_as_reckoned_by_hand(
            String lines,
            long allocation,
            long bonus,
            long covered,
            long card,
            long cash,
            long fromAllocation,
            long fromBonus) {
        Plan plan = Split.split(basket(lines), scheme, STALL, card(new Balances(allocation, bonus, 0)));
        assertEquals(new Plan(covered, new Deltas(-fromAllocation, -fromBonus, 0), card, cash), plan);
        assertEquals(card < covered, plan.shortfall());
    }

    @Test
    void a_basket_shows_both_views_of_itself() {
        Basket basket = basket("2400@100 1000@75 600@0");
        assertEquals(4_000, basket.totalCents());
        assertEquals(3_400, basket.conventionedCents());
        assertEquals(600, basket.otherCents());
        assertEquals(
                List.of(new FundedLine("legumes", 1, 2_400, 55, 100), new FundedLine("legumes", 1, 1_000, 55, 75)),
                basket.fundedLines());
    }

    @Test
    void the_hub_reckons_the_same_from_the_funded_lines_alone() {
        Basket basket = basket("2400@100 1000@75 600@0");
        Balances before = new Balances(3_000, 0, 0);
        Plan terminal = Split.split(basket, scheme, STALL, card(before));
        Plan hub = Split.split(basket.fundedLines(), scheme, STALL, card(before));
        assertEquals(terminal.deltas(), hub.deltas());
        assertEquals(terminal.cardCents(), hub.cardCents());
        assertEquals(1_000, terminal.cashCents());
        assertEquals(400, hub.cashCents());
    }

    @Test
    void what_the_scheme_excludes_is_never_covered_whatever_the_product_list_says() {
        Basket wine = new Basket(List.of(line("alcool", 900, 100), line("pain", 300, 100)));
        Plan plan = Split.split(wine, scheme, STALL, card(new Balances(20_000, 0, 0)));
        assertEquals(300, plan.cardCents());
        assertEquals(900, plan.cashCents());
    }

    @Test
    void a_stall_that_is_no_member_sells_for_cash() {
        Scheme listed = Schemes.dieulefitWith("pointsOfSale: enrolled", "pointsOfSale: [4]");
        Plan plan = Split.split(basket("2400@100"), listed, STALL, card(new Balances(20_000, 0, 0)));
        assertEquals(new Plan(0, Deltas.NONE, 0, 2_400), plan);
    }

    @Test
    void the_scheme_says_which_purse_pays_first() {
        Scheme bonusFirst = Schemes.dieulefitWith("[allocation, bonus]", "[bonus, allocation]");
        Plan plan = Split.split(basket("2400@100"), bonusFirst, STALL, card(new Balances(20_000, 900, 0)));
        assertEquals(new Deltas(-1_500, -900, 0), plan.deltas());
        Scheme allocationOnly = Schemes.dieulefitWith("[allocation, bonus]", "[allocation]");
        Plan without = Split.split(basket("2400@100"), allocationOnly, STALL, card(new Balances(1_000, 900, 0)));
        assertEquals(new Deltas(-1_000, 0, 0), without.deltas());
    }

    @Test
    void lines_that_no_till_could_ring_up_are_not_covered() {
        Balances before = new Balances(20_000, 0, 0);
        List<FundedLine> forged = List.of(
                new FundedLine("legumes", 1, Long.MAX_VALUE, 55, 100),
                new FundedLine("legumes", 1, Long.MAX_VALUE, 55, 100),
                new FundedLine("legumes", 1, -500, 55, 100),
                new FundedLine("legumes", 1, 500, 55, 101),
                new FundedLine("legumes", 1, 500, 55, -1),
                new FundedLine("legumes", 1, 700, 55, 100));
        assertEquals(700, Split.split(forged, scheme, STALL, card(before)).cardCents());
        assertEquals(
                Plan.class,
                Split.split(forged, scheme, STALL, card(new Balances(Long.MIN_VALUE, Long.MAX_VALUE, 0)))
                        .getClass());
    }

    @Test
    void a_line_has_bounds() {
        assertThrows(IllegalArgumentException.class, () -> line("legumes", -1, 100));
        assertThrows(IllegalArgumentException.class, () -> line("legumes", 1L << 31, 100));
        assertThrows(IllegalArgumentException.class, () -> line("legumes", 100, 101));
        Product milk = new Product("milk", "Lait", "laitier", 135, 55, 100);
        assertEquals(405, BasketLine.of(milk, 3).priceCents());
        assertThrows(IllegalArgumentException.class, () -> BasketLine.of(milk, 0));
        assertThrows(IllegalArgumentException.class, () -> BasketLine.of(milk, Long.MAX_VALUE));
        assertTrue(BasketLine.of(milk, 1).conventioned());
        assertFalse(line("legumes", 100, 0).conventioned());
    }
}
