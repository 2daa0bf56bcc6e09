package etal.terminal.speech;

import etal.edge.speech.Speech;
import etal.protocol.money.Unit;
import java.util.Locale;

/** The terminal's own texts. Stateless. */
public final class TillSpeech {
    private TillSpeech() {}

    /** Speaks them in that language. */
    public static Speech in(Locale locale, Unit unit) {
        return Speech.of("etal.terminal.speech.messages", locale, unit);
    }
}
