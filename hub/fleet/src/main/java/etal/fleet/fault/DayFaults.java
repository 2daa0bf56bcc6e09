package etal.fleet.fault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What will go wrong on one day.
 *
 * @param cuts network cables that are pulled and plugged in again
 * @param taps what happens at single visits; at most one a visit
 * @param brokerRestartAt the visit at which the broker is killed and started again; 0: none
 */
public record DayFaults(List<CableCut> cuts, List<TapFault> taps, int brokerRestartAt) {
    /** One stall without network from one moment of market time to another. */
    public record CableCut(int stall, Instant from, Instant until) {}

    /** What happens while a card is being debited. */
    public sealed interface TapFault {
        /** The visit it happens at. */
        int visit();

        /** The card loses power at its n-th persistent write: it has not paid. */
        record TornWhileWriting(int visit, int write) implements TapFault {}

        /** The card leaves before its answer: it has paid, and the terminal does not know. */
        record TornBeforeAnswer(int visit) implements TapFault {}

        /** The terminal's plug is pulled while the card is debited; the answer reaches nobody. */
        record TerminalKilled(int visit) implements TapFault {}
    }

    /** What happens at one visit. */
    public Optional<TapFault> at(int visit) {
        return taps.stream().filter(fault -> fault.visit() == visit).findFirst();
    }
}
