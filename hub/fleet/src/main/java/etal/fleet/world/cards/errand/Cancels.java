package etal.fleet.world.cards.errand;

import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.Market.Left;
import etal.fleet.world.cards.Stall;
import etal.port.StorageFailed;
import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.sale.Answer;
import java.util.Optional;

/** The newest sale is undone: the card that paid is laid down again and takes its money back, or the sale stands after all. */
final class Cancels implements Errand {
    private static final int TRIES_MOST = 3;

    @Override
    public boolean run(Market market) throws StorageFailed {
        Optional<Left> newest = market.newestSale();
        if (newest.isEmpty() || !newest.get().stall().start()) {
            return false;
        }
        Left sale = newest.get();
        Stall stall = sale.stall();
        Optional<TillBasket> basket =
                ask(stall, till -> till.stall().look(sale.wish().key()));
        if (basket.isEmpty() || basket.get().state() != BasketState.PAID) {
            return false;
        }
        long number = basket.get().sale();
        market.story().tell(stall.name() + ": " + sale.wish().key() + " is to be cancelled");
        sale.wish().cancelTried();
        for (int tries = 1 + market.draw(TRIES_MOST); tries > 0; tries--) {
            if (once(market, sale, number)) {
                return true;
            }
            market.seconds(2);
        }
        if (market.oneIn(2)) {
            market.story().tell(stall.name() + ": " + sale.wish().key() + " stands after all");
            var unused = ask(stall, till -> till.stall().keepSale(number));
        }
        return true;
    }

    private static boolean once(Market market, Left sale, long number) throws StorageFailed {
        Stall stall = sale.stall();
        if (!stall.start()) {
            return false;
        }
        Optional<TillBasket> asked = ask(stall, till -> till.stall().cancel(number, Body.Cancellation.GOODS_RETURNED));
        if (asked.isEmpty()) {
            return false;
        }
        market.layDown(stall, sale.card());
        boolean done = ask(stall, till -> till.stall().look(sale.wish().key()))
                .filter(basket -> basket.state() == BasketState.CANCELLED)
                .isPresent();
        if (done) {
            market.story().tell(stall.name() + ": " + sale.wish().key() + " is cancelled");
            market.story().count("sales cancelled");
        }
        return done;
    }

    private static Optional<TillBasket> ask(Stall stall, Stall.Deed<Answer> deed) throws StorageFailed {
        return stall.at(deed)
                .flatMap(answer ->
                        answer instanceof Answer.Basket(TillBasket basket) ? Optional.of(basket) : Optional.empty());
    }
}
