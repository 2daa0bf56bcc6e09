package etal.fleet.world.cards.errand;

import etal.fleet.auditor.cards.Wish;
import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.MemberCard;
import etal.fleet.world.cards.Stall;
import etal.port.StorageFailed;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import java.util.Optional;

/** A member fills a basket and pays it by card; when it will not work, some go away and some give up. */
final class Buys implements Errand {
    private static final int PATIENCE_MOST = 5;

    @Override
    public boolean run(Market market) throws StorageFailed {
        Stall stall = market.anyStall();
        MemberCard card = market.anyCard();
        Wish wish = market.wish(stall);
        market.story()
                .tell("card " + card.number() + " at " + stall.name() + ": wants " + wish.key() + " for "
                        + wish.totalCents());
        var payment = new Payment(market, stall, wish, card);
        if (payment.attempt(1 + market.draw(PATIENCE_MOST))) {
            return true;
        }
        Optional<TillBasket> basket = payment.look();
        boolean doubtful = basket.isEmpty() || basket.get().state() == BasketState.IN_DOUBT;
        if (doubtful && !market.oneIn(4)) {
            market.leave(wish, card);
        } else {
            // Nobody waits for ever: the goods go back on the table, or the member takes them along.
            var unused = payment.giveUp(doubtful && market.oneIn(2));
        }
        return true;
    }
}
