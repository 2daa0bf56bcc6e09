package etal.terminal.hardware.scale;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a scale answers to {@code SI} of Mettler-Toledo's Standard Interface Command Set, level 0: lines that end by CR
 * LF, such as {@code S S      0.352 kg} for a weight at rest, {@code S D} for one that still moves, {@code S I}, {@code S +}
 * and {@code S -} for none. Total and bounded: what is no such line is no weight. For one thread.
 */
final class SicsAnswers {
    /** The longest answer with a weight has 18 characters; a little more for scales that fill up with blanks. */
    static final int LINE_BYTES_MAX = 40;

    static final long GRAMS_MAX = 999_999;

    private static final Pattern AT_REST = Pattern.compile("S S +(-?)([0-9]{1,7}(?:\\.[0-9]{0,6})?) *(g|kg) *");

    private final StringBuilder line = new StringBuilder();
    private boolean tooLong;

    /** Takes bytes as they come; the last whole line among them, without its end, if there is one. */
    Optional<String> take(byte[] bytes) {
        Optional<String> last = Optional.empty();
        for (char each : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
            if (each == '\n') {
                last = tooLong ? last : Optional.of(line.toString());
                forget();
            } else if (line.length() == LINE_BYTES_MAX) {
                tooLong = true;
            } else if (each != '\r') {
                line.append(each);
            }
        }
        return last;
    }

    /** What was begun is nobody's answer any more. */
    void forget() {
        line.setLength(0);
        tooLong = false;
    }

    /** The weight of an answer in whole grams, if it is at rest and from 1 to {@link #GRAMS_MAX}. */
    static OptionalLong gramsAtRest(String answer) {
        Matcher matcher = AT_REST.matcher(answer);
        if (!matcher.matches() || !matcher.group(1).isEmpty()) {
            return OptionalLong.empty();
        }
        BigDecimal shown = new BigDecimal(matcher.group(2));
        BigDecimal grams = matcher.group(3).equals("kg") ? shown.movePointRight(3) : shown;
        long rounded = grams.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        return rounded < 1 || rounded > GRAMS_MAX ? OptionalLong.empty() : OptionalLong.of(rounded);
    }
}
