package etal.hub.restore;

import java.util.List;

/**
 * What a restored hub still waits for. Immutable.
 *
 * @param generation its generation
 * @param restoredMillis when it was restored, milliseconds since 1970
 * @param knownMillis the newest that the backup knew of: the bank's statement counts from there
 * @param terminals those of which not all has been read back, ascending
 * @param statement whether somebody has to say yet that the bank's statement is entered
 * @param cardsUntilMillis when cards have had the time in which any of them has been at a stall that hears the hub
 * @param cards how many have not been seen since, while that time runs; 0 when none is waited for
 */
public record Standing(
        long generation,
        long restoredMillis,
        long knownMillis,
        List<Long> terminals,
        boolean statement,
        long cardsUntilMillis,
        long cards) {
    /** Whether nothing is waited for any more. */
    public boolean nothingAwaited() {
        return terminals.isEmpty() && !statement && cards == 0;
    }

    /** What is closed, in the words of a technician; for people the pages have their own. */
    public String text() {
        return "restored from a backup, not read back yet:"
                + (terminals.isEmpty() ? "" : " terminals " + terminals)
                + (statement ? " the bank's statement" : "")
                + (cards == 0 ? "" : " " + cards + " cards");
    }
}
