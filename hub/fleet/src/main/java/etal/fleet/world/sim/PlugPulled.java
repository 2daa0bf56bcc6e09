package etal.fleet.world.sim;

/**
 * The till's plug is pulled: nothing of the program runs on. An {@link Error}, so that no handler of the till can catch it,
 * as none could on the real machine.
 */
final class PlugPulled extends Error {
    @java.io.Serial
    private static final long serialVersionUID = 1;

    PlugPulled(Moment moment) {
        super(moment.toString(), null, false, false);
    }
}
