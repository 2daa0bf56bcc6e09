package etal.fleet.world.cards.errand;

import etal.fleet.world.cards.Market;
import etal.port.StorageFailed;

/** The operator starts the hub again. */
final class HubAgain implements Errand {
    @Override
    public boolean run(Market market) throws StorageFailed {
        market.story().tell("the hub is started again");
        market.hubAgain();
        return true;
    }
}
