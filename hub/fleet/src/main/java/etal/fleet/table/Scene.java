package etal.fleet.table;

import etal.fleet.world.open.Table.Kind;
import etal.fleet.world.open.Table.Power;
import etal.fleet.world.open.Table.View;
import etal.protocol.Said;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table as the page shows it: how it is, and what has just happened. Immutable.
 *
 * @param view as it is
 * @param before as it was before the last change that can be seen
 * @param display grows when the till's screen goes dark or comes back
 * @param happened what is said about the last change
 * @param tearing whether the card that comes next, or lies there, will be pulled away too early
 * @param deeds what the visitors have done so far
 */
public record Scene(View view, View before, long display, List<Said> happened, boolean tearing, Set<Deed> deeds) {
    private static final int OLDER_SHOWN = 4;

    /** The table as it is found. */
    static Scene first(View view) {
        return new Scene(view, view, 0, List.of(), false, EnumSet.noneOf(Deed.class));
    }

    /** A card is about to be laid down, by a hand that pulls it away too early or does not. */
    Scene beforeTap(boolean tooShort) {
        return new Scene(view, before, display, happened, tooShort, deeds);
    }

    /** After a change; the same if {@code now} is no newer. */
    Scene next(View now) {
        if (now.version() <= view.version()) {
            return this;
        }
        boolean torn = tearing && now.onReader().isEmpty();
        List<Said> said = happened(now, torn);
        return new Scene(
                now,
                looksAlike(now, view) ? before : view,
                now.power() == view.power() ? display : display + 1,
                said.isEmpty() ? happened : said,
                tearing && !torn,
                deeds(now, torn));
    }

    /** Whether this card lies on the reader. */
    public boolean lies(String card) {
        return view.onReader().filter(card::equals).isPresent();
    }

    /** Whether this card has come to the reader with the last change. */
    public boolean arrives(String card) {
        return lies(card) && !before.onReader().equals(view.onReader());
    }

    /** Whether this card was taken from the reader with the last change. */
    public boolean leaves(String card) {
        return before.onReader().filter(card::equals).isPresent() && !lies(card);
    }

    /** Whether the cable was moved with the last change. */
    public boolean cableMoved() {
        return view.cablePlugged() != before.cablePlugged();
    }

    /** Whether the plug was moved, or the till came up, with the last change. */
    public boolean powerMoved() {
        return view.power() != before.power();
    }

    /** Whether the newest receipt came with the last change. */
    public boolean printed() {
        return !newestPaper().equals(newest(before));
    }

    /** The newest receipt's number. */
    public Optional<Integer> newestPaper() {
        return newest(view);
    }

    /** The numbers of a few receipts before it, the newest first. */
    public List<Integer> olderPapers() {
        List<Integer> papers = view.papers();
        int until = Math.max(0, papers.size() - 1);
        return papers.subList(Math.max(0, until - OLDER_SHOWN), until).reversed();
    }

    private static Optional<Integer> newest(View view) {
        return view.papers().isEmpty()
                ? Optional.empty()
                : Optional.of(view.papers().getLast());
    }

    private static boolean looksAlike(View one, View other) {
        return one.onReader().equals(other.onReader())
                && one.cablePlugged() == other.cablePlugged()
                && one.power() == other.power()
                && one.papers().equals(other.papers());
    }

    private Set<Deed> deeds(View now, boolean torn) {
        Set<Deed> done = EnumSet.noneOf(Deed.class);
        done.addAll(deeds);
        if (now.cards().stream()
                .filter(card -> now.onReader().equals(Optional.of(card.id())))
                .anyMatch(card -> card.kind() == Kind.NEARLY_EMPTY)) {
            done.add(Deed.NEARLY_EMPTY);
        }
        if (torn) {
            done.add(Deed.TOO_SHORT);
        }
        if (!now.cablePlugged()) {
            done.add(Deed.CABLE);
        }
        if (now.power() == Power.OFF) {
            done.add(Deed.POWER);
        }
        return done;
    }

    private List<Said> happened(View now, boolean torn) {
        List<Said> said = new ArrayList<>();
        if (now.power() != view.power()) {
            said.add(Said.of(
                    switch (now.power()) {
                        case ON -> "said-power-on";
                        case STARTING -> "said-power-starting";
                        case OFF -> "said-power-off";
                    }));
        }
        if (now.cablePlugged() != view.cablePlugged()) {
            said.add(Said.of(now.cablePlugged() ? "said-cable-in" : "said-cable-out"));
        }
        if (torn) {
            said.add(Said.of("said-torn"));
        } else if (!now.onReader().equals(view.onReader())) {
            said.add(Said.of(now.onReader().isPresent() ? "said-laid" : "said-taken"));
        }
        newest(now)
                .filter(number -> !newest(view).equals(Optional.of(number)))
                .ifPresent(number -> said.add(Said.of("said-printed", number)));
        return said;
    }
}
