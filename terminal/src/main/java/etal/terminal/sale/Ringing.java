package etal.terminal.sale;

import etal.port.StorageFailed;
import etal.protocol.split.Basket;
import etal.protocol.split.Wish;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.Change;
import etal.terminal.basket.Goods;
import etal.terminal.basket.Paying;
import etal.terminal.basket.Pricing;
import etal.terminal.basket.Terms;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.rules.Rules;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is in a basket, at which prices, and how it is to be paid, before anybody pays. A card that was awaited is awaited no
 * more after a change, for it was to pay something else. Used from the loop only.
 */
final class Ringing {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final BasketBook baskets;
    private final RulesInForce force;
    private final SaleEntries entries;
    private final CardDesk cards;

    Ringing(BasketBook baskets, RulesInForce force, SaleEntries entries, CardDesk cards) {
        this.baskets = baskets;
        this.force = force;
        this.entries = entries;
        this.cards = cards;
    }

    /** Why no basket can be begun under a key; null if one can. */
    @org.jspecify.annotations.Nullable
    Answer beginning(String key) {
        if (!KEY.matcher(key).matches()) {
            return Answer.refused(Answer.Kind.BAD_REQUEST, "basket-key");
        }
        return baskets.full() ? Answer.refused(Answer.Kind.CONFLICT, "too-many-baskets") : null;
    }

    /** A new basket of products of the list. */
    Answer begin(String key, List<Wanted> wanted, boolean receipt, Terms terms, Rules now) throws StorageFailed {
        return switch (Pricing.price(wanted, now.catalogue())) {
            case Pricing.Priced.Refused refused -> new Answer.Refused(Answer.Kind.BAD_REQUEST, refused.why());
            case Pricing.Priced.Fine fine -> asked(TillBasket.rungUp(key, fine.basket(), receipt), terms, now);
        };
    }

    /** A new basket that begins with a change of nothing. */
    Answer begin(String key, Change change, Rules now) throws StorageFailed {
        return switch (Goods.after(new Basket(List.of()), change, now.catalogue())) {
            case Pricing.Priced.Refused refused -> new Answer.Refused(Answer.Kind.BAD_REQUEST, refused.why());
            case Pricing.Priced.Fine fine -> asked(TillBasket.rungUp(key, fine.basket(), false), Terms.PLAIN, now);
        };
    }

    /** A new basket of the goods of one that was cancelled: its prices stay, and what the fund covers of them is asked anew. */
    Answer again(String key, TillBasket cancelled, Rules now) throws StorageFailed {
        Basket goods = cancelled.basket();
        Terms terms = Terms.of(goods).forOtherGoods();
        return kept(TillBasket.rungUp(key, force.askAgain(Pricing.covered(goods, now.catalogue()), terms, now), false));
    }

    /** Other goods; a basket without any is given up. */
    Answer changed(TillBasket basket, Change change, Rules now) throws StorageFailed {
        return switch (Goods.after(basket.basket(), change, now.catalogue())) {
            case Pricing.Priced.Refused refused -> new Answer.Refused(Answer.Kind.BAD_REQUEST, refused.why());
            case Pricing.Priced.Fine fine
            when fine.basket().lines().isEmpty() -> {
                cards.forget(basket.key());
                yield new Answer.Basket(entries.givenUp(basket));
            }
            case Pricing.Priced.Fine fine -> {
                Terms terms = Terms.of(basket.basket()).forOtherGoods();
                yield kept(basket.rungUpAnew(force.askAgain(fine.basket(), terms, now)));
            }
        };
    }

    /** The same goods at the price that the buyer wishes to pay. */
    Answer chosen(TillBasket basket, Wish wish, Rules now) throws StorageFailed {
        return asked(basket, new Terms(wish, basket.basket().discountCents()), now);
    }

    /** The same goods, so much cheaper as a whole. */
    Answer discounted(TillBasket basket, long discountCents, Rules now) throws StorageFailed {
        return asked(basket, new Terms(Terms.of(basket.basket()).wish(), discountCents), now);
    }

    private Answer asked(TillBasket basket, Terms terms, Rules now) throws StorageFailed {
        return switch (force.ask(basket.basket(), terms, now)) {
            case Pricing.Priced.Refused refused -> new Answer.Refused(Answer.Kind.BAD_REQUEST, refused.why());
            case Pricing.Priced.Fine fine -> kept(basket.rungUpAnew(fine.basket()));
        };
    }

    /** The same goods, to be paid otherwise: never more than they cost. */
    Answer paying(TillBasket basket, Paying paying) throws StorageFailed {
        long totalCents = basket.basket().totalCents();
        if (paying.tenderedCents() > totalCents) {
            return Answer.refused(Answer.Kind.BAD_REQUEST, "tendered-too-much", totalCents);
        }
        return kept(basket.rungUpAnew(basket.basket()).paying(paying));
    }

    private Answer kept(TillBasket basket) throws StorageFailed {
        cards.forget(basket.key());
        return new Answer.Basket(entries.keep(basket));
    }
}
