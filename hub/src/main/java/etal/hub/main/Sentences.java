package etal.hub.main;

import java.util.Locale;
import java.util.ResourceBundle;

/** What the hub says to technicians: French, or English where the machine speaks it. Immutable. */
final class Sentences {
    private final ResourceBundle bundle;

    private Sentences(Locale locale) {
        bundle = ResourceBundle.getBundle(
                "etal.hub.main.messages",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** In the language of a value such as that of LANG. */
    static Sentences in(String language) {
        return new Sentences(language.startsWith("en") ? Locale.ENGLISH : Locale.FRENCH);
    }

    /** The sentence of a key, its places filled. */
    String say(String key, Object... args) {
        String sentence = bundle.getString(key);
        for (int i = 0; i < args.length; i++) {
            sentence = sentence.replace("{" + i + "}", String.valueOf(args[i]));
        }
        return sentence;
    }
}
