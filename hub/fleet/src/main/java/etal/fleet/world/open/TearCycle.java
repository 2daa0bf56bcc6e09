package etal.fleet.world.open;

import etal.protocol.card.Commands;
import etal.virtualcard.Tear;
import java.util.List;

/**
 * The moments at which a card that is pulled away too early leaves its debit, one after the other: each has its own end of
 * the story. Safe for use by any thread.
 */
final class TearCycle {
    private static final List<Tear> MOMENTS = List.of(
            // The card has paid and the till does not know.
            new Tear.BeforeAnswer(Commands.DEBIT),
            // The card had signed and was about to write, and has not paid.
            new Tear.AtWrite(Commands.DEBIT, 1),
            // The card has not even heard what it was to pay.
            new Tear.BeforeCommand(Commands.DEBIT));

    private int next;

    /** The moment whose turn it is. */
    synchronized Tear now() {
        return MOMENTS.get(next);
    }

    /** It came to a tear: next time it is another moment. */
    synchronized void torn() {
        next = (next + 1) % MOMENTS.size();
    }
}
