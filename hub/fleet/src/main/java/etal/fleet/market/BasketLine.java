package etal.fleet.market;

import java.util.ArrayList;
import java.util.List;

/** One line of a basket file, split at its commas or found broken. */
sealed interface BasketLine {
    /** The items, unquoted, none empty. */
    record Items(List<String> items) implements BasketLine {}

    /** What is wrong with the line, and what is allowed. */
    record Broken(String found, String allowed) implements BasketLine {}

    /** The most characters a line may have. */
    int LENGTH_MAX = 20_000;

    /** Splits a line without its line end. */
    static BasketLine split(String line) {
        if (line.length() > LENGTH_MAX) {
            return new Broken(line.length() + " characters", "at most " + LENGTH_MAX);
        }
        if (line.isBlank()) {
            return new Broken("an empty line", "items separated by commas");
        }
        int control = firstControlCharacter(line);
        if (control >= 0) {
            return new Broken("a control character at column " + (control + 1), "printable text in UTF-8");
        }
        var items = new ArrayList<String>();
        int at = 0;
        while (at <= line.length()) {
            Field field = at < line.length() && line.charAt(at) == '"' ? quoted(line, at) : plain(line, at);
            if (field.fault() != null) {
                return field.fault();
            }
            if (field.text().isBlank()) {
                return new Broken("an empty item at column " + (at + 1), "a name between two commas");
            }
            items.add(field.text());
            at = field.next();
        }
        return new Items(List.copyOf(items));
    }

    /** One field: its text and where the next begins (beyond the line's length plus one: none). */
    record Field(
            String text,
            int next,
            @org.jspecify.annotations.Nullable Broken fault) {}

    private static Field plain(String line, int from) {
        int comma = line.indexOf(',', from);
        int end = comma < 0 ? line.length() : comma;
        String text = line.substring(from, end);
        if (text.indexOf('"') >= 0) {
            return new Field(
                    "", 0, new Broken("a quote inside " + text, "quotes around the whole item, doubled inside"));
        }
        return new Field(text, end + 1, null);
    }

    private static Field quoted(String line, int from) {
        var text = new StringBuilder();
        int at = from + 1;
        while (at < line.length()) {
            char c = line.charAt(at);
            boolean quote = c == '"';
            if (quote && at + 1 < line.length() && line.charAt(at + 1) == '"') {
                text.append('"');
                at += 2;
            } else if (quote) {
                boolean ends = at + 1 == line.length() || line.charAt(at + 1) == ',';
                return ends
                        ? new Field(text.toString(), at + 2, null)
                        : new Field("", 0, new Broken("text after a closing quote", "a comma or the end of the line"));
            } else {
                text.append(c);
                at++;
            }
        }
        return new Field("", 0, new Broken("a quote that is never closed", "a closing quote on the same line"));
    }

    private static int firstControlCharacter(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < ' ' && c != '\t' || c == '\u007f' || c == '\uFFFD') {
                return i;
            }
        }
        return -1;
    }
}
