package etal.fleet.world.crash.effect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment and what goes wrong at it: the {@code step}-th effect of a stage since everything was last switched on, counted
 * from 1. Written as {@code deed.14a}.
 *
 * @param write of a card's writes the one at which its power is lost, else 0
 */
public record Mark(String stage, int step, How how, int write) {
    private static final Pattern TEXT = Pattern.compile("([a-z]{1,20})\\.(\\d{1,6})([a-z])(\\d{0,4})");

    /** What goes wrong. */
    public enum How {
        /** All power goes before the effect. */
        BEFORE('b', "the plug is pulled before it"),
        /** All power goes in the middle of it: half of it is written. */
        WITHIN('m', "the plug is pulled in the middle of it"),
        /** All power goes after it. */
        AFTER('a', "the plug is pulled after it"),
        /** All power goes with the card's, at one of its writes. */
        PLUG_AT_WRITE('w', "the plug is pulled at the card's write "),
        /** All power goes when the card has executed, before its answer is heard. */
        PLUG_BEFORE_ANSWER('p', "the plug is pulled before the answer"),
        /** The card leaves before it has the command; the till goes on. */
        CARD_LEAVES('l', "the card leaves before it"),
        /** The card loses power at one of its writes; the till goes on. */
        CARD_TORN('t', "the card is torn at its write "),
        /** The card has executed and leaves before the answer; the till goes on. */
        ANSWER_LOST('n', "the card leaves before the answer"),
        /** The message is lost; both ends go on. */
        MESSAGE_LOST('x', "it is lost on the way");

        private final char letter;
        private final String words;

        How(char letter, String words) {
            this.letter = letter;
            this.words = words;
        }

        /** Whether power goes everywhere, so that what stays can be put back. */
        public boolean plug() {
            return switch (this) {
                case BEFORE, WITHIN, AFTER, PLUG_AT_WRITE, PLUG_BEFORE_ANSWER -> true;
                case CARD_LEAVES, CARD_TORN, ANSWER_LOST, MESSAGE_LOST -> false;
            };
        }
    }

    /** Reads what {@link #toString} writes. @throws IllegalArgumentException when it is nothing of the kind */
    public static Mark parse(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException(text);
        }
        int write = found.group(4).isEmpty() ? 0 : Integer.parseInt(found.group(4));
        for (How how : How.values()) {
            if (how.letter == found.group(3).charAt(0)) {
                return new Mark(found.group(1), Integer.parseInt(found.group(2)), how, write);
            }
        }
        throw new IllegalArgumentException(text);
    }

    /** In words, of an effect. */
    public String words(String effect) {
        return stage + ", step " + step + " (" + effect + "): " + how.words + (write == 0 ? "" : write);
    }

    @Override
    public String toString() {
        return stage + "." + step + how.letter + (write == 0 ? "" : write);
    }
}
