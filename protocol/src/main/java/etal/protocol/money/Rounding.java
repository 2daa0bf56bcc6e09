package etal.protocol.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** The roundings of the house, each with its name. Exact in long arithmetic, stateless. */
public final class Rounding {
    /** The highest rate accepted: ten times the amount. */
    public static final int PERCENT_MAX = 1_000;

    private Rounding() {}

    /**
     * A percentage of an amount, rounded to a whole cent, halves to the even neighbour (IEEE 754's
     * roundTiesToEven): over many lines neither the fund nor the member gains by the rounding.
     *
     * @param amountCents any amount, also negative
     * @param percent 0 to {@link #PERCENT_MAX}
     * @throws IllegalArgumentException if the percentage is outside its bounds
     * @throws ArithmeticException if the result does not fit a long; never for percentages up to 100
     */
    public static long percentHalfEven(long amountCents, int percent) {
        if (percent < 0 || percent > PERCENT_MAX) {
            throw new IllegalArgumentException("percent: 0 to " + PERCENT_MAX);
        }
        // Split into hundreds and rest, both towards zero, so that a product overflows only when the result does.
        long restTimesPercent = amountCents % 100 * percent;
        long towardsZero = Math.addExact(Math.multiplyExact(amountCents / 100, (long) percent), restTimesPercent / 100);
        long leftOver = Math.abs(restTimesPercent % 100);
        boolean away = leftOver > 50 || (leftOver == 50 && (towardsZero & 1) != 0);
        return away ? Math.addExact(towardsZero, Long.signum(amountCents)) : towardsZero;
    }

    /**
     * A share of an amount that takes several factors to name, rounded once to a whole cent, halves to the even
     * neighbour: rounding between the factors would give or take cents.
     *
     * @param amountCents not negative
     * @param numerators factors, none negative
     * @param denominators factors, all above zero
     * @throws IllegalArgumentException if an argument is not as said
     * @throws ArithmeticException if the result does not fit a long
     */
    public static long shareHalfEven(long amountCents, List<Long> numerators, List<Long> denominators) {
        if (amountCents < 0
                || numerators.stream().anyMatch(factor -> factor < 0)
                || denominators.stream().anyMatch(factor -> factor <= 0)) {
            throw new IllegalArgumentException("a share of amounts and factors that are not negative");
        }
        BigInteger above = product(numerators).multiply(BigInteger.valueOf(amountCents));
        return new BigDecimal(above)
                .divide(new BigDecimal(product(denominators)), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    private static BigInteger product(List<Long> factors) {
        return factors.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }
}
