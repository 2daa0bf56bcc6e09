package etal.fleet.world.cards.errand;

import etal.fleet.world.cards.Elsewhere;
import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.MemberCard;

/** A member travels: the card meets terminals of other markets, sometimes more than it can remember. */
final class GoesElsewhere implements Errand {
    @Override
    public boolean run(Market market) {
        MemberCard card = market.anyCard();
        Elsewhere elsewhere = market.elsewhere();
        int many = elsewhere.terminals().size();
        int count = market.oneIn(2) ? many : 1 + market.draw(many);
        elsewhere.introduce(card, market.draw(many), count);
        market.story().tell("card " + card.number() + " meets " + count + " terminals elsewhere");
        if (count == many) {
            market.story().count("cards that forgot all stalls");
        }
        return true;
    }
}
