package etal.fleet.auditor.cards;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is held together at one moment. Immutable but for the accounts and wishes in it.
 *
 * @param voted the rules
 * @param nowMillis the right time
 * @param chosenPointOfSale the only stall where the cards pay, 0 if they pay everywhere
 * @param wishes by their keys
 * @param paidCents what the bank has paid each stall, less what it has sent back and the operator has entered
 * @param crook a stall that cheats, if one does
 * @param readingBack whether the hub is restored from a backup and has not read back yet what it has forgotten
 * @param forked the ids of cards that were rolled back or cloned; each of their accounts is one branch
 * @param noticed records in quarantine, as card and counter, because a card has signed what it cannot have signed
 * @param last whether it is the end, and nothing may be open any more
 */
public record Ground(
        Voted voted,
        long nowMillis,
        long chosenPointOfSale,
        List<CardAccount> cards,
        Map<String, Wish> wishes,
        List<TillSeen> tills,
        HubSeen hub,
        Map<Long, Long> paidCents,
        CrookSeen crook,
        boolean readingBack,
        Set<String> forked,
        Set<String> noticed,
        boolean last) {
    /** The same without bank, cheats, forked cards and restored hubs. */
    public Ground(
            Voted voted,
            long chosenPointOfSale,
            List<CardAccount> cards,
            Map<String, Wish> wishes,
            List<TillSeen> tills,
            HubSeen hub,
            boolean last) {
        this(
                voted,
                0,
                chosenPointOfSale,
                cards,
                wishes,
                tills,
                hub,
                Map.of(),
                CrookSeen.NONE,
                false,
                Set.of(),
                Set.of(),
                last);
    }

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
}
