package etal.terminal.screen;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be typed at the till. */
enum Pad {
    /** The weight of a product. */
    WEIGHT,
    /** Another quantity or price of a line. */
    LINE,
    /** An amount of a family of goods. */
    AMOUNT,
    /** An article that the list does not know. */
    ARTICLE,
    /** What the seller takes off the whole. */
    DISCOUNT,
    /** What the card may pay at most. */
    CARD,
    /** How the rest is paid. */
    TENDER,
    /** What was handed over, to know what to give back. */
    CHANGE,
    /** Two amounts and a tap, for those who keep a till of their own. */
    CARD_ALONE;

    /** As addresses name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Pad> of(String word) {
        return Arrays.stream(values()).filter(pad -> pad.word().equals(word)).findFirst();
    }
}
