package etal.fleet.world.cards.errand;

import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.MemberCard;
import etal.fleet.world.cards.Stall;
import etal.port.StorageFailed;

/** A card is laid down before anything is rung up; what it has paid before may be decided by it. */
final class Looks implements Errand {
    @Override
    public boolean run(Market market) throws StorageFailed {
        Stall stall = market.anyStall();
        MemberCard card = market.anyCard();
        if (!stall.start()) {
            return false;
        }
        market.layDown(stall, card);
        return true;
    }
}
