package etal.protocol.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Seeds;
import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.FundedLine;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.Scheme;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every scheme, every basket and every card. */
class SplitPropertiesTest {
    private static final int SEEDS = 5_000;

    /** One sale of a seed. */
    private record Case(Scheme scheme, PointOfSale stall, Basket basket, CardState card) {
        static Case of(SplittableRandom random) {
            Scheme scheme = RandomSchemes.next(random);
            Basket basket = RandomSales.asked(random, RandomSales.basket(random), scheme);
            return new Case(scheme, RandomSales.stall(random), basket, RandomSales.card(random));
        }

        Plan plan() {
            return Split.split(basket, scheme, stall, card);
        }
    }

    /** What DEBIT takes: protocol/docs/card.md. */
    private static void assertDebitTakes(Deltas deltas, Balances before) {
        assertTrue(deltas.fitsCard());
        assertTrue(deltas.allocation() <= 0, "allocation delta above 0");
        assertTrue(deltas.earnable() <= 0, "earnable delta above 0");
        assertTrue(deltas.bonus() <= -deltas.earnable(), "bonus delta above minus the earnable delta");
        assertTrue(before.plus(deltas).fitsCard(), "a balance below zero or too large");
    }

    @Test
    void the_parts_add_up_to_the_whole() {
        Seeds.each(SEEDS, random -> {
            Case sale = Case.of(random);
            Plan plan = sale.plan();
            assertEquals(sale.basket().totalCents(), plan.cardCents() + plan.cashCents());
            long bonusSpent = plan.bonusEarnedCents() - plan.deltas().bonus();
            assertEquals(plan.cardCents(), -plan.deltas().allocation() + bonusSpent);
            assertEquals(plan.bonusEarnedCents(), -plan.deltas().earnable());
            assertTrue(bonusSpent >= 0);
            assertTrue(plan.cashCents() >= sale.basket().otherCents());
        });
    }

    @Test
    void no_purse_falls_below_zero_and_the_card_takes_every_debit() {
        Seeds.each(SEEDS, random -> {
            Case sale = Case.of(random);
            Plan plan = sale.plan();
            Balances before = sale.card().balances();
            assertDebitTakes(plan.deltas(), before);
            // Nothing is earned for nothing, so whenever the card pays something there is something to debit.
            assertEquals(plan.cardCents() == 0, plan.deltas().equals(Deltas.NONE));
            long bonusSpent = plan.bonusEarnedCents() - plan.deltas().bonus();
            assertTrue(bonusSpent <= before.bonus(), "spends what it earns by the same sale");
        });
    }

    @Test
    void the_card_pays_what_is_covered_or_all_it_may_spend() {
        Seeds.each(SEEDS, random -> {
            Case sale = Case.of(random);
            Plan plan = sale.plan();
            Balances before = sale.card().balances();
            long spendable = sale.scheme().card().spendingOrder().stream()
                    .mapToLong(purse -> purse == CardRules.Purse.ALLOCATION ? before.allocation() : before.bonus())
                    .sum();
            assertEquals(Math.min(plan.coveredCents(), spendable), plan.cardCents());
            assertTrue(plan.coveredCents() <= sale.scheme().card().saleMostCents());
            assertTrue(plan.coveredCents() <= sale.basket().conventionedCents());
        });
    }

    @Test
    void where_each_card_has_chosen_its_place_it_pays_nowhere_else() {
        Seeds.each(SEEDS, random -> {
            Case sale = Case.of(random);
            boolean chosenOnly = sale.scheme().convention().pointsOfSale().chosenOnly();
            if (chosenOnly && sale.card().chosenPointOfSale() != sale.stall().id()) {
                assertEquals(0, sale.plan().cardCents());
            }
        });
    }

    @Test
    void over_any_sequence_of_sales_in_a_month_the_caps_hold() {
        Seeds.each(800, random -> {
            Scheme scheme = RandomSchemes.next(random);
            CardState card = RandomSales.card(random);
            long earnable = card.balances().earnable();
            long earned = 0;
            for (int sale = 0; sale < 20; sale++) {
                Basket basket = RandomSales.asked(random, RandomSales.basket(random), scheme);
                Plan plan = Split.split(basket, scheme, RandomSales.stall(random), card);
                Balances before = card.balances();
                assertDebitTakes(plan.deltas(), before);
                card = new CardState(before.plus(plan.deltas()), card.chosenPointOfSale());
                earned += plan.bonusEarnedCents();
                long held = card.balances().allocation() + card.balances().bonus();
                assertTrue(
                        plan.bonusEarnedCents() == 0 || held <= scheme.card().loadCapCents(),
                        "earned beyond the load cap");
            }
            assertTrue(earned <= earnable, "earned " + earned + " of " + earnable);
            assertEquals(earnable - earned, card.balances().earnable());
        });
    }

    @Test
    void the_order_of_the_lines_changes_nothing() {
        Seeds.each(SEEDS, random -> {
            Scheme scheme = RandomSchemes.next(random);
            Basket basket = RandomSales.basket(random);
            List<BasketLine> shuffled = new ArrayList<>(basket.lines());
            Collections.shuffle(shuffled, new Random(random.nextLong()));
            Wish wish = RandomSales.wish(random, basket);
            long discount = RandomSales.discount(random, basket);
            Envelope envelope = RandomSales.envelope(random);
            PointOfSale stall = RandomSales.stall(random);
            CardState card = RandomSales.card(random);
            Asked asked = Prices.ask(basket, scheme, wish, discount, envelope);
            Asked again = Prices.ask(new Basket(shuffled), scheme, wish, discount, envelope);
            if (asked instanceof Asked.At at && again instanceof Asked.At other) {
                assertEquals(sorted(at.basket()), sorted(other.basket()));
                assertEquals(
                        Split.split(at.basket(), scheme, stall, card),
                        Split.split(other.basket(), scheme, stall, card));
            } else {
                assertEquals(asked, again);
            }
        });
    }

    private static List<String> sorted(Basket basket) {
        return basket.lines().stream().map(BasketLine::toString).sorted().toList();
    }

    @Test
    void the_hub_agrees_with_the_terminal_from_the_funded_lines_alone() {
        Seeds.each(SEEDS, random -> {
            Case sale = Case.of(random);
            Plan terminal = sale.plan();
            Balances after = sale.card().balances().plus(terminal.deltas());
            // The hub knows the record: what the purses held afterwards, and the deltas.
            CardState known =
                    new CardState(after.minus(terminal.deltas()), sale.card().chosenPointOfSale());
            Plan hub = Split.split(sale.basket().fundedLines(), sale.scheme(), sale.stall(), known);
            assertEquals(terminal.deltas(), hub.deltas());
            assertEquals(terminal.coveredCents(), hub.coveredCents());
            assertEquals(terminal.bonusEarnedCents(), hub.bonusEarnedCents());
        });
    }

    @Test
    void a_richer_card_never_pays_less() {
        Seeds.each(SEEDS, random -> {
            Case sale = Case.of(random);
            Balances poor = sale.card().balances();
            Balances rich = new Balances(
                    Math.min(Balances.PURSE_MAX, poor.allocation() + random.nextLong(10_000)),
                    Math.min(Balances.PURSE_MAX, poor.bonus() + random.nextLong(10_000)),
                    0);
            CardState richer = new CardState(rich, sale.card().chosenPointOfSale());
            assertTrue(sale.plan().cardCents()
                    <= Split.split(sale.basket(), sale.scheme(), sale.stall(), richer)
                            .cardCents());
        });
    }

    @Test
    void nothing_forged_makes_the_hub_stumble() {
        Seeds.each(SEEDS, random -> {
            Scheme scheme = RandomSchemes.next(random);
            List<FundedLine> lines = IntStream.range(0, random.nextInt(12))
                    .mapToObj(index -> new FundedLine(
                            random.nextBoolean() ? "legumes" : "\uD800",
                            random.nextLong(),
                            random.nextBoolean() ? random.nextLong() : random.nextLong(100_000),
                            random.nextInt(),
                            random.nextInt(-2, 104),
                            random.nextBoolean() ? List.of("bio") : List.of("", "Bio!", "Bio!")))
                    .toList();
            Balances balances = new Balances(any(random), any(random), any(random));
            Plan plan = Split.split(
                    lines,
                    scheme,
                    new PointOfSale(random.nextLong(8), ""),
                    new CardState(balances, random.nextLong(8)));
            assertTrue(plan.cardCents() >= 0
                    && plan.cashCents() >= 0
                    && plan.deltas().fitsCard());
        });
    }

    private static long any(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> random.nextLong();
            default -> random.nextLong(100_000);
        };
    }
}
