package etal.fleet.world.cards.errand;

import etal.fleet.auditor.cards.Wish;
import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.MemberCard;
import etal.fleet.world.cards.Stall;
import etal.fleet.world.cards.fault.Fault;
import etal.fleet.world.cards.practice.Practises;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.sale.Answer;
import java.util.Optional;

/** One basket and one card at a stall, tried a few times: what member and seller do with their hands. */
final class Payment {
    private static final int SECONDS_BETWEEN = 12;

    private final Market market;
    private final Stall stall;
    private final Wish wish;
    private final MemberCard card;

    Payment(Market market, Stall stall, Wish wish, MemberCard card) {
        this.market = market;
        this.stall = stall;
        this.wish = wish;
        this.card = card;
    }

    /** Tries; true when the basket is over, paid or not. A basket left in doubt is remembered. */
    boolean attempt(int times) throws StorageFailed {
        for (int time = 0; time < times; time++) {
            if (once()) {
                market.decided(wish);
                return true;
            }
            market.seconds(1 + market.draw(SECONDS_BETWEEN));
        }
        return false;
    }

    private boolean once() throws StorageFailed {
        if (!stall.start()) {
            return false;
        }
        Optional<TillBasket> basket = ask(till -> till.stall().ringUp(wish.key(), market.goods(wish), market.oneIn(8)));
        if (basket.isEmpty() || over(basket.get())) {
            return basket.isPresent();
        }
        if (basket.get().state() == BasketState.SHORTFALL) {
            basket = agreed();
        } else {
            basket = ask(till -> till.stall().awaitCard(wish.key()));
        }
        if (basket.isEmpty() || over(basket.get())) {
            return basket.isPresent();
        }
        lay();
        market.settle();
        basket = look();
        if (basket.isPresent() && basket.get().state() == BasketState.SHORTFALL) {
            basket = agreed();
            market.settle();
        }
        stall.takeCard();
        market.settle();
        basket = look();
        return basket.isPresent() && over(basket.get());
    }

    /** Not enough on the card: mostly the rest is paid in cash; some put the goods back. */
    private Optional<TillBasket> agreed() throws StorageFailed {
        market.story().count("shortfalls");
        if (market.oneIn(5)) {
            return giveUp(false);
        }
        return ask(till -> till.stall().agree(wish.key()));
    }

    private void lay() throws StorageFailed {
        if (market.mishap(Fault.TWO_CARDS, stall.name())) {
            stall.layTwo();
        }
        if (market.mishap(Fault.NO_CARD, stall.name())) {
            stall.layNoCard();
        }
        if (market.mishap(Fault.OTHER_CARD, stall.name())) {
            MemberCard other = market.anyCard();
            wish.presented(other.number());
            stall.lay(other);
            market.settle();
            stall.takeCard();
            market.settle();
        }
        wish.presented(card.number());
        stall.lay(card);
    }

    /** The stall gives up. */
    Optional<TillBasket> giveUp(boolean kept) throws StorageFailed {
        wish.undoTried();
        Optional<TillBasket> basket = ask(till -> till.stall().giveUp(wish.key(), kept));
        if (basket.isPresent()) {
            wish.givenUp(kept);
            String goods = kept ? "kept" : "returned";
            market.story().tell(stall.name() + ": " + wish.key() + " is given up, the goods are " + goods);
        }
        return basket;
    }

    /** Pays what is left to pay in cash. */
    Optional<TillBasket> cash() throws StorageFailed {
        wish.undoTried();
        return ask(till -> till.stall().cash(wish.key()));
    }

    Optional<TillBasket> look() throws StorageFailed {
        Optional<TillBasket> basket = ask(till -> till.stall().look(wish.key()));
        basket.ifPresent(seen -> market.story().count("till says " + seen.said().key()));
        return basket;
    }

    /** Asks the till; empty when it went off, or refused. */
    private Optional<TillBasket> ask(Stall.Deed<Answer> deed) throws StorageFailed {
        Optional<Answer> answer = stall.at(deed);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        return switch (answer.get()) {
            case Answer.Basket(TillBasket basket) -> Optional.of(basket);
            case Answer.Refused(Answer.Kind kind, Said why) -> refused(why);
        };
    }

    /** Nothing for the card to pay, or the till has been offline for too long: then it is cash. */
    private Optional<TillBasket> refused(Said why) throws StorageFailed {
        market.story().count("refusal " + why.key());
        if (why.key().equals("till-practises")) {
            // The screen says how to end it, and whoever wants to sell does so.
            Practises.end(market, stall);
            return Optional.empty();
        }
        boolean cash = why.key().equals("nothing-for-card") || why.key().equals("card-too_long_offline");
        return cash ? cash() : Optional.empty();
    }

    private boolean over(TillBasket basket) {
        if (basket.state() == BasketState.PAID && wish.end() != Wish.End.PAID) {
            wish.shownPaid();
            market.paid(wish, stall, card);
            market.story()
                    .tell(stall.name() + ": " + wish.key() + " is paid, " + basket.cardCents() + " by card, "
                            + basket.cashCents() + " in cash");
        }
        return basket.state().over();
    }
}
