package etal.protocol.roster;

import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Contribution.Basis;
import java.time.YearMonth;
import java.util.List;

/**
 * What a household has promised to pay a month. Immutable.
 *
 * @param kind how the amount comes about
 * @param since the first month for which it was promised
 */
public record Promise(Kind kind, YearMonth since) {
    /** How the amount comes about. */
    public sealed interface Kind {
        /** An amount: chosen within bounds, fixed, or reckoned once from an income. */
        record Amount(long cents) implements Kind {}

        /** A bracket of the grid, counted from 0: all that is kept of an income. The grid says what it pays. */
        record Bracket(int index) implements Kind {}
    }

    /** An amount promised from that month on. */
    public static Promise amount(long cents, YearMonth since) {
        return new Promise(new Kind.Amount(cents), since);
    }

    /** A bracket from that month on. */
    public static Promise bracket(int index, YearMonth since) {
        return new Promise(new Kind.Bracket(index), since);
    }

    /**
     * What it comes to under those rules.
     *
     * @param traits ids of the modulators that hold
     * @throws IllegalArgumentException if a bracket is promised that the rules do not have
     */
    public long amountCents(Contribution rules, List<String> traits) {
        return switch (kind) {
            case Kind.Amount(long cents) -> cents;
            case Kind.Bracket(int index) -> {
                if (!(rules.basis() instanceof Basis.Grid grid)
                        || index < 0
                        || index >= grid.brackets().size()) {
                    throw new IllegalArgumentException("the rules have no bracket " + index);
                }
                yield grid.amountCents(index, traits);
            }
        };
    }
}
