package etal.protocol.reading;

import etal.protocol.Said;
import java.util.List;
import java.util.Locale;

/**
 * A few words about a fault, in English, with the key under which other languages have them. Immutable.
 *
 * @param template with {@code {0}}, {@code {1}} and so on where arguments go
 * @param args what goes there, as it is
 */
public record Phrase(String template, List<Object> args) {
    private static final int PLACE_LENGTH = 3;

    /** Takes its own copy of the list. */
    public Phrase {
        args = List.copyOf(args);
    }

    /** These words. */
    public static Phrase of(String template, Object... args) {
        return new Phrase(template, List.of(args));
    }

    /** What stands in a file, which no language changes. */
    public static Phrase quoted(String text) {
        return of("{0}", text);
    }

    /** In English. The template is walked once, so that an argument is never taken for a place of another. */
    public String english() {
        StringBuilder english = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            int place = place(at);
            if (place < 0) {
                english.append(template.charAt(at));
                at++;
            } else {
                english.append(args.get(place));
                at += PLACE_LENGTH;
            }
        }
        return english.toString();
    }

    /** Which argument goes here; -1 if none: a brace may be what somebody wrote. */
    private int place(int at) {
        boolean place = at + 2 < template.length() && template.charAt(at) == '{' && template.charAt(at + 2) == '}';
        int index = place ? template.charAt(at + 1) - '0' : -1;
        return index >= 0 && index < args.size() ? index : -1;
    }

    /** What other languages look up: the template's letters and digits in lower case, hyphens between. */
    public Said said() {
        String key = template.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return new Said(key.replaceAll("^-|-$", ""), args);
    }

    @Override
    public String toString() {
        return english();
    }
}
