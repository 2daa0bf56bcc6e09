package etal.terminal.basket;

import etal.protocol.Said;
import etal.protocol.split.Basket;
import java.util.List;

/**
 * A basket at the till. Immutable.
 *
 * @param key the name under which it was rung up
 * @param receipt whether the member asked for paper
 * @param sale the number of the sale, 0 while there is none
 * @param entry the ledger's entry of the sale, 0 while there is none
 * @param cardCents what the card pays, as far as known
 * @param cashCents the rest, in whatever it is paid
 * @param said what the screen says
 * @param paying how it is to be paid, or was
 * @param version grows with every change, over restarts too
 */
public record TillBasket(
        String key,
        Basket basket,
        boolean receipt,
        BasketState state,
        long sale,
        long entry,
        long cardCents,
        long cashCents,
        Said said,
        Paying paying,
        long version) {
    /** As it was just rung up: all of it to pay. */
    public static TillBasket rungUp(String key, Basket basket, boolean receipt) {
        return new TillBasket(
                key,
                basket,
                receipt,
                BasketState.OPEN,
                0,
                0,
                0,
                basket.totalCents(),
                Said.of("open"),
                Paying.UNSAID,
                0);
    }

    /** With other goods, or the same at other prices: how the rest was to be paid is said anew if it is another amount. */
    public TillBasket rungUpAnew(Basket goods) {
        boolean sameRest = goods.totalCents() == basket.totalCents();
        return rungUp(key, goods, receipt).paying(sameRest ? paying : paying.by(List.of()));
    }

    /** In another state, with what to say. */
    public TillBasket to(BasketState next, Said sentence) {
        return new TillBasket(key, basket, receipt, next, sale, entry, cardCents, cashCents, sentence, paying, version);
    }

    /** The same goods, covered otherwise. */
    public TillBasket covering(Basket covered) {
        return new TillBasket(key, covered, receipt, state, sale, entry, cardCents, cashCents, said, paying, version);
    }

    /** With another division between card and cash. */
    public TillBasket divided(long card, long cash) {
        return new TillBasket(key, basket, receipt, state, sale, entry, card, cash, said, paying, version);
    }

    /** To be paid otherwise. */
    public TillBasket paying(Paying otherwise) {
        return new TillBasket(key, basket, receipt, state, sale, entry, cardCents, cashCents, said, otherwise, version);
    }

    /** What the ledger's entry binds, with this division between card and rest. */
    public Details details(long card, long rest) {
        return new Details(basket, card, rest, paying);
    }

    /** With its place in the ledger. */
    public TillBasket sold(long saleNumber, long entryNumber) {
        return new TillBasket(
                key, basket, receipt, state, saleNumber, entryNumber, cardCents, cashCents, said, paying, version);
    }

    TillBasket at(long newVersion) {
        return new TillBasket(key, basket, receipt, state, sale, entry, cardCents, cashCents, said, paying, newVersion);
    }
}
