package etal.fleet.cli.scheme;

import etal.edge.speech.Speech;
import etal.protocol.scheme.Scheme;
import java.time.YearMonth;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the commands of the draw and the projection say, in one of two languages. Stateless. */
final class Words {
    private static final String TEXTS = "etal.fleet.cli.scheme.draw";

    private Words() {}

    /** Refuses a language that is not spoken. */
    static void check(String language, CommandLine command) {
        if (!language.equals("fr") && !language.equals("en")) {
            throw new CommandLine.ParameterException(command, "--lang: fr or en is expected");
        }
    }

    /** Who says it. */
    static Speech of(String language, Scheme scheme) {
        return Speech.of(TEXTS, Locale.of(language), scheme.unit());
    }

    /** The month given, or the one in which the scheme begins to hold: no clock, so that anyone finds the same. */
    static YearMonth firstMonth(@Nullable YearMonth given, Scheme scheme) {
        return given == null ? YearMonth.from(scheme.holdsFrom()) : given;
    }
}
