package etal.terminal.screen;

import etal.edge.web.WebRequest;
import etal.protocol.money.Amounts;
import etal.protocol.money.Unit;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people type on a pad, read as they mean it: comma or point, whatever the page's language. Stateless. */
final class Typed {
    private static final Pattern GRAMS = Pattern.compile("[0-9]{1,6}");
    private static final Pattern KILOS = Pattern.compile("([0-9]{1,3})[.,]([0-9]{1,3})");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");
    private static final Pattern RATE = Pattern.compile("([0-9]{1,2})([.,]([0-9]))?");

    private Typed() {}

    /** An amount above 0 in the fund's unit. */
    static OptionalLong amountCents(WebRequest request, String field, Unit unit) {
        // French takes both signs for decimals, and a keypad has but one of them.
        OptionalLong cents = Amounts.parse(request.form(field).orElse(""), unit, Locale.FRENCH);
        return cents.isPresent() && cents.getAsLong() > 0 ? cents : OptionalLong.empty();
    }

    /** A weight: with a comma in kilograms, without one in grams. */
    static OptionalLong grams(WebRequest request, String field) {
        String text = request.form(field).orElse("").strip();
        Matcher kilos = KILOS.matcher(text);
        if (kilos.matches()) {
            String thousandths = (kilos.group(2) + "00").substring(0, 3);
            return positive(Long.parseLong(kilos.group(1)) * 1_000 + Long.parseLong(thousandths));
        }
        return GRAMS.matcher(text).matches() ? positive(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** How many, at least 0. */
    static OptionalLong count(WebRequest request, String field) {
        String text = request.form(field).orElse("").strip();
        return COUNT.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** A rate such as 5,5 as tenths of a per cent. */
    static OptionalInt permille(WebRequest request, String field) {
        Matcher rate = RATE.matcher(request.form(field).orElse("").strip());
        if (!rate.matches()) {
            return OptionalInt.empty();
        }
        int tenths = rate.group(3) == null ? 0 : Integer.parseInt(rate.group(3));
        return OptionalInt.of(Integer.parseInt(rate.group(1)) * 10 + tenths);
    }

    private static OptionalLong positive(long number) {
        return number > 0 ? OptionalLong.of(number) : OptionalLong.empty();
    }
}
