package etal.fleet.world.calm;

import etal.fleet.market.Visit;
import etal.fleet.world.place.StallNode;
import etal.fleet.world.place.Till;
import etal.fleet.world.process.StallClient.BasketView;
import etal.fleet.world.process.Supervised;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One stall of the calm market: it serves one customer at a time. A customer whom something came between comes back for the
 * same basket, and goes home after a few tries. Safe for use by any thread.
 */
final class Counter {
    private static final int TRIES_MAX = 3;

    private final StallNode stall;
    private final Till till;
    private final Semaphore free = new Semaphore(1);
    private @Nullable Visit unfinished;
    private int tries;

    Counter(StallNode stall, Till till) {
        this.stall = stall;
        this.till = till;
    }

    int number() {
        return stall.number();
    }

    /** Whether somebody could be served right now. */
    boolean isFree() {
        return free.availablePermits() > 0 && stall.process().state() == Supervised.State.READY;
    }

    /** Takes the counter for one customer, if it is free. */
    boolean tryEnter() {
        return free.tryAcquire();
    }

    /** Takes the counter for one customer, waiting for it. */
    void enter() throws InterruptedException {
        free.acquire();
    }

    /** The customer goes. */
    void leave() {
        free.release();
    }

    /** Who has to be served before anybody new; asked by who has entered. */
    Optional<Visit> unfinished() {
        return Optional.ofNullable(unfinished);
    }

    /**
     * Serves a customer; called by who has entered.
     *
     * @throws IOException when something came between; the customer is {@link #unfinished} or has gone home
     */
    BasketView serve(Visit visit) throws IOException, InterruptedException {
        try {
            BasketView paid = till.sell(stall, visit, Optional.empty());
            finished();
            return paid;
        } catch (IOException e) {
            unfinished = visit;
            if (++tries == TRIES_MAX) {
                finished();
                clearAway(visit, e);
            }
            throw e;
        }
    }

    private void finished() {
        unfinished = null;
        tries = 0;
    }

    /** A basket nobody comes back for would stay parked at the till for ever. */
    private void clearAway(Visit visit, IOException why) throws InterruptedException {
        try {
            var unused = stall.client().giveUp(visit);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
