package etal.protocol.grant;

import etal.protocol.card.Entitlement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * In which order the entitlements of one household's cards change. An increase of one card is issued only after the
 * other's cut is applied: at no moment may the cards together be able to load more for a month than the household is
 * given, whichever of the entitlements issued has reached which card. Cuts go out at once. Pure functions, stateless.
 */
public final class Issuing {
    private static final int VERSION_MAX = 0xFFFF;
    private static final List<ToLongFunction<Entitlement>> PURSES =
            List.of(Entitlement::amountCents, Entitlement::earnableCents);

    private Issuing() {}

    /** What a change does. */
    public enum Kind {
        /** The card can load less than before, or for a shorter time. */
        CUT,
        /** Neither more nor less, such as another point of sale. */
        OTHER,
        /** The card can load more in some month. */
        RAISE
    }

    /**
     * A change that is wanted.
     *
     * @param card which
     * @param entitlement to what, with its new version
     * @param issuable whether it may go out now; otherwise it waits for those before it to be applied
     */
    public record Change(String card, Entitlement entitlement, Kind kind, boolean issuable) {}

    /**
     * The changes of one household that are wanted and not issued yet: cuts first, then other changes, then raises.
     *
     * @param wanted what a month's opening says, of all cards that are given something
     * @param states what each card may be holding; also of cards that are given nothing any more
     * @param period the month that opens
     */
    public static List<Change> changes(List<MonthOpening.OfCard> wanted, Map<String, Held> states, int period) {
        Map<String, Entitlement> targets = targets(wanted, states, period);
        Map<String, Held> held = new LinkedHashMap<>(states);
        List<Change> changes = new ArrayList<>();
        targets.forEach((card, target) -> {
            Held state = states.getOrDefault(card, Held.NEW);
            if (state.issued().map(issued -> differs(issued, target)).orElse(true)) {
                changes.add(new Change(card, next(state, target), kind(state, target, period), true));
            }
        });
        changes.sort(Comparator.comparing(Change::kind));
        List<Change> planned = new ArrayList<>();
        for (Change change : changes) {
            boolean issuable = fits(change, targets, held, period);
            if (issuable) {
                held.put(
                        change.card(),
                        held.getOrDefault(change.card(), Held.NEW).issue(change.entitlement()));
            }
            planned.add(new Change(change.card(), change.entitlement(), change.kind(), issuable));
        }
        return planned;
    }

    /** What is wanted of each card; a card that is given nothing any more is wanted to load nothing from now on. */
    private static Map<String, Entitlement> targets(
            List<MonthOpening.OfCard> wanted, Map<String, Held> states, int period) {
        Map<String, Entitlement> targets = new LinkedHashMap<>();
        wanted.forEach(one -> targets.put(one.card(), one.entitlement()));
        states.forEach((card, state) -> {
            boolean canLoad = PURSES.stream()
                    .anyMatch(purse ->
                            breakpoints(state, period).stream().anyMatch(month -> state.mostCents(month, purse) > 0));
            if (!targets.containsKey(card) && canLoad) {
                long keepCents = state.issued().map(Entitlement::keepCents).orElse(0L);
                long place = state.issued().map(Entitlement::pointOfSale).orElse(Entitlement.EVERYWHERE);
                targets.put(card, new Entitlement(0, 0, keepCents, place, period, period, 0, 0));
            }
        });
        return targets;
    }

    private static Entitlement next(Held state, Entitlement target) {
        int version = state.issued().map(Entitlement::version).orElse(0) + 1;
        if (version > VERSION_MAX) {
            throw new IllegalStateException("a card's entitlement has no version left");
        }
        return versioned(target, version);
    }

    private static boolean differs(Entitlement issued, Entitlement target) {
        boolean bothNothing = nothing(issued) && nothing(target);
        return !bothNothing && !versioned(issued, 0).equals(versioned(target, 0));
    }

    private static boolean nothing(Entitlement one) {
        return one.amountCents() == 0 && one.earnableCents() == 0;
    }

    private static Entitlement versioned(Entitlement of, int version) {
        return new Entitlement(
                of.amountCents(),
                of.earnableCents(),
                of.keepCents(),
                of.pointOfSale(),
                of.firstPeriod(),
                of.lastPeriod(),
                of.catchUpMonths(),
                version);
    }

    private static Kind kind(Held state, Entitlement target, int period) {
        Held then = Held.NEW.issue(versioned(target, 1));
        TreeSet<Integer> months = breakpoints(state, period);
        months.addAll(breakpoints(then, period));
        boolean more = false;
        boolean less = false;
        for (ToLongFunction<Entitlement> purse : PURSES) {
            for (int month : months) {
                long nowCents = state.mostCents(month, purse);
                long thenCents = then.mostCents(month, purse);
                more |= thenCents > nowCents;
                less |= thenCents < nowCents;
            }
        }
        return more ? Kind.RAISE : less ? Kind.CUT : Kind.OTHER;
    }

    /** Whether no month rises above what the household is given in it. */
    private static boolean fits(Change change, Map<String, Entitlement> targets, Map<String, Held> held, int period) {
        Held before = held.getOrDefault(change.card(), Held.NEW);
        Held after = before.issue(change.entitlement());
        TreeSet<Integer> months = breakpoints(after, period);
        held.values().forEach(state -> months.addAll(breakpoints(state, period)));
        for (ToLongFunction<Entitlement> purse : PURSES) {
            for (int month : months) {
                long rises = after.mostCents(month, purse) - before.mostCents(month, purse);
                if (rises > 0 && total(held, month, purse) + rises > given(targets, month, purse)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long total(Map<String, Held> held, int month, ToLongFunction<Entitlement> purse) {
        return held.values().stream()
                .mapToLong(state -> state.mostCents(month, purse))
                .sum();
    }

    private static long given(Map<String, Entitlement> targets, int month, ToLongFunction<Entitlement> purse) {
        return targets.values().stream()
                .filter(target -> target.holdsIn(month))
                .mapToLong(purse)
                .sum();
    }

    /** The months from that one on in which something begins, or ends just before. */
    private static TreeSet<Integer> breakpoints(Held state, int period) {
        TreeSet<Integer> months = new TreeSet<>();
        months.add(period);
        for (Entitlement one : state.possible()) {
            months.add(Math.max(period, one.firstPeriod()));
            months.add(Math.max(period, one.lastPeriod()));
            months.add(Math.max(period, one.lastPeriod() + 1));
        }
        return months;
    }
}
