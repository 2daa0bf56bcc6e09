package etal.fleet.world.sim;

import etal.port.StorageFailed;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.sale.Answer;
import java.util.List;

/**
 * One basket of vegetables, cheese and wine, paid by a card that has never met this till: introduction, load and debit. The
 * people are patient: whatever happens, they start the till again, ring up the same basket and tap the same card.
 */
final class OnePayment {
    /** Salad twice and a picodon are conventioned, the wine is not. */
    static final List<Wanted> BASKET =
            List.of(new Wanted("salade", 2), new Wanted("picodon", 1), new Wanted("vin rouge", 1));

    static final long CARD_CENTS = 490;
    static final long CASH_CENTS = 790;
    private static final String KEY = "b1";
    private static final int PATIENCE_ATTEMPTS = 12;

    private final SimWorld world;
    private final Fate fate;

    OnePayment(SimWorld world, Fate fate) {
        this.world = world;
        this.fate = fate;
    }

    /** Plays the payment with its faults, then lets the day end and audits it. */
    void play() throws StorageFailed {
        boolean running = false;
        for (int attempt = 0; attempt < PATIENCE_ATTEMPTS; attempt++) {
            try {
                if (!running) {
                    var unused = world.raise();
                    running = true;
                }
                if (attempt()) {
                    fate.rest();
                    evening();
                    return;
                }
            } catch (PlugPulled e) {
                world.dropTill();
                running = false;
            }
        }
        throw new Violation("after " + PATIENCE_ATTEMPTS + " attempts the basket is not paid");
    }

    private boolean attempt() {
        TillBasket basket = basket(world.till().stall().ringUp(KEY, BASKET, true));
        world.settle();
        if (basket.state() == BasketState.OPEN || basket.state() == BasketState.REFUSED) {
            basket = basket(world.till().stall().awaitCard(KEY));
        }
        if (basket.state() == BasketState.PAID) {
            return true;
        }
        world.tap();
        world.takeCard();
        basket = basket(world.till().stall().look(KEY));
        if (basket.state() == BasketState.ABANDONED) {
            throw new Violation("the basket was abandoned although nobody gave it up");
        }
        return basket.state() == BasketState.PAID;
    }

    private static TillBasket basket(Answer answer) {
        return switch (answer) {
            case Answer.Basket(TillBasket basket) -> basket;
            case Answer.Refused refused -> throw new Violation("the till refuses: " + refused.why());
        };
    }

    private void evening() throws StorageFailed {
        world.pass();
        world.till().closing().close(SimWorld.DAY);
        world.pass();
        new SimAudit(world).check();
    }
}
