package etal.protocol.money;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Amounts as people write them: {@code 12,50 €} in French, {@code €12.50} in English. Stateless.
 *
 * <p>The French spaces are U+00A0 everywhere, also between thousands: the narrow U+202F that CLDR recommends
 * is missing from the code page of receipt printers. Reading accepts every space people type.
 */
public final class Amounts {
    private static final char NO_BREAK_SPACE = '\u00A0';
    private static final char NARROW_NO_BREAK_SPACE = '\u202F';
    private static final int TEXT_LENGTH_MAX = 40;

    private Amounts() {}

    /** The amount with its unit, for a reader of that language; any language but French is written as English. */
    public static String format(long amountCents, Unit unit, Locale locale) {
        boolean french = isFrench(locale);
        String plain = BigDecimal.valueOf(amountCents, unit.decimals()).abs().toPlainString();
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        String decimals = point < 0 ? "" : (french ? "," : ".") + plain.substring(point + 1);
        String number = grouped(whole, french ? NO_BREAK_SPACE : ',') + decimals;
        String sign = amountCents < 0 ? "-" : "";
        if (french) {
            return sign + number + NO_BREAK_SPACE + unit.symbol();
        }
        // A word such as "CHF" needs its space; a sign such as "€" stands close.
        String gap = Character.isLetter(unit.symbol().codePointAt(0)) ? String.valueOf(NO_BREAK_SPACE) : "";
        return sign + unit.symbol() + gap + number;
    }

    /**
     * Reads what a person typed: digits, at most the unit's decimals, with or without the unit's symbol or code.
     * French takes comma or point as decimal sign and spaces between thousands; English takes the point, and
     * commas between thousands. Exact: nothing is rounded.
     *
     * @return the amount in the unit's smallest part, or empty if the text is no such amount
     */
    public static OptionalLong parse(String text, Unit unit, Locale locale) {
        if (text.length() > TEXT_LENGTH_MAX) {
            return OptionalLong.empty();
        }
        boolean french = isFrench(locale);
        String number = withoutUnit(plainSpaces(text).strip(), unit);
        boolean negative = number.startsWith("-");
        if (negative) {
            number = withoutUnit(number.substring(1).strip(), unit);
        }
        if (french) {
            number = number.replaceAll("(?<=\\d) (?=\\d{3}(\\D|$))", "").replace(',', '.');
        } else {
            number = number.replaceAll("(?<=\\d),(?=\\d{3}(\\D|$))", "");
        }
        String decimals = unit.decimals() == 0 ? "" : "(\\.\\d{1," + unit.decimals() + "})?";
        if (!number.matches("[0-9]{1,15}" + decimals.replace("\\d", "[0-9]"))) {
            return OptionalLong.empty();
        }
        long cents = new BigDecimal(number).movePointRight(unit.decimals()).longValueExact();
        return OptionalLong.of(negative ? -cents : cents);
    }

    private static String withoutUnit(String text, Unit unit) {
        for (String name : new String[] {unit.symbol(), unit.code()}) {
            if (text.endsWith(name)) {
                return text.substring(0, text.length() - name.length()).strip();
            }
            if (text.startsWith(name)) {
                return text.substring(name.length()).strip();
            }
        }
        return text;
    }

    private static String grouped(String digits, char separator) {
        StringBuilder grouped = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > 0; at -= 3) {
            grouped.insert(at, separator);
        }
        return grouped.toString();
    }

    private static String plainSpaces(String text) {
        return text.replace(NO_BREAK_SPACE, ' ').replace(NARROW_NO_BREAK_SPACE, ' ');
    }

    private static boolean isFrench(Locale locale) {
        return locale.getLanguage().equals("fr");
    }
}
