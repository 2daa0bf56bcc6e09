package etal.protocol.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Shares an amount out so that the parts add up to it, to the cent. Stateless. */
public final class Apportion {
    private Apportion() {}

    /**
     * Shares by the largest remainder (Hamilton's method): each part is its exact share rounded down, and the
     * cents left over go one each to the largest remainders, on a tie to the earlier one. A negative total is
     * shared like its opposite.
     *
     * @param totalCents what is shared out
     * @param weights none negative; not all zero unless the total is zero
     * @return one part per weight, in the same order; they add up to the total
     * @throws IllegalArgumentException if the weights are not as said
     */
    public static List<Long> byLargestRemainder(long totalCents, List<Long> weights) {
        if (weights.stream().anyMatch(weight -> weight < 0)) {
            throw new IllegalArgumentException("a weight is negative");
        }
        BigInteger sum = weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        if (totalCents == 0) {
            return weights.stream().map(weight -> 0L).toList();
        }
        if (sum.signum() == 0) {
            throw new IllegalArgumentException("an amount cannot be shared among weights of zero");
        }
        BigInteger total = BigInteger.valueOf(totalCents).abs();
        List<BigInteger> parts = new ArrayList<>();
        List<BigInteger> remainders = new ArrayList<>();
        for (long weight : weights) {
            BigInteger[] share = total.multiply(BigInteger.valueOf(weight)).divideAndRemainder(sum);
            parts.add(share[0]);
            remainders.add(share[1]);
        }
        int left = total.subtract(parts.stream().reduce(BigInteger.ZERO, BigInteger::add))
                .intValueExact();
        // The sort is stable: among equal remainders the earlier weight comes first.
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing(remainders::get, Comparator.reverseOrder()))
                .limit(left)
                .forEach(index -> parts.set(index, parts.get(index).add(BigInteger.ONE)));
        BigInteger sign = BigInteger.valueOf(Long.signum(totalCents));
        return parts.stream().map(part -> part.multiply(sign).longValueExact()).toList();
    }
}
