package etal.hub.reconcile;

import etal.hub.reconcile.Sources.ClosingSeen;
import etal.hub.reconcile.Sources.SaleSeen;
import etal.protocol.ledger.Body.Closing;
import etal.protocol.ledger.Body.Closing.Undone;
import etal.protocol.ledger.LedgerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What producers' own closings of a day say, each against the sales of its ledger since the closing before. */
final class Closings {
    private record Said(long sales, long cardCents) {
        Said plus(Said other) {
            return new Said(sales + other.sales, cardCents + other.cardCents);
        }
    }

    private final TreeMap<Long, Said> said = new TreeMap<>();
    private final TreeMap<Long, List<String>> differences = new TreeMap<>();

    private final boolean all;

    private Closings(boolean all) {
        this.all = all;
    }

    /** Before anybody has closed, or when nobody is asked. */
    static Closings none() {
        return new Closings(true);
    }

    /** Of one day, by all that is stored. */
    static Closings of(String day, Sources sources) {
        return of(day, sources, true);
    }

    /** Of one day, by what came since the closing before, which was looked at in its time: totals go on from what it says. */
    static Closings sinceTheLast(String day, Sources sources) {
        return of(day, sources, false);
    }

    private static Closings of(String day, Sources sources, boolean all) {
        Closings closings = new Closings(all);
        TreeMap<LedgerId, ClosingSeen> before = new TreeMap<>();
        for (ClosingSeen seen : sources.closings()) {
            if (seen.closing().period() != Closing.DAY) {
                continue;
            }
            ClosingSeen last = before.put(seen.ledger(), seen);
            if (seen.closing().day().equals(day)) {
                closings.take(seen, Optional.ofNullable(last), sources);
            }
        }
        return closings;
    }

    /** Sales by the closings of a terminal, -1 without one. */
    long sales(long terminal) {
        Said one = said.get(terminal);
        return one == null ? -1 : one.sales();
    }

    /** Card money by the closings of a terminal, -1 without one. */
    long cardCents(long terminal) {
        Said one = said.get(terminal);
        return one == null ? -1 : one.cardCents();
    }

    /** Whether the terminal's closings say what its ledger says. */
    boolean agree(long terminal) {
        return !differences.containsKey(terminal);
    }

    /** What does not agree, one sentence each. */
    List<String> differences() {
        return differences.values().stream().flatMap(List::stream).toList();
    }

    private void take(ClosingSeen seen, Optional<ClosingSeen> last, Sources sources) {
        long from = last.map(ClosingSeen::number).orElse(0L);
        Optional<Closing> basis = all ? Optional.empty() : last.map(ClosingSeen::closing);
        Closing closing = seen.closing();
        said.merge(seen.ledger().terminal(), new Said(closing.sales(), closing.cardCents()), Said::plus);
        Said interval = sum(sources, seen, from);
        if (interval.sales() != closing.sales() || interval.cardCents() != closing.cardCents()) {
            differs(
                    seen,
                    "its closing says " + closing.sales() + " sales and " + closing.cardCents()
                            + " by card, its ledger " + interval.sales() + " and " + interval.cardCents());
        }
        Undone undone = sources.cancelled().between(seen.ledger(), from, seen.number());
        boolean sameUndone = undone.count() == closing.undone().count()
                && undone.cardCents() == closing.undone().cardCents()
                && (sources.succeeds(seen.ledger())
                        || basis.map(one -> one.undone().perpetualCardCents() + undone.cardCents())
                                        .orElse(undone.perpetualCardCents())
                                == closing.undone().perpetualCardCents());
        if (!sameUndone) {
            differs(seen, "it counts as cancelled " + closing.undone() + ", its ledger " + undone);
        }
        long perpetual = basis.map(one -> one.perpetualCardCents() + interval.cardCents())
                .orElseGet(() -> sum(sources, seen, 0).cardCents());
        if (!sources.succeeds(seen.ledger()) && perpetual != closing.perpetualCardCents()) {
            differs(seen, "its perpetual total is " + closing.perpetualCardCents() + ", its ledger has " + perpetual);
        }
    }

    private static Said sum(Sources sources, ClosingSeen seen, long from) {
        long count = 0;
        long cents = 0;
        for (SaleSeen sale : sources.sales(seen.ledger())) {
            if (sale.number() > from && sale.number() < seen.number()) {
                count++;
                cents += sale.cardCents();
            }
        }
        return new Said(count, cents);
    }

    private void differs(ClosingSeen seen, String what) {
        differences
                .computeIfAbsent(seen.ledger().terminal(), terminal -> new ArrayList<>())
                .add(seen.ledger() + " closing " + seen.closing().day() + ": " + what);
    }
}
