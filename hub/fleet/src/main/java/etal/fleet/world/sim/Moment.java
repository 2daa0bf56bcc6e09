package etal.fleet.world.sim;

/**
 * A moment at which something may go wrong: the {@code step}-th thing the till does with its store or its card, counted
 * from 1 over the whole run, and how it goes wrong there.
 */
record Moment(int step, Fault fault) {
    /** How a step goes wrong. */
    sealed interface Fault {
        /** The plug is pulled before the transaction is durable: nothing of it has happened. */
        record PlugBeforeCommit() implements Fault {}

        /** The plug is pulled after the transaction is durable, before anything else. */
        record PlugAfterCommit() implements Fault {}

        /** The card leaves before it has the whole command. */
        record CardBeforeCommand() implements Fault {}

        /** The card executes the command and leaves before its answer. */
        record CardBeforeAnswer() implements Fault {}

        /** The card executes the command and the till's plug is pulled before the answer. */
        record PlugBeforeAnswer() implements Fault {}

        /** The card loses power at its n-th persistent write. */
        record CardAtWrite(int write) implements Fault {}
    }

    @Override
    public String toString() {
        return "step " + step + ": " + fault;
    }
}
