package etal.protocol.split;

import etal.protocol.cose.Hash;
import etal.protocol.scheme.Scheme;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Some thousand sales from one seed, and the hash of all their plans: the same wherever it runs. */
public final class GoldenPlans {
    static final int SALES = 4_000;

    private GoldenPlans() {}

    /** Prints the hash, for a second virtual machine. */
    public static void main(String[] args) throws NoSuchAlgorithmException {
        System.out.println(hash());
    }

    static String hash() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        SplittableRandom random = new SplittableRandom(42);
        for (int sale = 0; sale < SALES; sale++) {
            Scheme scheme = RandomSchemes.next(random);
            Basket rungUp = RandomSales.basket(random);
            Asked asked = Prices.ask(
                    rungUp,
                    scheme,
                    RandomSales.wish(random, rungUp),
                    RandomSales.discount(random, rungUp),
                    RandomSales.envelope(random));
            Basket basket = asked instanceof Asked.At at ? at.basket() : rungUp;
            Plan plan = Split.split(basket, scheme, RandomSales.stall(random), RandomSales.card(random));
            digest.update((asked(asked) + " " + plan(plan) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Hash.hex(digest.digest());
    }

    private static String asked(Asked asked) {
        return switch (asked) {
            case Asked.At at ->
                at.basket().lines().stream()
                        .map(line -> line.priceCents() + "-" + line.discountCents())
                        .collect(Collectors.joining(" "));
            case Asked.NoSuchChoice unknown -> unknown.id();
            case Asked.NoFreePrice none -> "no free price";
            case Asked.OutsideFreePrice outside -> outside.leastCents() + ".." + outside.mostCents();
            case Asked.DiscountTooHigh high -> "discount " + high.mostCents();
            case Asked.TooDear dear -> "dear " + dear.mostCents();
        };
    }

    private static String plan(Plan plan) {
        long fundCents = plan.tariff().map(TariffSide::fundCents).orElse(0L);
        return Stream.of(
                        plan.coveredCents(),
                        plan.deltas().allocation(),
                        plan.deltas().bonus(),
                        plan.deltas().earnable(),
                        plan.cardCents(),
                        plan.cashCents(),
                        plan.bonusEarnedCents(),
                        fundCents)
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }
}
