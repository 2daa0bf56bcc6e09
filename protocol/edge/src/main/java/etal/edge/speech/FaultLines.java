package etal.edge.speech;

import etal.protocol.money.Unit;
import etal.protocol.reading.Fault;
import etal.protocol.reading.Phrase;
import java.util.Locale;

/**
 * Says what is wrong in a file, in the language of who wrote it: {@code F:LINE: field: found, allowed}, with what to
 * write instead after a semicolon where that is known. Immutable, safe for use by any thread.
 */
public final class FaultLines {
    private static final String TEXTS = "etal.protocol.reading.messages";

    private final Speech speech;

    /** @param locale French, or English as the reading room itself says it */
    public FaultLines(Locale locale) {
        speech = Speech.of(TEXTS, locale, Unit.EURO);
    }

    /** One line. */
    public String line(Fault fault) {
        String line = fault.file() + ":" + fault.line() + ": " + fault.field() + ": " + said(fault.what()) + ", "
                + said(fault.may());
        return fault.hint().map(hint -> line + "; " + said(hint)).orElse(line);
    }

    /** Words of the file itself, and those of a reader without a translation, stand as they are. */
    private String said(Phrase phrase) {
        return speech.knows(phrase.said().key()) ? speech.speak(phrase.said()) : phrase.english();
    }
}
