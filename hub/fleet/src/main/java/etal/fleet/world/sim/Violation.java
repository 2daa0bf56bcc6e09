package etal.fleet.world.sim;

/** A promise that was not kept: what the simulation is for. */
final class Violation extends RuntimeException {
    @java.io.Serial
    private static final long serialVersionUID = 1;

    Violation(String what) {
        super(what);
    }
}
