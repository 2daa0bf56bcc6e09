package etal.fleet.world.crash.kind;

import etal.fleet.world.crash.Bottle;
import etal.fleet.world.crash.Office;
import etal.fleet.world.crash.Violation;
import etal.hub.orders.Correction;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import etal.protocol.card.Deltas;
import etal.protocol.card.Period;
import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.sale.Answer;
import etal.terminal.sale.Stall;
import java.time.LocalDate;

/**
 * Members, sellers and the hub's operator: patient, whatever happens. What they have done and seen they remember as facts.
 * For one thread.
 */
public final class People {
    /** The one card there is. */
    public static final int CARD = 1;

    private static final int ATTEMPTS_MOST = 12;
    private static final int TAPS = 3;

    private final Bottle bottle;
    private final Kind kind;

    /** The people of that kind's market. */
    public People(Bottle bottle, Kind kind) {
        this.bottle = bottle;
        this.kind = kind;
    }

    /** The market itself. */
    public Bottle market() {
        return bottle;
    }

    private Stall stall(Purchase purchase) throws StorageFailed {
        return bottle.till(purchase.stall()).stall();
    }

    private void note(String fact) {
        bottle.facts().add(fact);
    }

    private boolean noted(String fact) {
        return bottle.facts().contains(fact);
    }

    /** Somebody buys it by card, and pays in cash what the card cannot. */
    public void pay(String key) throws StorageFailed {
        for (int attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
            if (payOnce(kind.purchase(key))) {
                return;
            }
        }
        throw new Violation("after " + ATTEMPTS_MOST + " attempts basket " + key + " is not paid");
    }

    private boolean payOnce(Purchase purchase) throws StorageFailed {
        String key = purchase.key();
        TillBasket basket = basket(stall(purchase).ringUp(key, purchase.goods(), purchase.receipt()));
        bottle.settle();
        if (!basket.state().over()) {
            Answer asked = basket.state() == BasketState.SHORTFALL
                    ? stall(purchase).agree(key)
                    : stall(purchase).awaitCard(key);
            if (asked instanceof Answer.Refused refused && refused.why().key().equals("nothing-for-card")) {
                cash(key);
                return true;
            }
            basket = basket(asked);
            bottle.settle();
        }
        if (!basket.state().over()) {
            note(key + " presented");
            bottle.present(purchase.stall(), CARD);
            if (look(purchase).state() == BasketState.SHORTFALL) {
                note(key + " agreed");
                basket = basket(stall(purchase).agree(key));
                bottle.settle();
            }
            bottle.takeBack(purchase.stall(), CARD);
        }
        return over(purchase);
    }

    private boolean over(Purchase purchase) throws StorageFailed {
        TillBasket basket = look(purchase);
        if (basket.state() == BasketState.PAID) {
            note(purchase.key() + " paid");
        }
        if (basket.state() == BasketState.ABANDONED && !noted(purchase.key() + " undo")) {
            throw new Violation("basket " + purchase.key() + " was abandoned although nobody gave it up");
        }
        return basket.state().over();
    }

    private TillBasket look(Purchase purchase) throws StorageFailed {
        return basket(stall(purchase).look(purchase.key()));
    }

    private static TillBasket basket(Answer answer) {
        return switch (answer) {
            case Answer.Basket(TillBasket basket) -> basket;
            case Answer.Refused refused -> throw new Violation("the till refuses: " + refused.why());
        };
    }

    /** Somebody tries to pay it once, and the card leaves at DEBIT. */
    public void payTorn(String key, boolean executed) throws StorageFailed {
        Purchase purchase = kind.purchase(key);
        var unused = basket(stall(purchase).ringUp(key, purchase.goods(), purchase.receipt()));
        var waiting = basket(stall(purchase).awaitCard(key));
        note(key + " presented");
        bottle.presentTorn(purchase.stall(), CARD, executed);
        bottle.takeBack(purchase.stall(), CARD);
        if (look(purchase).state() != BasketState.IN_DOUBT) {
            throw new IllegalStateException(key + " is not in doubt but " + look(purchase) + " after " + waiting);
        }
    }

    /** Somebody buys it for cash, without a card. */
    public void cash(String key) throws StorageFailed {
        Purchase purchase = kind.purchase(key);
        TillBasket basket = basket(stall(purchase).ringUp(key, purchase.goods(), purchase.receipt()));
        if (!basket.state().over()) {
            note(key + " undo");
            var unused = basket(stall(purchase).cash(key));
            bottle.settle();
        }
        if (!over(purchase)) {
            throw new Violation(
                    "basket " + key + " is not paid in cash: " + look(purchase).state());
        }
    }

    /** The seller gives it up while it is in doubt. */
    public void giveUp(String key, boolean kept) throws StorageFailed {
        Purchase purchase = kind.purchase(key);
        note(key + " undo");
        if (look(purchase).state().over() || noted(key + " given up")) {
            return;
        }
        var unused = basket(stall(purchase).giveUp(key, kept));
        bottle.settle();
        note(key + (kept ? " kept" : " returned"));
        note(key + " given up");
    }

    /** The sale is undone by its card. */
    public void cancel(String key) throws StorageFailed {
        Purchase purchase = kind.purchase(key);
        note(key + " cancel");
        for (int attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
            TillBasket basket = look(purchase);
            if (basket.state() == BasketState.CANCELLED) {
                return;
            }
            var unused = basket(stall(purchase).cancel(basket.sale(), Body.Cancellation.GOODS_RETURNED));
            bottle.settle();
            bottle.tap(purchase.stall(), CARD);
        }
        throw new Violation("after " + ATTEMPTS_MOST + " attempts basket " + key + " is not cancelled");
    }

    /** Another receipt of it. */
    public void print(String key) throws StorageFailed {
        Purchase purchase = kind.purchase(key);
        var unused = bottle.till(purchase.stall()).receipts().print(look(purchase));
        bottle.settle();
    }

    /** The card is laid down for nothing, so often that one tear costs nothing. */
    public void tap(int stall) throws StorageFailed {
        for (int times = 0; times < TAPS; times++) {
            var unused = bottle.till(stall);
            bottle.tap(stall, CARD);
        }
    }

    /** The day of a stall is closed. */
    public void close(int stall) throws StorageFailed {
        var unused = bottle.till(stall).closing().close(day());
        bottle.settle();
    }

    /** Today at the market. */
    public LocalDate day() {
        return LocalDate.ofInstant(
                bottle.clock().now(), bottle.fund().fund().scheme().zone());
    }

    /** The operator opens the month of today. */
    public void openMonth() throws StorageFailed {
        operator(Office.opens(Period.of(day())));
    }

    /** The operator changes the hub's files and starts it again. */
    public void operator(String fact) throws StorageFailed {
        note(fact);
        bottle.hubAgain();
    }

    /** The operator puts a mistake right on the card. */
    public void correct(long cents) throws StorageFailed {
        byte[] card = bottle.fund().cards().getFirst().certificate().cardId();
        var outcome = bottle.hub().correct(new Correction(card, new Deltas(cents, 0, 0), "a mistake", "operator"));
        if (!(outcome instanceof Correction.Outcome.Issued)) {
            throw new Violation("the correction is refused: " + outcome);
        }
        bottle.settle();
    }

    /** The operator's word on a debit that waits in suspense: the producer is paid. */
    public void decidePayable(long counter) throws StorageFailed {
        byte[] card = bottle.fund().cards().getFirst().certificate().cardId();
        boolean before = noted("decides");
        note("decides");
        var refused = bottle.hub().decide(card, counter, true, "operator");
        if (refused.isPresent() && !before) {
            throw new Violation("the decision is refused: " + refused.get());
        }
        bottle.settle();
    }

    /** The operator's evening: the day is reconciled, and what is owed is ordered. */
    public void evening() throws StorageFailed {
        try {
            var unusedEvening = bottle.hub().reconcile(day(), false);
            var unusedRun = bottle.hub().payOut(day(), "evening-" + day());
            bottle.settle();
        } catch (PeerUnreachable e) {
            throw new IllegalStateException("the books are no peer that can be unreachable", e);
        }
    }

    /** Nothing goes wrong any more: what is still asked for is decided, and what the card has said last comes to the hub. */
    public void settle() throws StorageFailed {
        bottle.sync();
        for (int stall = 1; stall <= bottle.stalls(); stall++) {
            for (int look = 0; look < ATTEMPTS_MOST && bottle.asks(stall); look++) {
                bottle.tap(stall, CARD);
            }
        }
        bottle.sync();
        if (!bottle.heardAll(CARD)) {
            pay("last");
            bottle.sync();
        }
        closeAll();
        bottle.sync();
    }

    /** The day of every stall is closed. */
    public void closeAll() throws StorageFailed {
        for (int stall = 1; stall <= bottle.stalls(); stall++) {
            close(stall);
        }
    }
}
