package etal.terminal.closing;

import etal.protocol.ledger.Body;
import java.time.LocalDate;
import java.time.YearMonth;

/** What is closed: a day, a month, a year (article 286-I-3° bis of the French tax code). */
public enum Term {
    /** Such as 2025-04-02. */
    DAY(Body.Closing.DAY),
    /** Such as 2025-04. */
    MONTH(Body.Closing.MONTH),
    /** Such as 2025. */
    YEAR(Body.Closing.YEAR);

    private final int code;

    Term(int code) {
        this.code = code;
    }

    /** As the ledger's entry names it. */
    int code() {
        return code;
    }

    /** The name of the one in which a day lies. */
    String name(LocalDate day) {
        return switch (this) {
            case DAY -> day.toString();
            case MONTH -> YearMonth.from(day).toString();
            case YEAR -> String.format(java.util.Locale.ROOT, "%04d", day.getYear());
        };
    }
}
