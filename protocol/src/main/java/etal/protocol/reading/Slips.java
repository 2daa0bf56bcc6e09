package etal.protocol.reading;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The slips that people who write French make most often, and what to write instead. Stateless. */
final class Slips {
    private static final Pattern DECORATED =
            Pattern.compile("(-?[0-9][0-9 '\\u00a0\\u202f]*)(?:[.,]([0-9]+))?\\s*([%€$]|[A-Za-z]{1,8})?");
    private static final Pattern FRENCH_DAY = Pattern.compile("([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})");
    private static final Pattern FRENCH_MONTH = Pattern.compile("([0-9]{1,2})[/.-]([0-9]{4})");
    private static final int WORD_LENGTH_MAX = 40;

    private Slips() {}

    /** A number with a comma, spaces, a currency, a percent sign or quotation marks. */
    static Optional<Phrase> number(String text, boolean plain) {
        Matcher decorated = DECORATED.matcher(text.strip());
        if (!decorated.matches()) {
            return Optional.empty();
        }
        String whole = decorated.group(1).replaceAll("[^0-9-]", "").replaceFirst("^(-?)0+(?=[0-9])", "$1");
        String number = decorated.group(2) == null ? whole : whole + "." + decorated.group(2);
        if (number.equals(text)) {
            return plain ? Optional.empty() : Optional.of(Phrase.of("write {0}, without quotation marks", number));
        }
        return Optional.of(
                text.contains(",")
                        ? Phrase.of("write {0}, with a point for the decimals", number)
                        : Phrase.of("write {0}, the number alone", number));
    }

    /** Yes and no. */
    static Optional<Phrase> flag(String text) {
        return switch (plain(text)) {
            case "oui", "vrai", "yes", "on", "o", "1", "true" -> Optional.of(Phrase.of("write {0}", "true"));
            case "non", "faux", "no", "off", "n", "0", "false" -> Optional.of(Phrase.of("write {0}", "false"));
            default -> Optional.empty();
        };
    }

    /** A day written as in French. */
    static Optional<Phrase> date(String text) {
        Matcher day = FRENCH_DAY.matcher(text.strip());
        return day.matches()
                ? Optional.of(Phrase.of("write {0}", day.group(3) + "-" + two(day.group(2)) + "-" + two(day.group(1))))
                : Optional.of(Phrase.of("write the year, the month and the day, in this order, with hyphens"));
    }

    /** A month written as in French, or a whole day. */
    static Optional<Phrase> month(String text) {
        Matcher month = FRENCH_MONTH.matcher(text.strip());
        if (month.matches()) {
            return Optional.of(Phrase.of("write {0}", month.group(2) + "-" + two(month.group(1))));
        }
        return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                ? Optional.of(Phrase.of("write {0}", text.substring(0, 7)))
                : Optional.of(Phrase.of("write the year and the month, in this order, with a hyphen"));
    }

    /** A text that YAML takes for a number, or a word that only lacks its accents or capitals. */
    static Optional<Phrase> text(Node node, Pattern form) {
        if (!(node instanceof ScalarNode scalar)) {
            return Optional.empty();
        }
        String value = scalar.getValue();
        if (!scalar.getTag().equals(Tag.STR)) {
            return form.matcher(value).matches()
                    ? Optional.of(Phrase.of("write it within quotation marks: \"{0}\"", value))
                    : Optional.empty();
        }
        String simple = plain(value).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return !simple.equals(value) && form.matcher(simple).matches()
                ? Optional.of(Phrase.of("write {0}", simple))
                : Optional.empty();
    }

    /** A line that is no YAML. */
    static Optional<Phrase> yaml(String line) {
        if (line.contains("\t")) {
            return Optional.of(Phrase.of("write spaces instead of tabs"));
        }
        long colons = line.chars().filter(character -> character == ':').count();
        return colons > 1 && !line.contains("{")
                ? Optional.of(Phrase.of("put a text that holds a colon within quotation marks"))
                : Optional.of(Phrase.of(
                        "look at the brackets, the quotation marks and the spaces at the beginning of lines"));
    }

    /** The allowed word that was probably meant: the same but for capitals or accents, its French, or one very like it. */
    static Optional<String> nearest(String typed, Collection<String> allowed) {
        if (typed.isEmpty() || typed.length() > WORD_LENGTH_MAX) {
            return Optional.empty();
        }
        String word = plain(typed);
        for (String meant : FrenchWords.meant(word)) {
            if (allowed.contains(meant)) {
                return Optional.of(meant);
            }
        }
        String nearest = "";
        int least = 1 + word.length() / 4;
        for (String candidate : allowed) {
            int distance = distance(word, plain(candidate));
            if (distance <= least && (nearest.isEmpty() || distance < distance(word, plain(nearest)))) {
                nearest = candidate;
            }
        }
        return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
    }

    /** How many letters must be put in, left out or changed. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    private static String plain(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String two(String digits) {
        return digits.length() < 2 ? "0" + digits : digits;
    }
}
