package etal.terminal.screen.day;

import java.util.List;

/** What a terminal knows, and since when. All texts are in the reader's language. Immutable. */
public record KnownView(List<Row> rows) {
    /**
     * One thing it knows.
     *
     * @param what the thing
     * @param which its version, number or count
     * @param since since when, or until when; empty where that says nothing
     */
    public record Row(String what, String which, String since) {}
}
