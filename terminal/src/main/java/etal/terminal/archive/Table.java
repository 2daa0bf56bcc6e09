package etal.terminal.archive;

import java.nio.charset.StandardCharsets;

/** Builds a table as CSV (RFC 4180): commas, CRLF, UTF-8, a first line with the names of the columns. For one use. */
final class Table {
    private final StringBuilder text = new StringBuilder();
    private final int columns;

    /** @param columns their names, separated by commas */
    Table(String columns) {
        String[] names = columns.split(",");
        this.columns = names.length;
        row((Object[]) names);
    }

    /** Adds a row; an absent value is an empty text. */
    void row(Object... values) {
        if (values.length != columns) {
            throw new IllegalStateException(values.length + " values in " + columns + " columns");
        }
        for (int at = 0; at < values.length; at++) {
            text.append(at == 0 ? "" : ",").append(quoted(String.valueOf(values[at])));
        }
        text.append("\r\n");
    }

    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
