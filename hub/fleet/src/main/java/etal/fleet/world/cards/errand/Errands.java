package etal.fleet.world.cards.errand;

import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.mishap.Mishaps;
import etal.fleet.world.cards.practice.Practises;
import etal.port.StorageFailed;
import java.util.Arrays;

/** All errands, each as often as its weight says. */
public enum Errands {
    /** A purchase by card. */
    BUYS(60, new Buys()),
    /** Somebody comes back to where a payment was left in doubt. */
    COMES_BACK(16, new ComesBack()),
    /** A stall gives up what was left in doubt. */
    GIVES_UP(8, new GivesUp()),
    /** What was left in doubt is paid in cash. */
    PAYS_CASH(6, new PaysCash()),
    /** The newest sale is undone, with the card. */
    CANCELS(8, new Cancels()),
    /** A card is laid down, and nobody wants anything of it. */
    LOOKS(5, new Looks()),
    /** A card is used at so many other markets that it forgets these stalls. */
    GOES_ELSEWHERE(2, new GoesElsewhere()),
    /** A network cable is pulled out, or put in. */
    CABLE(6, new Cable()),
    /** The operator puts a mistake right: an ADD voucher. */
    CORRECTS(4, new Corrects()),
    /** A household changes: a SET voucher. */
    ENTITLES(3, new Entitles()),
    /** A card is lost: a block order. */
    LOSES(2, market -> market.lose(market.anyCard())),
    /** The cards are to have another key of the fund. */
    NEW_KEY(2, Market::newKey),
    /** The hub is started again. */
    HUB_AGAIN(2, new HubAgain()),
    /** A stall practises. It is drawn apart, so that markets where nobody does stay what they were. */
    PRACTISES(0, new Practises());

    /** In a season, of a hundred errands a day, the office has as much to do as the office of so many households. */
    private static final int OFFICE_ONE_IN_A_SEASON = 8;

    private final int weight;
    private final Errand errand;

    Errands(int weight, Errand errand) {
        this.weight = weight;
        this.errand = errand;
    }

    /** Whether it is the office that does it, and not people at the stalls. */
    private boolean ofTheOffice() {
        return switch (this) {
            case CORRECTS, ENTITLES, LOSES, NEW_KEY, HUB_AGAIN -> true;
            default -> false;
        };
    }

    /** Lets a stall practise. */
    public static void practise(Market market) throws StorageFailed {
        if (PRACTISES.errand.run(market)) {
            market.story().count("errand " + PRACTISES.name());
        }
    }

    /** Lets somebody do something. */
    public static void next(Market market, boolean season) throws StorageFailed {
        Mishaps.strike(market, season);
        int drawn = market.draw(
                Arrays.stream(values()).mapToInt(each -> each.weight).sum());
        for (Errands each : values()) {
            drawn -= each.weight;
            if (drawn < 0) {
                boolean rests = season && each.ofTheOffice() && !market.oneIn(OFFICE_ONE_IN_A_SEASON);
                Errands done = rests ? BUYS : each;
                if (done.errand.run(market)) {
                    market.story().count("errand " + done.name());
                }
                return;
            }
        }
    }
}
