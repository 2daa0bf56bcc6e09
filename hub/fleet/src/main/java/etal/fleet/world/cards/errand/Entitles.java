package etal.fleet.world.cards.errand;

import etal.fleet.world.cards.Market;
import etal.port.StorageFailed;

/** A household has more or fewer people: its card loads another amount from the next month on. */
final class Entitles implements Errand {
    private static final int TEN_EUROS = 1_000;

    @Override
    public boolean run(Market market) throws StorageFailed {
        market.entitle(market.anyCard(), (5L + market.draw(20)) * TEN_EUROS);
        return true;
    }
}
