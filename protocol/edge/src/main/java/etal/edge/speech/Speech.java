package etal.edge.speech;

import etal.protocol.Said;
import etal.protocol.money.Amounts;
import etal.protocol.money.Unit;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Speaks what the core says, in one language. {@code {0}} takes an argument as it is, {@code {0:amount}} as money.
 * Immutable, safe for use by any thread.
 */
public final class Speech {
    private final ResourceBundle bundle;
    private final Locale locale;
    private final Unit unit;

    private Speech(String texts, Locale locale, Unit unit) {
        this.locale = locale;
        this.unit = unit;
        this.bundle = ResourceBundle.getBundle(
                texts, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /**
     * French is complete; English stands beside it.
     *
     * @param texts the resource bundle, such as {@code etal.terminal.speech.messages}
     * @param unit in which amounts are said
     */
    public static Speech of(String texts, Locale locale, Unit unit) {
        return new Speech(texts, locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.FRENCH, unit);
    }

    /** The sentence. A key without a sentence is a bug. */
    public String speak(Said said) {
        String sentence = bundle.getString(said.key());
        List<Object> args = said.args();
        for (int index = 0; index < args.size(); index++) {
            Object argument = args.get(index);
            if (argument instanceof Long cents) {
                sentence = sentence.replace("{" + index + ":amount}", amount(cents));
            }
            sentence = sentence.replace("{" + index + "}", String.valueOf(argument));
        }
        return sentence;
    }

    /** What is said with these arguments. */
    public String say(String key, Object... args) {
        return speak(Said.of(key, args));
    }

    /** Whether there is a sentence for a key. */
    public boolean knows(String key) {
        return bundle.containsKey(key);
    }

    /** A word or a line without arguments. */
    public String word(String key) {
        return bundle.getString(key);
    }

    /** An amount in the fund's unit, such as {@code 12,50 €}. */
    public String amount(long cents) {
        return Amounts.format(cents, unit, locale);
    }

    /** The language spoken. */
    public Locale locale() {
        return locale;
    }
}
