package etal.fleet.mutant;

/** A mutant that changes nothing: its class, method or place is not there any more. It must never count as caught. */
final class NotWoven extends IllegalStateException {
    @java.io.Serial
    private static final long serialVersionUID = 1;

    NotWoven(Mutant mutant, String why) {
        super("not woven: " + mutant.name() + " in " + mutant.where() + ": " + why);
    }
}
