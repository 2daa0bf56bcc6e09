package etal.fleet.world.cards;

import etal.edge.sqlite.SqliteDatabase;
import etal.fleet.auditor.cards.Ground.CrookSeen;
import etal.fleet.auditor.cards.TillSeen;
import etal.fleet.auditor.cards.Wish;
import etal.fleet.world.cards.collusion.Crook;
import etal.fleet.world.cards.machine.Machine;
import etal.fleet.world.cards.office.Lying;
import etal.fleet.world.witness.HubWords;
import etal.fleet.world.witness.Quarantined;
import etal.fleet.world.witness.TillWords;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import etal.terminal.sale.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is asked of stalls and hub at this market beside what any market says. Stateless. */
final class Evidence {
    private Evidence() {}

    /** Of a till that is on. */
    static TillSeen till(Stall stall, Collection<Wish> wishes) throws StorageFailed, Malformed {
        List<byte[]> entries = stall.at(till -> till.ledger().all()).orElse(List.of());
        var screen = new LinkedHashMap<String, Answer>();
        for (Wish wish : wishes) {
            if (wish.stall() == stall.number() && wish.epoch() == stall.epoch()) {
                stall.at(till -> till.stall().look(wish.key())).ifPresent(answer -> screen.put(wish.key(), answer));
            }
        }
        return TillWords.seen(stall.machine().ledger(), stall.store(), entries, screen);
    }

    /**
     * Of those that sell no more at a stall. A stick goes with the machine that reads it: once that one is gone too, a hub that
     * was restored may have forgotten what came from it, and nobody is there any more to say it again.
     */
    static List<TillSeen> gone(Stall stall, SqliteDatabase hub, boolean restored) throws StorageFailed, Malformed {
        var gone = new ArrayList<TillSeen>();
        for (Machine.Gone each : stall.gone()) {
            LedgerId ledger = each.machine().ledger();
            boolean atHand = each.stick() && (!restored || each == stall.gone().getLast());
            long kept = atHand ? each.machine().medium().size() : 0;
            gone.add(TillWords.gone(ledger, each.machine().store(), HubWords.heard(hub, ledger), kept));
        }
        return gone;
    }

    /** What is known of a stall that cheats. */
    static CrookSeen crook(SqliteDatabase store, Crook crook) throws StorageFailed {
        Set<String> lies = Quarantined.reasons(store, crook.number());
        return new CrookSeen(crook.number(), new TreeSet<>(crook.honest()), crook.mustLie(), lies);
    }

    /**
     * What lies in the hub's quarantine that is neither of a stall that cheats nor about a forked card, nor written after its
     * certificate had ended by a machine that is gone without a stick, for which nobody can vouch, nor an entry that a till has
     * sent with the very bit flipped that flipped in its store.
     */
    static List<String> quarantine(SqliteDatabase store, long crook, Set<String> forked, List<Stall> stalls)
            throws StorageFailed {
        List<LedgerId> burnt = stalls.stream()
                .flatMap(stall -> stall.gone().stream())
                .filter(gone -> !gone.stick())
                .map(gone -> gone.machine().ledger())
                .toList();
        Set<String> rotten = stalls.stream()
                .flatMap(stall -> stall.rotting().entries().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return Quarantined.lying(store).stream()
                .filter(each -> !rotten.contains(HexFormat.of().formatHex(each.entry())))
                .filter(each -> !each.reason().equals("untrusted-chain")
                        || Lying.ledger(each.entry()).filter(burnt::contains).isEmpty())
                .filter(each -> crook == 0 || each.terminal() != crook)
                .filter(each -> !isOfForked(each, forked))
                .map(Quarantined::words)
                .toList();
    }

    private static boolean isOfForked(Quarantined lying, Set<String> forked) {
        return forked.stream().anyMatch(lying.detail()::contains)
                || Lying.cards(lying.entry()).stream().anyMatch(forked::contains);
    }
}
