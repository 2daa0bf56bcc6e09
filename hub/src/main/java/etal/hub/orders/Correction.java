package etal.hub.orders;

import etal.protocol.card.Deltas;

/**
 * A mistake put right by the operator's word.
 *
 * @param card id of the card, 8 bytes
 * @param deltas what to add to allocation and bonus, or to take; nothing that can be earned
 * @param note what it is for, at most {@link #TEXT_CHARS_MAX} characters; the same note for the same card is the same correction
 * @param by who says so, as they gave their name
 */
public record Correction(byte[] card, Deltas deltas, String note, String by) {
    /** The longest note or name. */
    public static final int TEXT_CHARS_MAX = 70;

    /** What became of it. */
    public sealed interface Outcome {
        /** The voucher, issued now or since before. */
        record Issued(long number) implements Outcome {}

        /** Nothing was issued, and why. */
        record Refused(String sentence) implements Outcome {}
    }

    /** Whether a text can be a note or a name: something, not too long, nothing but characters that can be read. */
    public static boolean isText(String text) {
        return !text.isBlank()
                && text.length() <= TEXT_CHARS_MAX
                && text.chars().noneMatch(Character::isISOControl);
    }
}
