package etal.fleet.world.forger;

/** A forgery was taken for true, or something true was refused: what the simulation is for. */
final class Forged extends RuntimeException {
    @java.io.Serial
    private static final long serialVersionUID = 1;

    Forged(String what) {
        super(what);
    }

    /** Unless that is so. */
    static void unless(boolean kept, String otherwise) {
        if (!kept) {
            throw new Forged(otherwise);
        }
    }
}
