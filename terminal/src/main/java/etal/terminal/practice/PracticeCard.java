package etal.terminal.practice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a button does in the place of a card: so each of what happens at a stall can be met before it happens. */
public enum PracticeCard {
    /** The card holds enough. */
    ENOUGH,
    /** The card holds too little for its part. */
    SHORT,
    /** The card is not taken. */
    REFUSED,
    /** The card is lifted too soon, and nobody knows whether it has paid. */
    LIFTED;

    /** As the screen's forms name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that name. */
    public static Optional<PracticeCard> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
