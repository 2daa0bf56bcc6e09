package etal.fleet.world.cards.errand;

import etal.fleet.auditor.cards.Wish;
import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.Market.Left;
import etal.port.StorageFailed;
import java.util.List;

/** A member whose payment is in doubt pays the basket in cash instead. */
final class PaysCash implements Errand {
    @Override
    public boolean run(Market market) throws StorageFailed {
        List<Left> all = market.left();
        if (all.isEmpty()) {
            return false;
        }
        Left left = all.get(market.draw(all.size()));
        if (left.wish().end() == Wish.End.KEPT || !left.stall().start()) {
            return false;
        }
        var payment = new Payment(market, left.stall(), left.wish(), left.card());
        boolean done = payment.cash().isPresent();
        if (done) {
            market.decided(left.wish());
            market.story().tell(left.stall().name() + ": " + left.wish().key() + " is paid in cash");
        }
        return done;
    }
}
