package etal.hub.pages;

import etal.edge.page.Language;
import etal.edge.speech.Speech;
import etal.hub.trace.Piece;
import etal.protocol.card.Period;
import etal.protocol.cose.Hash;
import etal.protocol.money.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.MissingResourceException;

/** What the hub's pages say, in one language: sentences, amounts, days, bytes. Immutable. */
public final class Words {
    /** The pages' texts. */
    static final String TEXTS = "etal.hub.pages.messages";

    private static final long MILLIS_PER_SECOND = 1_000;
    private static final int QUIET_HEX_BYTES = 8;

    private final Language language;
    private final Speech speech;
    private final ZoneId zone;

    private Words(Language language, Speech speech, ZoneId zone) {
        this.language = language;
        this.speech = speech;
        this.zone = zone;
    }

    /** In that language; amounts in that unit, days of that zone. */
    public static Words in(Language language, Unit unit, ZoneId zone) {
        return new Words(language, Speech.of(TEXTS, language.locale(), unit), zone);
    }

    /** Which language. */
    public Language language() {
        return language;
    }

    /** The sentence of a key, its places filled; amounts as longs. */
    public String say(String key, Object... args) {
        return speech.say(key, args);
    }

    /** The sentence of {@code key.one} or {@code key.many}; the count stands in its first place. */
    public String count(String key, long count, Object... more) {
        Object[] args = new Object[more.length + 1];
        args[0] = count;
        System.arraycopy(more, 0, args, 1, more.length);
        return speech.say(key + (count == 1 ? ".one" : ".many"), args);
    }

    /** Such as {@code 12,50 €}. */
    public String amount(long cents) {
        return speech.amount(cents);
    }

    /** A whole number with its thousands apart. */
    public String number(long number) {
        return String.format(language.locale(), "%,d", number).replace('\u202F', '\u00A0');
    }

    /** Such as {@code 14:03}. */
    public String time(long millis) {
        return format("HH:mm", Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** Such as {@code 14:03:27}. */
    public String second(long millis) {
        return format("HH:mm:ss", Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** Such as {@code 2 avr. 2025}. */
    public String day(LocalDate day) {
        return format("d MMM yyyy", day);
    }

    /** Such as {@code mercredi 2 avril 2025}. */
    public String longDay(LocalDate day) {
        return format("EEEE d MMMM yyyy", day);
    }

    /** Such as {@code 2 avr. 2025, 14:03}; without the day on {@code today}. */
    public String moment(long millis, LocalDate today) {
        LocalDate day = Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
        return day.equals(today) ? time(millis) : moment(millis);
    }

    /** Such as {@code 2 avr. 2025, 14:03}. */
    public String moment(long millis) {
        return format("d MMM yyyy, HH:mm", Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** Machine-readable, for the attribute of {@code <time>}. */
    public String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** Such as {@code avril 2025}. */
    public String month(int period) {
        var month = Period.yearMonth(period);
        return month.getMonth().getDisplayName(TextStyle.FULL, language.locale()) + " " + month.getYear();
    }

    /** A family of goods; one that no text knows is called as the catalogue calls it. */
    public String family(String family) {
        try {
            return speech.word("family." + family);
        } catch (MissingResourceException unknown) {
            return family;
        }
    }

    /** A rate in per mille, such as {@code 5,5 %}. */
    public String permille(int permille) {
        String number = BigDecimal.valueOf(permille, 1).stripTrailingZeros().toPlainString();
        return percent(language == Language.FRENCH ? number.replace('.', ',') : number);
    }

    /** A share, such as {@code 75 %}. */
    public String percent(String number) {
        return number + (language == Language.FRENCH ? "\u00A0%" : "%");
    }

    /** Bytes in pairs of digits. */
    public String hex(byte[] bytes) {
        return Hash.hex(bytes).replaceAll("..(?!$)", "$0 ");
    }

    /** The first and last digits of a hash. */
    public String shortHex(byte[] hash) {
        String hex = Hash.hex(hash);
        return hex.substring(0, QUIET_HEX_BYTES * 2) + "…";
    }

    /** What a piece says, empty where its bytes mean themselves. */
    public String says(Piece piece) {
        return switch (piece.says()) {
            case null -> "";
            case Boolean truth -> speech.word("says." + truth);
            case Long number -> says(number, piece.as());
            case Object text -> text.toString();
        };
    }

    private String says(long number, Piece.As as) {
        return switch (as) {
            case PLAIN -> Long.toString(number);
            case CENTS -> amount(number);
            case MILLIS -> moment(number);
            case SECONDS -> moment(number * MILLIS_PER_SECOND);
            case MONTH -> number <= Period.MAX ? month((int) number) : Long.toString(number);
            case PERMILLE -> permille((int) number);
            case PERCENT -> percent(Long.toString(number));
            case ITEMS -> count("says.items", number);
            case BYTES -> say("says.bytes", number);
        };
    }

    /** The name of a piece's field. */
    public String field(Piece piece) {
        try {
            return speech.word("field." + piece.name());
        } catch (MissingResourceException unknown) {
            return piece.name();
        }
    }

    /** Whether there is a text of that key. */
    public boolean has(String key) {
        try {
            return !speech.word(key).isEmpty();
        } catch (MissingResourceException unknown) {
            return false;
        }
    }

    private String format(String pattern, TemporalAccessor moment) {
        Locale locale = language == Language.FRENCH ? Locale.FRANCE : Locale.UK;
        return DateTimeFormatter.ofPattern(pattern, locale).format(moment);
    }
}
