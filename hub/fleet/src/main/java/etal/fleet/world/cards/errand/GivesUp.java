package etal.fleet.world.cards.errand;

import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.Market.Left;
import etal.port.StorageFailed;
import java.util.List;

/** The seller gives up a basket in doubt: its goods are still there, or the member has them. */
final class GivesUp implements Errand {
    @Override
    public boolean run(Market market) throws StorageFailed {
        List<Left> all = market.left();
        if (all.isEmpty()) {
            return false;
        }
        Left left = all.get(market.draw(all.size()));
        if (!left.stall().start()) {
            return false;
        }
        var payment = new Payment(market, left.stall(), left.wish(), left.card());
        boolean done = payment.giveUp(market.oneIn(2)).isPresent();
        if (done) {
            market.decided(left.wish());
        }
        return done;
    }
}
