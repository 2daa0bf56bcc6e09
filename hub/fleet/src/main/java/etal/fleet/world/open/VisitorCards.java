package etal.fleet.world.open;

import etal.fleet.market.Household;
import etal.virtualcard.BankCard;
import etal.virtualcard.FieldCard;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The cards beside the visitor's till. One that has been spent makes room for the next member's of its kind, as long as there
 * are any. Safe for use by any thread.
 */
final class VisitorCards {
    /** Below this a full card no longer is one, and a nearly empty one pays nothing worth seeing. */
    private static final Map<Table.Kind, Long> SPENT_BELOW_CENTS =
            new EnumMap<>(Map.of(Table.Kind.FULL, 2_000L, Table.Kind.NEARLY_EMPTY, 100L));

    private final Members members;
    private final IntFunction<? extends FieldCard> pocket;
    private final Spending spending;
    private final Map<Table.Kind, Held> lying = new EnumMap<>(Table.Kind.class);
    private final Map<Table.Kind, Deque<Household>> next = new EnumMap<>(Table.Kind.class);

    private record Held(Table.Card shown, WatchedCard card) {}

    /** How a member spends a card down by a real sale elsewhere on the market. */
    @FunctionalInterface
    interface Spending {
        /** Returns what is left on the card, in cents. */
        long spendDown(Household household) throws IOException, InterruptedException;
    }

    /** Nothing lies there yet; {@code pocket} has the members' cards by number. */
    VisitorCards(Members members, IntFunction<? extends FieldCard> pocket, Spending spending) {
        this.members = members;
        this.pocket = pocket;
        this.spending = spending;
        next.put(Table.Kind.FULL, new ArrayDeque<>(members.full()));
        next.put(Table.Kind.NEARLY_EMPTY, new ArrayDeque<>(members.nearlyEmpty()));
    }

    /** Lays out one of each kind; for the nearly empty one somebody goes shopping first. */
    void layOut() throws IOException, InterruptedException {
        replace(Table.Kind.FULL);
        replace(Table.Kind.NEARLY_EMPTY);
        Household denied = members.denied();
        lay(Table.Kind.DENIED, denied.number(), pocket.apply(denied.number()), denied.entitlementCents());
        lay(Table.Kind.BANK, 0, new BankCard("bank"), 0);
    }

    private boolean replace(Table.Kind kind) throws IOException, InterruptedException {
        Deque<Household> reserve = next.getOrDefault(kind, new ArrayDeque<>());
        Household household;
        synchronized (this) {
            household = reserve.poll();
        }
        if (household == null) {
            return false;
        }
        long leftCents = kind == Table.Kind.NEARLY_EMPTY ? spending.spendDown(household) : household.entitlementCents();
        lay(kind, household.number(), pocket.apply(household.number()), leftCents);
        return true;
    }

    private synchronized void lay(Table.Kind kind, int number, FieldCard card, long leftCents) {
        String id = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + (number == 0 ? "" : "-" + number);
        lying.put(kind, new Held(new Table.Card(id, kind), new WatchedCard(card, leftCents)));
    }

    /** What lies there, always in the same order. */
    synchronized List<Table.Card> shown() {
        return lying.values().stream().map(Held::shown).toList();
    }

    /** The card of that id, if it lies there. */
    synchronized Optional<WatchedCard> card(String id) {
        return lying.values().stream()
                .filter(held -> held.shown().id().equals(id))
                .map(Held::card)
                .findFirst();
    }

    /** The kinds whose card is spent while there is another one. */
    synchronized List<Table.Kind> spent() {
        var spent = new ArrayList<Table.Kind>();
        SPENT_BELOW_CENTS.forEach((kind, below) -> {
            Held held = lying.get(kind);
            boolean another = !next.getOrDefault(kind, new ArrayDeque<>()).isEmpty();
            if (another && held != null && held.card().leftCents() < below) {
                spent.add(kind);
            }
        });
        return spent;
    }

    /** Lays the next card in the place of each that is spent; whether there was one. */
    boolean replaceSpent() throws IOException, InterruptedException {
        boolean any = false;
        for (Table.Kind kind : spent()) {
            any |= replace(kind);
        }
        return any;
    }
}
