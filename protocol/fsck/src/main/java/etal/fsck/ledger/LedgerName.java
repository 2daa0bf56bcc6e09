package etal.fsck.ledger;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A ledger's name, such as {@code t3-e1}: one terminal in one epoch. */
public record LedgerName(long terminal, long epoch) implements Comparable<LedgerName> {
    private static final Pattern FORM = Pattern.compile("t(0|[1-9][0-9]{0,17})-e(0|[1-9][0-9]{0,17})");

    /** The name that {@code text} is, if it is one. */
    public static Optional<LedgerName> parse(String text) {
        Matcher name = FORM.matcher(text);
        return name.matches()
                ? Optional.of(new LedgerName(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(LedgerName other) {
        return Comparator.comparingLong(LedgerName::terminal)
                .thenComparingLong(LedgerName::epoch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return "t" + terminal + "-e" + epoch;
    }
}
