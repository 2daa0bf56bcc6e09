package etal.protocol.split;

import etal.protocol.card.Balances;
import etal.protocol.scheme.Scheme;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Baskets, wishes and cards, from everyday ones to the largest there can be. */
final class RandomSales {
    private RandomSales() {}

    static PointOfSale stall(SplittableRandom random) {
        return new PointOfSale(1 + random.nextInt(RandomSchemes.POINTS), "123456782");
    }

    static Basket basket(SplittableRandom random) {
        int widest = random.nextInt(8, 28);
        return new Basket(IntStream.range(0, random.nextInt(15))
                .mapToObj(index -> line(random, widest))
                .toList());
    }

    private static BasketLine line(SplittableRandom random, int widest) {
        String product = RandomSchemes.PRODUCTS.get(random.nextInt(RandomSchemes.PRODUCTS.size()));
        return new BasketLine(
                product,
                product,
                RandomSchemes.FAMILIES.get(random.nextInt(RandomSchemes.FAMILIES.size())),
                1 + random.nextLong(30),
                random.nextLong(1L << random.nextInt(1, widest)),
                55,
                random.nextBoolean() ? 100 : random.nextInt(101),
                RandomSchemes.LABELS.stream()
                        .filter(label -> random.nextInt(3) == 0)
                        .toList());
    }

    static CardState card(SplittableRandom random) {
        Balances balances = new Balances(purse(random), purse(random), purse(random));
        return new CardState(balances, random.nextInt(RandomSchemes.POINTS + 1));
    }

    static long purse(SplittableRandom random) {
        return random.nextLong(1L << random.nextInt(32));
    }

    static Wish wish(SplittableRandom random, Basket basket) {
        return switch (random.nextInt(5)) {
            case 0 -> Wish.FAIR;
            case 1 -> new Wish.Free(random.nextLong(1 + 2 * basket.fairCents()));
            default ->
                new Wish.Choice(List.of("accessible", "juste", "solidaire").get(random.nextInt(3)));
        };
    }

    static long discount(SplittableRandom random, Basket basket) {
        return random.nextBoolean() ? 0 : random.nextLong(1 + basket.fairCents());
    }

    static Envelope envelope(SplittableRandom random) {
        return new Envelope(random.nextBoolean() ? Balances.PURSE_MAX : purse(random));
    }

    /** The basket at the prices asked, or at the fair ones if the wish cannot be met. */
    static Basket asked(SplittableRandom random, Basket basket, Scheme scheme) {
        Asked asked = Prices.ask(basket, scheme, wish(random, basket), discount(random, basket), envelope(random));
        return asked instanceof Asked.At at ? at.basket() : basket;
    }
}
