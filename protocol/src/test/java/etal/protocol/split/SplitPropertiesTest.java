package etal.protocol.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Seeds;
import etal.protocol.card.Balances;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Schemes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every basket and every card. */
class SplitPropertiesTest {
    private static final PointOfSale STALL = new PointOfSale(3, "123456782");
    private static final List<String> FAMILIES = List.of("legumes", "pain", "alcool", "laitier", "inconnu");
    private static final int SEEDS = 3_000;

    private final List<Scheme> schemes = List.of(
            Schemes.dieulefit(),
            Schemes.dieulefitWith("[allocation, bonus]", "[bonus, allocation]"),
            Schemes.dieulefitWith("[allocation, bonus]", "[bonus]"),
            Schemes.dieulefitWith("family: legumes, coverage: 100", "family: legumes, coverage: 75"));

    private static Basket basket(SplittableRandom random) {
        return new Basket(IntStream.range(0, random.nextInt(15))
                .mapToObj(index -> new BasketLine(
                        "p" + index,
                        "P" + index,
                        FAMILIES.get(random.nextInt(FAMILIES.size())),
                        1 + random.nextLong(2_000),
                        random.nextLong(1L << random.nextInt(1, 31)),
                        55,
                        random.nextBoolean() ? 100 : random.nextInt(101)))
                .toList());
    }

    private static Balances card(SplittableRandom random) {
        return new Balances(
                random.nextLong(1L << random.nextInt(31)),
                random.nextLong(1L << random.nextInt(31)),
                random.nextLong(1L << random.nextInt(31)));
    }

    private Scheme scheme(SplittableRandom random) {
        return schemes.get(random.nextInt(schemes.size()));
    }

    @Test
    void the_parts_add_up_to_the_whole() {
        Seeds.each(SEEDS, random -> {
            Basket basket = basket(random);
            Plan plan = Split.split(basket, scheme(random), STALL, card(random));
            assertEquals(basket.totalCents(), plan.cardCents() + plan.cashCents());
            assertEquals(
                    plan.cardCents(),
                    -plan.deltas().allocation() - plan.deltas().bonus());
            assertTrue(plan.cashCents() >= basket.otherCents());
        });
    }

    @Test
    void no_purse_falls_below_zero_and_none_grows() {
        Seeds.each(SEEDS, random -> {
            Balances before = card(random);
            Plan plan = Split.split(basket(random), scheme(random), STALL, before);
            assertTrue(before.plus(plan.deltas()).fitsCard());
            assertTrue(plan.deltas().fitsCard());
            assertTrue(plan.deltas().allocation() <= 0);
            assertTrue(plan.deltas().bonus() <= 0);
            assertEquals(0, plan.deltas().earnable());
        });
    }

    @Test
    void the_card_pays_what_is_covered_or_all_it_may_spend() {
        Seeds.each(SEEDS, random -> {
            Balances before = card(random);
            Scheme scheme = scheme(random);
            Plan plan = Split.split(basket(random), scheme, STALL, before);
            long spendable = scheme.card().spendingOrder().stream()
                    .mapToLong(purse -> purse == CardRules.Purse.ALLOCATION ? before.allocation() : before.bonus())
                    .sum();
            assertEquals(Math.min(plan.coveredCents(), spendable), plan.cardCents());
        });
    }

    @Test
    void the_order_of_the_lines_changes_nothing() {
        Seeds.each(SEEDS, random -> {
            Basket basket = basket(random);
            Scheme scheme = scheme(random);
            Balances before = card(random);
            List<BasketLine> shuffled = new ArrayList<>(basket.lines());
            Collections.shuffle(shuffled, new Random(random.nextLong()));
            assertEquals(
                    Split.split(basket, scheme, STALL, before),
                    Split.split(new Basket(shuffled), scheme, STALL, before));
        });
    }

    @Test
    void equal_inputs_give_equal_plans() {
        Seeds.each(SEEDS, random -> {
            long seed = random.nextLong();
            SplittableRandom first = new SplittableRandom(seed);
            SplittableRandom second = new SplittableRandom(seed);
            assertEquals(
                    Split.split(basket(first), scheme(first), STALL, card(first)),
                    Split.split(basket(second), scheme(second), STALL, card(second)));
        });
    }

    @Test
    void the_hub_agrees_with_the_terminal() {
        Seeds.each(SEEDS, random -> {
            Basket basket = basket(random);
            Scheme scheme = scheme(random);
            Balances before = card(random);
            Plan terminal = Split.split(basket, scheme, STALL, before);
            Balances after = before.plus(terminal.deltas());
            // The hub knows the record: what the purses held afterwards, and the deltas.
            Plan hub = Split.split(basket.fundedLines(), scheme, STALL, after.minus(terminal.deltas()));
            assertEquals(terminal.deltas(), hub.deltas());
            assertEquals(terminal.coveredCents(), hub.coveredCents());
        });
    }

    @Test
    void a_richer_card_never_pays_less() {
        Seeds.each(SEEDS, random -> {
            Basket basket = basket(random);
            Scheme scheme = scheme(random);
            Balances poor = card(random);
            Balances rich = new Balances(
                    Math.min(Balances.PURSE_MAX, poor.allocation() + random.nextLong(10_000)),
                    Math.min(Balances.PURSE_MAX, poor.bonus() + random.nextLong(10_000)),
                    0);
            assertTrue(Split.split(basket, scheme, STALL, poor).cardCents()
                    <= Split.split(basket, scheme, STALL, rich).cardCents());
        });
    }
}
