package etal.fleet.auditor.cards;

import etal.fleet.auditor.Reckoning;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What somebody meant to buy at a stall, and how people and till left it. Not thread-safe. */
public final class Wish {
    /** How people left it. */
    public enum End {
        /** Nobody has given it up. */
        OPEN,
        /** The till showed it as paid. */
        PAID,
        /** Given up; the goods stayed at the stall. */
        RETURNED,
        /** Given up; the member has the goods. */
        KEPT
    }

    private final String key;
    private final long stall;
    private final List<Reckoning.Line> lines;
    private final long totalCents;
    private final Set<Integer> presented = new TreeSet<>();
    private End end = End.OPEN;
    private boolean undoTried;
    private boolean cancelTried;

    /**
     * A basket that somebody wants to pay for.
     *
     * @param lines those that the product list lets the fund cover
     * @param totalCents what all of it costs
     */
    public Wish(String key, long stall, List<Reckoning.Line> lines, long totalCents) {
        this.key = key;
        this.stall = stall;
        this.lines = List.copyOf(lines);
        this.totalCents = totalCents;
    }

    /** The name under which the till knows it. */
    public String key() {
        return key;
    }

    /** Where. */
    public long stall() {
        return stall;
    }

    List<Reckoning.Line> lines() {
        return lines;
    }

    /** What all of it costs. */
    public long totalCents() {
        return totalCents;
    }

    /** A card is laid down for it. */
    public void presented(int card) {
        presented.add(card);
    }

    boolean wasPresented(int card) {
        return presented.contains(card);
    }

    /** How people left it. */
    public End end() {
        return end;
    }

    /** The till shows it as paid. */
    public void shownPaid() {
        end = End.PAID;
    }

    /** People set about giving it up, or paying it in cash: from now on what the card has paid for it may come back. */
    public void undoTried() {
        undoTried = true;
    }

    boolean mayComeBack() {
        return undoTried;
    }

    /** People set about cancelling the sale: from now on it may stand or not. */
    public void cancelTried() {
        cancelTried = true;
    }

    boolean mayBeCancelled() {
        return cancelTried;
    }

    /** People have given it up; what was shown as paid stays paid. */
    public void givenUp(boolean kept) {
        if (end != End.PAID) {
            end = kept ? End.KEPT : End.RETURNED;
        }
    }
}
