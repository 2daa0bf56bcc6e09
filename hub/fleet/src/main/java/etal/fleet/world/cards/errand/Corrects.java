package etal.fleet.world.cards.errand;

import etal.fleet.world.cards.Market;
import etal.port.StorageFailed;

/** The operator puts a mistake right on a card, mostly upwards. */
final class Corrects implements Errand {
    private static final int CENTS_MOST = 3_000;

    @Override
    public boolean run(Market market) throws StorageFailed {
        long cents = 1 + market.draw(CENTS_MOST);
        return market.correct(market.anyCard(), market.oneIn(4) ? -cents : cents);
    }
}
