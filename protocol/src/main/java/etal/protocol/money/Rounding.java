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
        // Split into hundreds and rest, so that the product overflows only when the result does.
        long hundreds = Math.floorDiv(amountCents, 100L);
        long restTimesPercent = Math.floorMod(amountCents, 100L) * percent;
        long below = Math.addExact(Math.multiplyExact(hundreds, (long) percent), restTimesPercent / 100);
        long left = restTimesPercent % 100;
        boolean up = left > 50 || (left == 50 && (below & 1) != 0);
        return up ? Math.addExact(below, 1) : below;
    }
}
