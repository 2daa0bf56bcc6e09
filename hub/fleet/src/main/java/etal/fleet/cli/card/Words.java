package etal.fleet.cli.card;

import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of the commands, in the language of the technician's terminal: French unless it is English. */
final class Words {
    private Words() {}

    /** The sentence of a key, with {@code {0}} and so on replaced. */
    static String say(String key, Object... arguments) {
        boolean english = Locale.getDefault().getLanguage().equals("en");
        String sentence = ResourceBundle.getBundle(
                        "etal.fleet.cli.card.messages",
                        english ? Locale.ENGLISH : Locale.FRENCH,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        for (int i = 0; i < arguments.length; i++) {
            sentence = sentence.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return sentence;
    }
}
