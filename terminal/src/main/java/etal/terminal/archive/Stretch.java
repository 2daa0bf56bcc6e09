package etal.terminal.archive;

import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The entries of a period, without gaps: from the first that was written in it to the last, and on to the closing of a day,
 * month or year that ends in it, where that was closed later.
 *
 * @param firstNumber the first
 * @param lastNumber the last
 * @param closed whether a day's closing follows every sale and cancellation among them
 */
record Stretch(long firstNumber, long lastNumber, boolean closed) {
    /** Of the days from one to another, both in it; empty where nothing was written. */
    static Optional<Stretch> of(List<SignedEntry> entries, LocalDate from, LocalDate to, ZoneId zone) {
        long first = 0;
        long last = 0;
        for (SignedEntry signed : entries) {
            LocalDate day =
                    LocalDate.ofInstant(Instant.ofEpochMilli(signed.entry().timeMillis()), zone);
            boolean within = !day.isBefore(from) && !day.isAfter(to);
            if (within || (signed.entry().body() instanceof Body.Closing closing && ends(closing, from, to))) {
                first = first == 0 ? signed.entry().number() : first;
                last = signed.entry().number();
            }
        }
        return first == 0 ? Optional.empty() : Optional.of(new Stretch(first, last, closed(entries, first, last)));
    }

    boolean holds(long number) {
        return number >= firstNumber && number <= lastNumber;
    }

    private static boolean ends(Body.Closing closing, LocalDate from, LocalDate to) {
        LocalDate end = switch (closing.period()) {
            case Body.Closing.DAY -> LocalDate.parse(closing.day());
            case Body.Closing.MONTH -> YearMonth.parse(closing.day()).atEndOfMonth();
            default -> Year.parse(closing.day()).atMonth(12).atEndOfMonth();
        };
        return !end.isBefore(from) && !end.isAfter(to);
    }

    private static boolean closed(List<SignedEntry> entries, long first, long last) {
        boolean open = false;
        for (SignedEntry signed : entries.subList((int) first - 1, (int) last)) {
            open = switch (signed.entry().body()) {
                case Body.Sale sale -> true;
                case Body.Cancellation cancellation -> true;
                case Body.Closing closing -> open && closing.period() != Body.Closing.DAY;
                default -> open;
            };
        }
        return !open;
    }
}
