package etal.fleet.world.cards.errand;

import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.Market.Left;
import etal.port.StorageFailed;
import java.util.List;

/** Somebody comes back with the card to a stall that does not know whether it was paid. */
final class ComesBack implements Errand {
    @Override
    public boolean run(Market market) throws StorageFailed {
        List<Left> all = market.left();
        if (all.isEmpty()) {
            return false;
        }
        Left left = all.get(market.draw(all.size()));
        market.story()
                .tell("card " + left.card().number() + " comes back to "
                        + left.stall().name() + " for " + left.wish().key());
        var unused = new Payment(market, left.stall(), left.wish(), left.card()).attempt(1 + market.draw(3));
        return true;
    }
}
