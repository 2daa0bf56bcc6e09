package etal.protocol.reading;

import etal.protocol.cbor.Malformed;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values (RFC 4180) row by row, with the line each row begins on. Lines end with LF or CRLF;
 * a quoted field may hold commas, doubled quotes and line ends; a byte order mark is passed over. Not thread-safe.
 */
public final class CsvRows {
    private final String text;
    private int at;
    private int line = 1;

    /** Reads this text from its beginning. */
    public CsvRows(String text) {
        this.text = text;
        this.at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    /**
     * One row.
     *
     * @param line the line it begins on, from 1
     * @param fields at least one; an empty line is one empty field
     */
    public record Row(int line, List<String> fields) {}

    /** Whether another row follows; the end of the last line begins none. */
    public boolean hasNext() {
        return at < text.length();
    }

    /** The line that is read next, from 1. */
    public int line() {
        return line;
    }

    /**
     * The next row.
     *
     * @throws Malformed if a quote is open or misplaced; nothing can be read after it
     */
    public Row next() throws Malformed {
        int begun = line;
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            fields.add(field());
        }
        if (at < text.length()) {
            if (!lineEnds()) {
                throw new Malformed("text after a closing quote");
            }
            at += text.charAt(at) == '\r' ? 2 : 1;
            line++;
        }
        return new Row(begun, List.copyOf(fields));
    }

    private String field() throws Malformed {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int begin = at;
        while (at < text.length() && text.charAt(at) != ',' && !lineEnds()) {
            if (text.charAt(at) == '"') {
                throw new Malformed("a quote within a field that is not quoted");
            }
            at++;
        }
        return text.substring(begin, at);
    }

    private String quoted() throws Malformed {
        StringBuilder field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char character = text.charAt(at++);
            if (character == '"') {
                if (at >= text.length() || text.charAt(at) != '"') {
                    return field.toString();
                }
                at++;
            } else if (character == '\n') {
                line++;
            }
            field.append(character);
        }
        throw new Malformed("a quote that is never closed");
    }

    private boolean lineEnds() {
        return text.charAt(at) == '\n' || text.startsWith("\r\n", at);
    }
}
