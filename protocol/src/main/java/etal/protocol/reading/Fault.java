package etal.protocol.reading;

import java.util.Optional;

/**
 * What is wrong in a file that a person wrote, and where. Immutable; prints as {@code F:LINE: field: found, allowed},
 * in English; the speech room has the other languages.
 *
 * @param file as the person named it
 * @param line from 1
 * @param field path of the field, as {@code allocation.firstPerson}
 * @param what stands there
 * @param may stand there
 * @param hint what to write instead, where the slip is a usual one
 */
public record Fault(String file, int line, String field, Phrase what, Phrase may, Optional<Phrase> hint) {
    /** Without a hint. */
    public Fault(String file, int line, String field, String found, String allowed) {
        this(file, line, field, Phrase.of(found), Phrase.of(allowed), Optional.empty());
    }

    /** What stands there, in English. */
    public String found() {
        return what.english();
    }

    /** What may stand there, in English, without the hint. */
    public String allowed() {
        return may.english();
    }

    @Override
    public String toString() {
        String line = file + ":" + line() + ": " + field + ": " + found() + ", " + allowed();
        return hint.map(phrase -> line + "; " + phrase.english()).orElse(line);
    }
}
