package etal.fleet.real.stall;

import etal.port.StorageFailed;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.sale.Answer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A short day at a stall whose memory may fail: a sale in cash, one by card, one whose card is torn, the closing, the hub's
 * acknowledgement. The producer tries again what did not work, and then switches the till off and on.
 *
 * <p>What is told: {@code paid KEY} once the till has shown it, {@code said SENTENCE}, {@code off} and {@code on}, {@code end}.
 */
public final class StallDay {
    /** Gestures before the producer gives up for good, which is a failed test. */
    private static final int TRIES_MAX = 8;
    /** Gestures that fail before the till is switched off and on. */
    private static final int PATIENCE = 2;

    /** What everyone buys. */
    public static final List<Wanted> GOODS = List.of(new Wanted("carottes", 1), new Wanted("picodon", 1));

    private final DiskStall stall;
    private final Consumer<String> tell;

    /** At this stall. */
    public StallDay(DiskStall stall, Consumer<String> tell) {
        this.stall = stall;
        this.tell = tell;
    }

    /** The whole day; the till is off at its end. */
    public void run() {
        switchOn();
        until("the rules", () -> {
            if (!stall.till().stall().ready()) {
                stall.replug();
            }
            return stall.till().stall().ready();
        });
        pay("b1", this::cash);
        pay("b2", () -> card("b2", false));
        boolean[] torn = {true};
        pay("b3", () -> {
            card("b3", torn[0]);
            torn[0] = false;
        });
        until("the closing", () -> {
            stall.till().closing().close(FundHub.DAY);
            return true;
        });
        until("the hub's word", () -> {
            stall.replug();
            return stall.till().uplink().unacknowledged() == 0;
        });
        until("the end", () -> {
            tell.accept(evening());
            stall.till().stop();
            return true;
        });
        stall.switchOff();
        tell.accept("end");
    }

    private String evening() throws StorageFailed {
        var evening = stall.hub().reconcile(FundHub.DAY, true);
        return "evening: " + stall.till().sales() + " sales, " + evening.sales() + " at the hub, "
                + evening.entries() + " entries of "
                + stall.till().ledger().head().number() + ", suspense "
                + evening.suspense() + ", quarantine " + evening.quarantine() + ", differences "
                + evening.unexplained();
    }

    private void cash() {
        hear(stall.till().stall().cash("b1"));
    }

    private void card(String key, boolean torn) {
        hear(stall.till().stall().awaitCard(key));
        stall.tap(torn);
    }

    private void pay(String key, Runnable gesture) {
        until(key, () -> {
            if (shownPaid(stall.till().stall().ringUp(key, GOODS, true))) {
                tell.accept("paid " + key);
                return true;
            }
            gesture.run();
            stall.settle();
            if (shownPaid(stall.till().stall().look(key))) {
                tell.accept("paid " + key);
                return true;
            }
            return false;
        });
    }

    private boolean shownPaid(Answer answer) {
        return hear(answer).filter(basket -> basket.state() == BasketState.PAID).isPresent();
    }

    private Optional<TillBasket> hear(Answer answer) {
        return switch (answer) {
            case Answer.Basket(TillBasket basket) -> Optional.of(basket);
            case Answer.Refused refused -> {
                tell.accept("said " + DiskStall.speech().speak(refused.why()));
                yield Optional.empty();
            }
        };
    }

    private void until(String what, Gesture gesture) {
        for (int tries = 1; tries <= TRIES_MAX; tries++) {
            try {
                if (gesture.done()) {
                    return;
                }
            } catch (StorageFailed failed) {
                tell.accept("said " + failed.getMessage());
            }
            if (tries % PATIENCE == 0) {
                tell.accept("off");
                stall.switchOff();
                switchOn();
            }
        }
        throw new IllegalStateException(what + " did not come about");
    }

    private void switchOn() {
        for (int tries = 1; tries <= TRIES_MAX; tries++) {
            Optional<String> refused = stall.switchOn();
            if (refused.isEmpty()) {
                tell.accept("on");
                return;
            }
            tell.accept("said " + refused.get());
        }
        throw new IllegalStateException("the till does not start any more");
    }

    /** What the producer wants to come about. */
    @FunctionalInterface
    private interface Gesture {
        boolean done() throws StorageFailed;
    }
}
