package etal.hub.settle;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;

/** The days on which euro payments settle: not on weekends, nor on the six closing days of TARGET (ECB, since 2002). */
final class TargetCalendar {
    private static final List<MonthDay> CLOSED =
            List.of(MonthDay.of(1, 1), MonthDay.of(5, 1), MonthDay.of(12, 25), MonthDay.of(12, 26));

    private TargetCalendar() {}

    /** The first settlement day after that day. */
    static LocalDate nextAfter(LocalDate day) {
        LocalDate next = day.plusDays(1);
        while (closed(next)) {
            next = next.plusDays(1);
        }
        return next;
    }

    private static boolean closed(LocalDate day) {
        LocalDate easter = easterSunday(day.getYear());
        return day.getDayOfWeek() == DayOfWeek.SATURDAY
                || day.getDayOfWeek() == DayOfWeek.SUNDAY
                || CLOSED.contains(MonthDay.from(day))
                || day.equals(easter.minusDays(2))
                || day.equals(easter.plusDays(1));
    }

    /** The Gregorian computus of Meeus, Jones and Butcher. */
    static LocalDate easterSunday(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
        int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
        return LocalDate.of(year, f / 31, f % 31 + 1);
    }
}
