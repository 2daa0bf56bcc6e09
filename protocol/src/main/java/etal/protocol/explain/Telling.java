package etal.protocol.explain;

import etal.protocol.Said;
import etal.protocol.scheme.Scheme;
import java.util.ArrayList;
import java.util.List;

/** Collects the sentences about one part of a scheme. Not thread-safe; one per part. */
final class Telling {
    private final Scheme scheme;
    private final List<Paragraph.Sentence> sentences = new ArrayList<>();

    Telling(Scheme scheme) {
        this.scheme = scheme;
    }

    /** A rule that comes from a field of the file; several are named with spaces between. */
    void say(String fields, String key, Object... args) {
        boolean assumed = List.of(fields.split(" ")).stream().anyMatch(this::assumed);
        sentences.add(new Paragraph.Sentence(Said.of("explain." + key, args), assumed));
    }

    Paragraph under(String title) {
        return new Paragraph(Said.of("explain.title." + title), sentences);
    }

    /** Whether a field, something in it, or something it lies in is a hypothesis. */
    private boolean assumed(String field) {
        return scheme.assumptions().stream()
                .map(Scheme.Assumption::field)
                .anyMatch(assumption -> assumption.equals(field)
                        || field.startsWith(assumption + ".")
                        || assumption.startsWith(field + "."));
    }
}
