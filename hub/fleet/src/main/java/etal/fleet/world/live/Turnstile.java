package etal.fleet.world.live;

import etal.fleet.market.Visit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets each household's card be at one stall at a time, in the order of the plan, so that the same plan gives the same
 * totals whatever the speed of the stalls. Safe for use by any thread.
 */
public final class Turnstile {
    private final Map<Integer, Deque<Integer>> waiting = new LinkedHashMap<>();
    private boolean stopped;

    /** For all visits of the day. */
    public Turnstile(List<Visit> visits) {
        for (Visit visit : visits) {
            waiting.computeIfAbsent(visit.household(), household -> new ArrayDeque<>())
                    .add(visit.number());
        }
    }

    /** Waits for this visit's turn; false when the market has been stopped. */
    public synchronized boolean enter(Visit visit) throws InterruptedException {
        while (!stopped && turnOf(visit.household()) != visit.number()) {
            wait();
        }
        return !stopped;
    }

    private int turnOf(int household) {
        Integer first = waiting.getOrDefault(household, new ArrayDeque<>()).peek();
        return first == null ? 0 : first;
    }

    /** The visit is over: the household's next may begin. */
    public synchronized void leave(Visit visit) {
        Deque<Integer> queue = waiting.getOrDefault(visit.household(), new ArrayDeque<>());
        Integer first = queue.poll();
        if (first == null || first != visit.number()) {
            throw new IllegalStateException("visit " + visit.number() + " left out of turn");
        }
        notifyAll();
    }

    /** Lets everybody go home. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
