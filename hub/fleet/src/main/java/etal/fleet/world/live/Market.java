package etal.fleet.world.live;

import etal.fleet.fault.Cable;
import etal.fleet.fault.DayFaults.CableCut;
import etal.fleet.market.DayPlan;
import etal.fleet.market.StallOfTheDay;
import etal.fleet.market.Visit;
import etal.fleet.world.place.Progress;
import etal.fleet.world.place.StallNode;
import etal.fleet.world.place.Till;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The market while it is open: every stall sells its visits in order, in a thread of its own. */
final class Market {
    private final DayPlan plan;
    private final Map<Integer, StallNode> stalls;
    private final Till till;
    private final Runnable restartBroker;
    private final Progress progress;

    Market(DayPlan plan, Map<Integer, StallNode> stalls, Till till, Runnable restartBroker, Progress progress) {
        this.plan = plan;
        this.stalls = stalls;
        this.till = till;
        this.restartBroker = restartBroker;
        this.progress = progress;
    }

    /** Sells everything; a failure at one stall sends everybody home and is thrown. */
    void sellAll() throws IOException, InterruptedException {
        var turnstile = new Turnstile(plan.visits());
        progress.expect(plan.visits().size());
        var running = new ArrayList<Future<?>>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (StallOfTheDay stall : plan.stalls()) {
                running.add(threads.submit(() -> {
                    sell(stall.number(), turnstile);
                    return null;
                }));
            }
            waitFor(running, turnstile);
        }
    }

    private static void waitFor(List<Future<?>> running, Turnstile turnstile) throws IOException, InterruptedException {
        ExecutionException first = null;
        for (Future<?> stall : running) {
            try {
                stall.get();
            } catch (ExecutionException e) {
                first = first == null ? e : first;
                turnstile.stop();
            }
        }
        if (first != null) {
            Throwable cause = first.getCause();
            throw new IOException(
                    "the market had to end: "
                            + (cause instanceof IOException said ? said.getMessage() : String.valueOf(cause)),
                    first);
        }
    }

    private void sell(int number, Turnstile turnstile) throws IOException, InterruptedException {
        StallNode stall = stalls.get(number);
        if (stall == null) {
            throw new IllegalStateException("no stall " + number);
        }
        try {
            for (Visit visit : plan.visitsOf(number)) {
                cables(stall, visit);
                if (visit.number() == plan.faults().brokerRestartAt()) {
                    restartBroker.run();
                }
                if (!turnstile.enter(visit)) {
                    return;
                }
                till.sell(stall, visit, plan.faults().at(visit.number()));
                turnstile.leave(visit);
                progress.sold();
            }
            stall.cable().plug();
        } catch (IOException | RuntimeException e) {
            turnstile.stop();
            throw e;
        }
    }

    private void cables(StallNode stall, Visit visit) {
        Cable cable = stall.cable();
        for (CableCut cut : plan.faults().cuts()) {
            if (cut.stall() == stall.number()) {
                boolean out = !visit.at().isBefore(cut.from()) && visit.at().isBefore(cut.until());
                if (out && cable.isPlugged()) {
                    progress.say("stall " + cut.stall() + " loses its network until " + cut.until());
                    cable.pull();
                } else if (!out && !cable.isPlugged()) {
                    progress.say("stall " + cut.stall() + " has its network back");
                    cable.plug();
                }
            }
        }
    }
}
