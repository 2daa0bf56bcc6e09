package etal.terminal.basket;

import etal.protocol.Said;
import etal.protocol.split.Basket;

/**
 * A basket at the till. Immutable.
 *
 * @param key the name under which it was rung up
 * @param receipt whether the member asked for paper
 * @param sale the number of the sale, 0 while there is none
 * @param entry the ledger's entry of the sale, 0 while there is none
 * @param cardCents what the card pays, as far as known
 * @param cashCents the rest
 * @param said what the screen says
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
        long version) {
    /** As it was just rung up: all of it to pay. */
    public static TillBasket rungUp(String key, Basket basket, boolean receipt) {
        return new TillBasket(key, basket, receipt, BasketState.OPEN, 0, 0, 0, basket.totalCents(), Said.of("open"), 0);
    }

    /** In another state, with what to say. */
    public TillBasket to(BasketState next, Said sentence) {
        return new TillBasket(key, basket, receipt, next, sale, entry, cardCents, cashCents, sentence, version);
    }

    /** The same goods, covered otherwise. */
    public TillBasket covering(Basket covered) {
        return new TillBasket(key, covered, receipt, state, sale, entry, cardCents, cashCents, said, version);
    }

    /** With another division between card and cash. */
    public TillBasket divided(long card, long cash) {
        return new TillBasket(key, basket, receipt, state, sale, entry, card, cash, said, version);
    }

    /** With its place in the ledger. */
    public TillBasket sold(long saleNumber, long entryNumber) {
        return new TillBasket(
                key, basket, receipt, state, saleNumber, entryNumber, cardCents, cashCents, said, version);
    }

    TillBasket at(long newVersion) {
        return new TillBasket(key, basket, receipt, state, sale, entry, cardCents, cashCents, said, newVersion);
    }
}
