package etal.fleet.world.calm;

import etal.fleet.market.Household;
import etal.fleet.market.Visit;
import etal.fleet.market.Visit.Purchase;
import etal.fleet.world.place.Progress;
import etal.fleet.world.place.StallNode;
import etal.fleet.world.place.Till;
import etal.fleet.world.process.StallClient.BasketView;
import etal.port.Clock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A market that goes on by itself until it is closed: a customer every few seconds at any of its stalls, whatever happens to
 * tills and cables meanwhile. A stall without power sells nothing and has customers again when it is back. Safe for use by any
 * thread.
 */
public final class CalmMarket implements AutoCloseable {
    private static final int GO_HOME_SECONDS = 3;

    private final Till till;
    private final Purses purses;
    private final Footfall footfall;
    private final Clock clock;
    private final Progress progress;
    private final List<Counter> counters = new CopyOnWriteArrayList<>();
    private final AtomicInteger visits = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();

    /** Not yet open; the same seed brings the same customers. */
    public CalmMarket(
            Till till, Assortment assortment, List<Household> members, long seed, Clock clock, Progress progress) {
        this.till = till;
        this.footfall = new Footfall(assortment, new SplittableRandom(seed));
        this.purses = new Purses(footfall.shuffled(members));
        this.clock = clock;
        this.progress = progress;
    }

    /** One more stall sells. */
    public void add(StallNode stall) {
        counters.add(new Counter(stall, till));
    }

    /** Opens: each stall has a customer at once, so that there is life to be seen, then they come as they come. */
    public void open() {
        customers.execute(this::stroll);
    }

    private void stroll() {
        int opened = 0;
        try {
            do {
                while (opened < counters.size()) {
                    begin(counters.get(opened++));
                }
                List<Counter> free = counters.stream().filter(Counter::isFree).toList();
                if (!free.isEmpty()) {
                    begin(footfall.oneOf(free));
                }
            } while (!closing.await(footfall.pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Counter counter) {
        if (counter.tryEnter()) {
            Visit visit = counter.unfinished().orElseGet(() -> next(counter.number()));
            try {
                customers.execute(() -> serve(counter, visit));
            } catch (RejectedExecutionException closed) {
                // The market has closed between two customers: this one finds nobody.
                counter.leave();
            }
        }
    }

    private Visit next(int stall) {
        List<Purchase> purchases = footfall.basket(stall);
        boolean card = footfall.withCard() && footfall.conventioned(purchases);
        Optional<Integer> household = card ? purses.take(clock.now()) : Optional.empty();
        return visit(stall, household, purchases);
    }

    private Visit visit(int stall, Optional<Integer> household, List<Purchase> purchases) {
        return new Visit(
                visits.incrementAndGet(),
                stall,
                household.orElse(0),
                clock.now(),
                purchases,
                household.isPresent(),
                false);
    }

    private void serve(Counter counter, Visit visit) {
        try {
            BasketView paid = counter.serve(visit);
            if (visit.card()) {
                purses.paid(visit.household(), paid.cardCents(), clock.now());
            }
        } catch (IOException e) {
            progress.say("stall " + counter.number() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            counter.leave();
        }
    }

    /** Somebody from outside the market buys at one of its stalls, by card; waits for the turn. */
    public BasketView buy(int stall, int household, List<Purchase> purchases) throws IOException, InterruptedException {
        Counter counter = counters.stream()
                .filter(one -> one.number() == stall)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("stall " + stall + " is not open"));
        Visit visit = visit(stall, Optional.of(household), purchases);
        counter.enter();
        try {
            return counter.serve(visit);
        } finally {
            counter.leave();
        }
    }

    /** Everybody goes home; what was being sold is left as it stands. */
    @Override
    public void close() {
        closing.countDown();
        customers.shutdownNow();
        try {
            if (!customers.awaitTermination(GO_HOME_SECONDS, TimeUnit.SECONDS)) {
                progress.say("somebody is still at a stall");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
