package etal.fleet.world.sim;

import etal.port.StorageFailed;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.sale.Answer;
import java.util.List;
import java.util.Optional;

/**
 * Errands, one after the other, paid by a card that has never met this till: introduction, load and debits. The people are
 * patient: whatever happens, they start the till again, ring up the same basket and tap the same card.
 */
final class Shopping {
    private static final int ATTEMPTS_MAX = 60;

    private final SimWorld world;
    private final Fate fate;
    private final List<Errand> errands;
    private final Touching touching;
    private boolean running;

    Shopping(SimWorld world, Fate fate, List<Errand> errands) {
        this.world = world;
        this.fate = fate;
        this.errands = List.copyOf(errands);
        this.touching = new Touching(world);
    }

    /** Plays all errands with their faults, then lets the day end and audits it. */
    void play() throws StorageFailed {
        for (int i = 0; i < errands.size(); i++) {
            happen(i);
            pay(errands.get(i));
        }
        fate.rest();
        happen(errands.size());
        world.pass();
        world.till().closing().close(SimWorld.DAY);
        if (world.change().isPresent()) {
            world.till().closing().close(SimWorld.DAY.plusDays(1));
        }
        world.pass();
        new SimAudit(world, errands).check();
    }

    /** What the world does with rules and cable before an errand. */
    private void happen(int errand) throws StorageFailed {
        Optional<RuleChange> change = world.change();
        if (change.isEmpty()) {
            return;
        }
        try {
            if (change.get().cutAt() == errand && change.get().plugAt() > errand) {
                world.cable(false);
            }
            if (change.get().publishAt() == errand) {
                world.publish();
            }
            if (change.get().plugAt() == errand || errand == errands.size()) {
                world.cable(true);
            }
        } catch (PlugPulled e) {
            world.dropTill();
            running = false;
        }
    }

    private void pay(Errand errand) throws StorageFailed {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            try {
                if (!running) {
                    var unused = world.raise();
                    running = true;
                }
                if (attempt(errand)) {
                    return;
                }
            } catch (PlugPulled e) {
                world.dropTill();
                running = false;
            }
            world.lookAbout();
        }
        throw new Violation("after " + ATTEMPTS_MAX + " attempts basket " + errand.key() + " is not paid");
    }

    private boolean attempt(Errand errand) {
        TillBasket basket = errand.byTouch()
                ? touching.ringUp(errand)
                : basket(world.till().stall().ringUp(errand.key(), errand.basket(), true));
        world.settle();
        if (basket.state() == BasketState.OPEN || basket.state() == BasketState.REFUSED) {
            basket = basket(world.till().stall().awaitCard(errand.key()));
        }
        if (basket.state() == BasketState.PAID) {
            return true;
        }
        if (errand.deniedFirst()) {
            world.tapDenied();
            if (look(errand).state() == BasketState.PAID) {
                throw new Violation("a denied card has paid basket " + errand.key());
            }
        }
        world.tap();
        basket = look(errand);
        if (basket.state() == BasketState.SHORTFALL) {
            basket = basket(world.till().stall().agree(errand.key()));
            world.settle();
        }
        world.takeCard();
        basket = look(errand);
        if (basket.state() == BasketState.ABANDONED) {
            throw new Violation("basket " + errand.key() + " was abandoned although nobody gave it up");
        }
        return basket.state() == BasketState.PAID;
    }

    private TillBasket look(Errand errand) {
        return basket(world.till().stall().look(errand.key()));
    }

    private static TillBasket basket(Answer answer) {
        return switch (answer) {
            case Answer.Basket(TillBasket basket) -> basket;
            case Answer.Refused refused -> throw new Violation("the till refuses: " + refused.why());
        };
    }
}
