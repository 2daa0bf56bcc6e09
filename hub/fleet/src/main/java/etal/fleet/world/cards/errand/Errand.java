package etal.fleet.world.cards.errand;

import etal.fleet.world.cards.Market;
import etal.port.StorageFailed;

/** Something that somebody does at the market. Stateless: all that it leaves behind is in the market. */
@FunctionalInterface
public interface Errand {
    /** Does it, or nothing if there is nothing to do it with; true when it was done. */
    boolean run(Market market) throws StorageFailed;
}
