package etal.fleet.world.cards.fault;

/**
 * The till's plug is pulled: nothing of the program runs on. An {@link Error}, so that no handler of the till can catch it,
 * as none could on the real machine.
 */
public final class PlugOut extends Error {
    @java.io.Serial
    private static final long serialVersionUID = 1;

    /** The plug goes out now. */
    public PlugOut() {
        super("the plug is pulled", null, false, false);
    }
}
