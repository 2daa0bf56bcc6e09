package etal.terminal.basket;

import etal.protocol.ledger.PriceChosen;
import etal.protocol.split.Basket;
import etal.protocol.split.Wish;

/**
 * How a basket is to be priced.
 *
 * @param wish what the buyer wishes to pay
 * @param discountCents what the seller takes off the whole
 */
public record Terms(Wish wish, long discountCents) {
    /** The fair price, nothing off. */
    public static final Terms PLAIN = new Terms(Wish.FAIR, 0);

    /** The terms a basket was priced at. */
    public static Terms of(Basket basket) {
        Wish wish = basket.tariff()
                .<Wish>map(side -> side.choice().equals(PriceChosen.FREE)
                        ? new Wish.Free(side.paidCents())
                        : new Wish.Choice(side.choice()))
                .orElse(Wish.FAIR);
        return new Terms(wish, basket.discountCents());
    }

    /** As good as these terms can be for other goods: a choice stays, a price named for the old goods does not. */
    public Terms forOtherGoods() {
        return wish instanceof Wish.Free ? new Terms(Wish.FAIR, discountCents) : this;
    }
}
