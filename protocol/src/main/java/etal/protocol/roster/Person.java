package etal.protocol.roster;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Somebody of a household. The day of birth is not kept: a month is enough for every rule. Immutable.
 *
 * @param born the month of birth
 * @param since the first day as one of the household
 * @param until the last day, if it is known
 */
public record Person(YearMonth born, LocalDate since, Optional<LocalDate> until) {
    private static final int MONTHS_A_YEAR = 12;

    /** @throws IllegalArgumentException if somebody would come before being born, or leave before coming */
    public Person {
        if (YearMonth.from(since).isBefore(born)) {
            throw new IllegalArgumentException("nobody comes before being born");
        }
        if (until.isPresent() && until.get().isBefore(since)) {
            throw new IllegalArgumentException("nobody leaves before coming");
        }
    }

    /** One of the household from the beginning, as far as the fund knows. */
    public static Person bornIn(YearMonth born) {
        return new Person(born, born.atEndOfMonth(), Optional.empty());
    }

    /** Whether the person counts for a month: who is there on its first day does, who comes later from the next one on. */
    public boolean countsIn(YearMonth month) {
        LocalDate opening = month.atDay(1);
        return !since.isAfter(opening)
                && until.map(last -> !last.isBefore(opening)).orElse(true);
    }

    /**
     * The age in completed years on a month's first day. As the day of birth is not known it is taken to be over at the
     * end of its month: an age begins to count in the month after the birthday's.
     */
    public int ageYears(YearMonth month) {
        long months = ChronoUnit.MONTHS.between(born, month);
        return (int) Math.max(0, (months - 1) / MONTHS_A_YEAR);
    }
}
