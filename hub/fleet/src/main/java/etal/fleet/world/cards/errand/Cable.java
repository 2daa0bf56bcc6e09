package etal.fleet.world.cards.errand;

import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.Stall;

/** A stall loses its network, or has it back. */
final class Cable implements Errand {
    @Override
    public boolean run(Market market) {
        Stall stall = market.anyStall();
        stall.cable(!stall.cable());
        return true;
    }
}
