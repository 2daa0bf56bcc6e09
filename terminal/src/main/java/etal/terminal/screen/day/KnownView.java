package etal.terminal.screen.day;

import java.util.List;
import java.util.Optional;

/**
 * What a terminal knows, and since when. All texts are in the reader's language. Immutable.
 *
 * @param stick the key to the stick, where there is one
 */
public record KnownView(List<Row> rows, Optional<Stick> stick) {
    /**
     * The key to the stick.
     *
     * @param working whether it is being read or written
     * @param words what came of the last touch; none before the first
     */
    public record Stick(boolean working, List<Word> words) {}

    /**
     * Something that came of it.
     *
     * @param kind good or warn
     */
    public record Word(String kind, String text) {}

    /**
     * One thing it knows.
     *
     * @param what the thing
     * @param which its version, number or count
     * @param since since when, or until when; empty where that says nothing
     */
    public record Row(String what, String which, String since) {}
}
