package etal.protocol.money;

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
}
