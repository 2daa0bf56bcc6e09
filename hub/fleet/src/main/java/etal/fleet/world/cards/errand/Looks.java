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
        // If the till still waits for somebody's card, this one pays.
        stall.at(till -> till.stall().awaited()).flatMap(key -> key).ifPresent(key -> market.presented(key, card));
        stall.lay(card);
        market.settle();
        stall.takeCard();
        market.settle();
        return true;
    }
}
