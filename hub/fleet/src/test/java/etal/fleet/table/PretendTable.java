package etal.fleet.table;

import etal.fleet.world.open.Table;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A table without a till: it keeps what is done to it, and cards are taken back when the test says so. */
final class PretendTable implements Table {
    private final List<Card> cards = List.of(
            new Card("c1", Kind.FULL),
            new Card("c2", Kind.NEARLY_EMPTY),
            new Card("c3", Kind.DENIED),
            new Card("c4", Kind.BANK));
    private final List<byte[]> printed = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final URI till;
    private CompletableFuture<View> changed = new CompletableFuture<>();
    private View view;

    PretendTable(URI till) {
        this.till = till;
        this.view = new View(
                1, cards, Optional.empty(), true, Power.ON, till, URI.create("http://127.0.0.1:8631/"), List.of());
    }

    /** What was asked, in order. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized void print(byte[] escPos) {
        printed.add(escPos);
        change(view.onReader(), view.cablePlugged(), view.power());
    }

    synchronized void power(Power power) {
        change(view.onReader(), view.cablePlugged(), power);
    }

    @Override
    public synchronized View view() {
        return view;
    }

    @Override
    public synchronized CompletableFuture<View> after(long version, Duration atMost) {
        if (view.version() > version) {
            return CompletableFuture.completedFuture(view);
        }
        return changed.copy().completeOnTimeout(view, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void tap(String card) {
        calls.add("tap " + card);
        change(Optional.of(card), view.cablePlugged(), view.power());
    }

    @Override
    public synchronized void tapTooShort(String card) {
        calls.add("tap too short " + card);
        change(Optional.of(card), view.cablePlugged(), view.power());
    }

    @Override
    public synchronized void withdraw() {
        change(Optional.empty(), view.cablePlugged(), view.power());
    }

    @Override
    public synchronized void cable(boolean plugged) {
        calls.add("cable " + plugged);
        change(view.onReader(), plugged, view.power());
    }

    @Override
    public synchronized void power(boolean on) {
        calls.add("power " + on);
        change(view.onReader(), view.cablePlugged(), on ? Power.STARTING : Power.OFF);
    }

    @Override
    public synchronized Optional<byte[]> paper(int number) {
        return number >= 1 && number <= printed.size() ? Optional.of(printed.get(number - 1)) : Optional.empty();
    }

    private void change(Optional<String> onReader, boolean cable, Power power) {
        List<Integer> papers = new ArrayList<>();
        for (int number = 1; number <= printed.size(); number++) {
            papers.add(number);
        }
        view = new View(view.version() + 1, cards, onReader, cable, power, till, view.hub(), papers);
        CompletableFuture<View> told = changed;
        changed = new CompletableFuture<>();
        told.complete(view);
    }
}
