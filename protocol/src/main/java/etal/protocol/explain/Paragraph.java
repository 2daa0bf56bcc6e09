package etal.protocol.explain;

import etal.protocol.Said;
import java.util.List;

/**
 * What is said about one part of a scheme. Immutable.
 *
 * @param title of the part
 * @param sentences in the order of the file
 */
public record Paragraph(Said title, List<Sentence> sentences) {
    /** Takes its own copy of the list. */
    public Paragraph {
        sentences = List.copyOf(sentences);
    }

    /**
     * One rule.
     *
     * @param said the rule; amounts are {@link Long}, days {@link java.time.LocalDate}, months {@link java.time.YearMonth}
     * @param assumed whether the scheme file marks it, or a part of it, as a hypothesis
     */
    public record Sentence(Said said, boolean assumed) {}
}
