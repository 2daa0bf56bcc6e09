package etal.fleet.world.crash;

/** A promise that was not kept. */
public final class Violation extends RuntimeException {
    @java.io.Serial
    private static final long serialVersionUID = 1;

    /** What was not kept, in a sentence. */
    public Violation(String what) {
        super(what);
    }
}
