package etal.protocol.scheme;

import java.util.List;
import java.util.Optional;

/**
 * Prices that a buyer chooses or is entitled to, without a card of value. Immutable.
 *
 * @param choices one of them is the fair price, at 100 %; empty with a free price
 * @param freePrice whether the buyer names the price
 * @param leastPercent the lowest free price, in percent of the fair one
 * @param mostPercent the highest
 * @param difference who bears what is paid less and gets what is paid more
 * @param envelopeCents at most so much of the fund's money a stall and market day; beyond it the fair price holds
 * @param fixedPrices prices of single products under a choice
 */
public record Tariffs(
        List<Choice> choices,
        boolean freePrice,
        int leastPercent,
        int mostPercent,
        Difference difference,
        long envelopeCents,
        List<FixedPrice> fixedPrices) {
    /** The fair price, in percent of itself. */
    public static final int FAIR_PERCENT = 100;

    /** Takes its own copies of the lists. */
    public Tariffs {
        choices = List.copyOf(choices);
        fixedPrices = List.copyOf(fixedPrices);
    }

    /** Who bears the difference to the fair price. */
    public enum Difference {
        /** The pooled fund of the prices: it pays what is missing and gets what is over. */
        FUND,
        /** The shop's own books: the fund owes nothing. */
        SHOP
    }

    /**
     * A price that may be chosen.
     *
     * @param id short name, as in the ledger
     * @param name for people
     * @param percent of the fair price
     * @param gesture by which it is chosen without a word, empty if none
     * @param entitled whether only those whom the fund has entitled may choose it
     */
    public record Choice(String id, String name, int percent, String gesture, boolean entitled) {}

    /** Under that choice a product costs this a unit, whatever its percentage. */
    public record FixedPrice(String choice, String product, long unitPriceCents) {}

    /** The choice of that id. */
    public Optional<Choice> choice(String id) {
        return choices.stream().filter(choice -> choice.id().equals(id)).findFirst();
    }
}
