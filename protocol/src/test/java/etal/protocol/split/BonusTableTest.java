package etal.protocol.split;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.scheme.Bonus;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.CardRules.Purse;
import etal.protocol.scheme.Convention;
import etal.protocol.scheme.PointsOfSale;
import etal.protocol.scheme.PointsOfSale.Registered;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Schemes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bonus, labels, cap per sale and chosen point of sale, reckoned by hand: money.md, posting 6a. */
class BonusTableTest {
    private static final PointOfSale STALL = new PointOfSale(3, "123456782");
    private static final Bonus HALF_ON_ORGANIC =
            new Bonus(50, List.of("bio"), List.of(), Bonus.Places.ALL, 2_500, Bonus.NO_CAP, false, "");

    private static Scheme scheme(Convention convention, Bonus bonus, long loadCapCents, long saleMostCents) {
        Scheme base = Schemes.dieulefit();
        return new Scheme(
                base.id(),
                base.fund(),
                base.name(),
                base.version(),
                base.holdsFrom(),
                base.zone(),
                base.unit(),
                base.parity(),
                base.allocation(),
                base.contribution(),
                base.commitment(),
                convention,
                Optional.of(bonus),
                Optional.empty(),
                new CardRules(
                        loadCapCents,
                        List.of(Purse.BONUS, Purse.ALLOCATION),
                        CardRules.CarryOver.ALL,
                        0,
                        1,
                        saleMostCents,
                        366),
                base.admission(),
                base.funding(),
                List.of());
    }

    private static Scheme scheme(Bonus bonus, long loadCapCents, long saleMostCents) {
        return scheme(Schemes.dieulefit().convention(), bonus, loadCapCents, saleMostCents);
    }

    /** Lines as {@code price@coverage}, with {@code b} behind if organic. */
    private static Basket basket(String lines) {
        return new Basket(Arrays.stream(lines.split(" "))
                .map(line -> {
                    String[] parts = line.replace("b", "").split("@");
                    List<String> labels = line.endsWith("b") ? List.of("bio", "local") : List.of("local");
                    long cents = Long.parseLong(parts[0]);
                    return new BasketLine("p", "P", "legumes", 1, cents, 55, Integer.parseInt(parts[1]), labels);
                })
                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        // lines, allocation, bonus, earnable, load cap, sale cap -> card, allocation, bonus, earned
        // money.md 6a: organic 20, bonus 50 %
        "2000@100b,           20000,   0, 2500, 150000, 900000, 2000, -2000, 1000, 1000",
        "2000@100,            20000,   0, 2500, 150000, 900000, 2000, -2000,    0,    0",
        // half of it organic: 50 % of 10
        "1000@100b 1000@100,  20000,   0, 2500, 150000, 900000, 2000, -2000,  500,  500",
        // the card pays 10 of 20, half of which is organic: 50 % of 5
        "1000@100b 1000@100,   1000,   0, 2500, 150000, 900000, 1000, -1000,  250,  250",
        // covered 3 + 5 cents, paid 5: 5 x 3/8 x 50 % = 0.9375 -> 1
        "3@100b 5@100,            5,   0, 2500, 150000, 900000,    5,    -5,    1,    1",
        // 1 x 50 % = 0.5 -> 0; 3 x 50 % = 1.5 -> 2: halves to the even neighbour
        "1@100b,              20000,   0, 2500, 150000, 900000,    1,    -1,    0,    0",
        "3@100b,              20000,   0, 2500, 150000, 900000,    3,    -3,    2,    2",
        // S6: at most 25 a month: what is left of it
        "2000@100b,           20000,   0,  700, 150000, 900000, 2000, -2000,  700,  700",
        "2000@100b,           20000,   0,    0, 150000, 900000, 2000, -2000,    0,    0",
        // after paying 20.00 of 200.00 the card holds 180.00; a cap of 185.00 leaves room for 5.00
        "2000@100b,           20000,   0, 2500,  18500, 900000, 2000, -2000,  500,  500",
        "2000@100b,           20000,   0, 2500,  17000, 900000, 2000, -2000,    0,    0",
        // the bonus pays first here, and what it pays earns too: delta = earned - spent
        "2000@100b,           20000, 300, 2500, 150000, 900000, 2000, -1700,  700, 1000",
        // at most 12.00 of a sale: 12 x 50 %
        "2000@100b,           20000,   0, 2500, 150000,   1200, 1200, -1200,  600,  600",
        // coverage 75 %: what the card does not pay earns nothing
        "2000@75b,            20000,   0, 2500, 150000, 900000, 1500, -1500,  750,  750",
    })
    void a_bonus_is_earned_as_reckoned_by_hand(
            String lines,
            long allocation,
            long bonus,
            long earnable,
            long loadCap,
            long saleMost,
            long card,
            long allocationDelta,
            long bonusDelta,
            long earned) {
        Plan plan = Split.split(
                basket(lines),
                scheme(HALF_ON_ORGANIC, loadCap, saleMost),
                STALL,
                CardState.of(new Balances(allocation, bonus, earnable)));
        assertEquals(new Deltas(allocationDelta, bonusDelta, -earned), plan.deltas());
        assertEquals(card, plan.cardCents());
        assertEquals(earned, plan.bonusEarnedCents());
    }

    @Test
    void what_is_paid_with_bonus_may_earn_none_itself() {
        Bonus bonus = new Bonus(50, List.of(), List.of(), Bonus.Places.ALL, 2_500, Bonus.NO_CAP, true, "");
        Plan plan = Split.split(
                basket("2000@100"),
                scheme(bonus, 150_000, 900_000),
                STALL,
                CardState.of(new Balances(20_000, 300, 2_500)));
        // 3.00 from the bonus, 17.00 from the allocation: 50 % of 17.00
        assertEquals(new Deltas(-1_700, 550, -850), plan.deltas());
    }

    @Test
    void a_bonus_may_hold_at_some_places_only() {
        Bonus elsewhere = new Bonus(
                50, List.of(), List.of(), new Bonus.Places(List.of(), List.of(4L)), 2_500, Bonus.NO_CAP, false, "");
        CardState card = CardState.of(new Balances(20_000, 0, 2_500));
        Scheme scheme = scheme(elsewhere, 150_000, 900_000);
        assertEquals(0, Split.split(basket("2000@100"), scheme, STALL, card).bonusEarnedCents());
        PointOfSale four = new PointOfSale(4, "123456782");
        assertEquals(1_000, Split.split(basket("2000@100"), scheme, four, card).bonusEarnedCents());
    }

    @Test
    void the_lowest_of_product_family_label_and_place_is_covered() {
        Convention convention = new Convention(
                new PointsOfSale(
                        List.of(new Registered(3, "", 75, List.of(), new TreeMap<>())),
                        0,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        false),
                List.of(new Convention.Family("legumes", 90)),
                100,
                Optional.of(new Convention.Labels(List.of(new Convention.Labels.Rate("bio", 80)), 50)));
        Scheme scheme = scheme(convention, HALF_ON_ORGANIC, 150_000, 900_000);
        CardState card = CardState.of(new Balances(20_000, 0, 0));
        // organic: min(100, 90, 80, 75) = 75; not organic: min(100, 90, 50, 75) = 50; the list's own 40 is lower still
        assertEquals(750, Split.split(basket("1000@100b"), scheme, STALL, card).cardCents());
        assertEquals(500, Split.split(basket("1000@100"), scheme, STALL, card).cardCents());
        assertEquals(400, Split.split(basket("1000@40b"), scheme, STALL, card).cardCents());
        PointOfSale unknown = new PointOfSale(9, "123456782");
        assertEquals(0, Split.split(basket("1000@100b"), scheme, unknown, card).cardCents());
    }

    @Test
    void where_a_place_must_be_chosen_a_card_pays_there_alone() {
        PointsOfSale chosen =
                new PointsOfSale(List.of(), 100, List.of(), Optional.empty(), Optional.empty(), List.of(), true);
        Convention convention = new Convention(chosen, List.of(), 100, Optional.empty());
        Scheme scheme = scheme(convention, HALF_ON_ORGANIC, 150_000, 900_000);
        Balances purses = new Balances(20_000, 0, 0);
        assertEquals(
                1_000,
                Split.split(basket("1000@100"), scheme, STALL, new CardState(purses, 3))
                        .cardCents());
        assertEquals(
                0,
                Split.split(basket("1000@100"), scheme, STALL, new CardState(purses, 4))
                        .cardCents());
        assertEquals(
                0,
                Split.split(basket("1000@100"), scheme, STALL, new CardState(purses, 0))
                        .cardCents());
    }
}
