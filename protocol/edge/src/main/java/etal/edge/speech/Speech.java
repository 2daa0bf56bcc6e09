package etal.edge.speech;

import etal.protocol.Said;
import etal.protocol.money.Amounts;
import etal.protocol.money.Unit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks what the core says, in one language. {@code {0}} takes an argument as it is,
 * days and lists as people say them, {@code {0:amount}} money.
 * Immutable, safe for use by any thread.
 */
public final class Speech {
    private static final Pattern PLACE = Pattern.compile("\\{([0-9])(:amount)?\\}");

    private final ResourceBundle bundle;
    private final Locale locale;
    private final Unit unit;

    private Speech(String texts, Locale locale, Unit unit) {
        this.locale = locale;
        this.unit = unit;
        this.bundle = ResourceBundle.getBundle(
                texts, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /**
     * French is complete; English stands beside it.
     *
     * @param texts the resource bundle, such as {@code etal.terminal.speech.messages}
     * @param unit in which amounts are said
     */
    public static Speech of(String texts, Locale locale, Unit unit) {
        return new Speech(texts, locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.FRENCH, unit);
    }

    /**
     * The sentence. A key without a sentence is a bug. The sentence is walked once: what an argument holds is never
     * taken for a place of another.
     */
    public String speak(Said said) {
        Matcher place = PLACE.matcher(bundle.getString(said.key()));
        StringBuilder sentence = new StringBuilder();
        while (place.find()) {
            int index = Integer.parseInt(place.group(1));
            boolean given = index < said.args().size();
            boolean money = place.group(2) != null;
            String spoken = given && !(money && !(said.args().get(index) instanceof Long))
                    ? spoken(said.args().get(index), money)
                    : place.group();
            place.appendReplacement(sentence, Matcher.quoteReplacement(spoken));
        }
        return place.appendTail(sentence).toString();
    }

    /** Days, months, lists and further sentences as people say them; anything else as it is. */
    private String spoken(Object argument, boolean money) {
        return switch (argument) {
            case Long cents when money -> amount(cents);
            case Said within -> speak(within);
            case LocalDate day -> day(day);
            case YearMonth month -> month.format(DateTimeFormatter.ofPattern("MMMM uuuu", locale));
            case Month month -> month.getDisplayName(TextStyle.FULL, locale);
            case BigDecimal number -> {
                String digits = number.stripTrailingZeros().toPlainString();
                yield french() ? digits.replace('.', ',') : digits;
            }
            case List<?> several -> listed(several);
            default -> String.valueOf(argument);
        };
    }

    private String day(LocalDate day) {
        String said = day.format(DateTimeFormatter.ofPattern("d MMMM uuuu", locale));
        return french() && day.getDayOfMonth() == 1 ? said.replaceFirst("^1", "1er") : said;
    }

    private String listed(List<?> several) {
        return String.join(", ", several.stream().map(one -> spoken(one, false)).toList());
    }

    private boolean french() {
        return locale.getLanguage().equals("fr");
    }

    /** What is said with these arguments. */
    public String say(String key, Object... args) {
        return speak(Said.of(key, args));
    }

    /** Whether there is a sentence for a key. */
    public boolean knows(String key) {
        return bundle.containsKey(key);
    }

    /** A word or a line without arguments. */
    public String word(String key) {
        return bundle.getString(key);
    }

    /** An amount in the fund's unit, such as {@code 12,50 €}. */
    public String amount(long cents) {
        return Amounts.format(cents, unit, locale);
    }

    /** The language spoken. */
    public Locale locale() {
        return locale;
    }
}
