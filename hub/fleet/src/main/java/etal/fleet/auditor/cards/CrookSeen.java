package etal.fleet.auditor.cards;

import java.util.List;
import java.util.Set;

/**
 * A stall that writes a ledger of its own making. Immutable.
 *
 * @param honest the numbers of its sales that are as they should be
 * @param mustLie why what else it has tried must lie in quarantine
 * @param lies why something of it lies there
 */
public record CrookSeen(long stall, Set<Long> honest, List<String> mustLie, Set<String> lies) {
    /** No such stall. */
    public static final CrookSeen NONE = new CrookSeen(0, Set.of(), List.of(), Set.of());
}
