package etal.fleet.world.cards.practice;

import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.Stall;
import etal.fleet.world.cards.errand.Errand;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.practice.PracticeCard;
import etal.terminal.practice.PracticeDesk;
import etal.terminal.sale.Answer;
import java.util.List;
import java.util.Optional;

/**
 * A new seller practises at a stall; somebody lays a card down all the same, or the plug goes out. Now and then nobody ends the
 * training before a member wants to buy something.
 */
public final class Practises implements Errand {
    private static final int SALES_MOST = 3;
    private static final int CARDS_MOST = 4;

    @Override
    public boolean run(Market market) throws StorageFailed {
        Stall stall = market.anyStall();
        if (!stall.start()) {
            return false;
        }
        Optional<Optional<Said>> begun = stall.at(till -> till.practice().begin());
        if (begun.isEmpty() || begun.get().isPresent()) {
            begun.flatMap(why -> why).ifPresent(why -> market.story().count("no training: " + why.key()));
            return false;
        }
        market.story().tell(stall.name() + ": the till practises");
        for (int sales = 1 + market.draw(SALES_MOST); sales > 0; sales--) {
            sells(market, stall);
            market.seconds(2);
        }
        if (market.oneIn(2)) {
            // A real card, and a till that practises asks nothing of it.
            market.layDown(stall, market.anyCard());
        }
        if (market.oneIn(4)) {
            stall.drop();
        }
        if (!market.oneIn(4)) {
            end(market, stall);
        }
        return true;
    }

    private static void sells(Market market, Stall stall) throws StorageFailed {
        List<Wanted> goods = market.goods(market.draw(2) + 1, 2);
        PracticeCard[] cards = PracticeCard.values();
        boolean cash = market.oneIn(3);
        Optional<PracticeDesk> desk = stall.at(till -> till.practice().desk());
        if (desk.isEmpty()) {
            return;
        }
        String key = desk.get().hand().keyForRinging();
        for (Wanted each : goods) {
            stall.at(till -> desk.get().ringOne(key, each.product(), true));
            desk.get().hand().take(key);
        }
        Optional<Answer> waiting = cash
                ? stall.at(till -> desk.get().cash(key))
                : stall.at(till -> desk.get().awaitCard(key));
        for (int laid = 0; laid < CARDS_MOST && !over(waiting); laid++) {
            PracticeCard card = cards[market.draw(cards.length)];
            waiting = stall.at(till -> desk.get().lay(key, card));
        }
        if (over(waiting)) {
            market.story().count("sold for practice");
        }
    }

    private static boolean over(Optional<Answer> answer) {
        return answer.filter(
                        one -> one instanceof Answer.Basket(TillBasket basket) && basket.state() == BasketState.PAID)
                .isPresent();
    }

    /** Ends what a stall practises, if it does; somebody who sees the sentence on its screen does so. */
    public static void end(Market market, Stall stall) throws StorageFailed {
        if (!stall.start()) {
            return;
        }
        boolean practised = stall.at(till -> till.practice().on()).orElse(false);
        stall.at(till -> {
            till.practice().end();
            return true;
        });
        if (practised && !stall.at(till -> till.practice().on()).orElse(true)) {
            market.story().tell(stall.name() + ": the till sells again");
        }
    }
}
