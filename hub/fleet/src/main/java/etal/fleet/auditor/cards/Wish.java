package etal.fleet.auditor.cards;

import etal.fleet.auditor.Reckoning;
import java.util.List;
import java.util.Map;
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
    private final long epoch;
    private final List<Good> goods;
    private final long totalCents;
    private final Set<Integer> presented = new TreeSet<>();
    private End end = End.OPEN;
    private boolean undoTried;
    private boolean cancelTried;

    /**
     * A basket that somebody wants to pay for.
     *
     * @param epoch of the machine that stands at the stall
     * @param totalCents what all of it costs
     */
    public Wish(String key, long stall, long epoch, List<Good> goods, long totalCents) {
        this.key = key;
        this.stall = stall;
        this.epoch = epoch;
        this.goods = List.copyOf(goods);
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

    /** At which of the stall's machines, one after the other. */
    public long epoch() {
        return epoch;
    }

    /** Some of one product, at the price asked. */
    public record Good(String product, String family, List<String> labels, long priceCents) {}

    /**
     * What of it a product list lets the fund cover.
     *
     * @param percents by product; those that are missing, or 0, are not covered
     */
    public List<Reckoning.Line> lines(Map<String, Integer> percents) {
        return goods.stream()
                .filter(good -> percents.getOrDefault(good.product(), 0) > 0)
                .map(good -> new Reckoning.Line(
                        good.family(), good.labels(), good.priceCents(), percents.getOrDefault(good.product(), 0)))
                .toList();
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

    /** Whether the member has the goods. */
    boolean goodsGone() {
        return end == End.PAID || end == End.KEPT;
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
