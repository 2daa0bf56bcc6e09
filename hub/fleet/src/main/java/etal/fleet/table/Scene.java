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
 * @param display grows when the till's screen goes dark or comes back
 * @param happened what is said about the last change
 * @param before the card that lay on the reader before the last change
 * @param printed whether the last change brought a receipt
 * @param tearing whether the card that comes next, or lies there, will be pulled away too early
 * @param deeds what the visitors have done so far
 */
public record Scene(
        View view,
        long display,
        List<Said> happened,
        Optional<String> before,
        boolean printed,
        boolean tearing,
        Set<Deed> deeds) {
    private static final int OLDER_SHOWN = 4;

    /** The table as it is found. */
    static Scene first(View view) {
        return new Scene(view, 0, List.of(), view.onReader(), false, false, EnumSet.noneOf(Deed.class));
    }

    /** A card is about to be laid down, by a hand that pulls it away too early or does not. */
    Scene beforeTap(boolean tooShort) {
        return new Scene(view, display, happened, before, printed, tooShort, deeds);
    }

    /** After a change; the same if {@code now} is no newer. */
    Scene next(View now) {
        if (now.version() <= view.version()) {
            return this;
        }
        boolean torn = tearing && now.onReader().isEmpty();
        List<Said> said = happened(now, torn);
        Set<Deed> done = deeds.isEmpty() ? EnumSet.noneOf(Deed.class) : EnumSet.copyOf(deeds);
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
        return new Scene(
                now,
                now.power() == view.power() ? display : display + 1,
                said.isEmpty() ? happened : said,
                view.onReader(),
                hasNewPaper(now),
                tearing && !torn,
                done);
    }

    /** Whether this card has come to the reader with the last change. */
    public boolean arrives(String card) {
        return lies(card) && !before.equals(view.onReader());
    }

    /** Whether this card lies on the reader. */
    public boolean lies(String card) {
        return view.onReader().filter(card::equals).isPresent();
    }

    /** Whether this card was taken from the reader with the last change. */
    public boolean leaves(String card) {
        return before.filter(card::equals).isPresent() && !lies(card);
    }

    /** The newest receipt's number. */
    public Optional<Integer> newestPaper() {
        return view.papers().isEmpty()
                ? Optional.empty()
                : Optional.of(view.papers().getLast());
    }

    /** The numbers of a few receipts before it, the newest first. */
    public List<Integer> olderPapers() {
        List<Integer> papers = view.papers();
        int until = Math.max(0, papers.size() - 1);
        return papers.subList(Math.max(0, until - OLDER_SHOWN), until).reversed();
    }

    private boolean hasNewPaper(View now) {
        return !now.papers().isEmpty() && !now.papers().equals(view.papers());
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
        if (hasNewPaper(now)) {
            said.add(Said.of("said-printed", now.papers().getLast()));
        }
        return said;
    }
}
