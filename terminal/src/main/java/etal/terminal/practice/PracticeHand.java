package etal.terminal.practice;

import etal.terminal.basket.Hand;
import etal.terminal.basket.TillBasket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Baskets rung up for practice. They are in memory alone: a pulled plug may take them. Used from the loop only. */
final class PracticeHand implements Hand {
    private static final String KEY = "practice-";
    private static final int MOST = 20;

    private final Map<String, TillBasket> baskets = new LinkedHashMap<>();
    private final Runnable changed;
    private @Nullable String inHand;
    private long begun;

    PracticeHand(Runnable changed) {
        this.changed = changed;
    }

    Optional<TillBasket> find(String key) {
        return Optional.ofNullable(baskets.get(key));
    }

    Optional<TillBasket> sold(long practice) {
        return baskets.values().stream()
                .filter(basket -> basket.sale() == practice)
                .findFirst();
    }

    boolean full() {
        return baskets.size() >= MOST;
    }

    TillBasket show(TillBasket basket) {
        if (baskets.put(basket.key(), basket) == null) {
            begun++;
        }
        changed.run();
        return basket;
    }

    @Override
    public Optional<TillBasket> basket() {
        String key = inHand;
        return key == null ? Optional.empty() : find(key);
    }

    @Override
    public String keyForRinging() {
        return basket().filter(basket -> !basket.state().over())
                .map(TillBasket::key)
                .orElse(KEY + (begun + 1));
    }

    @Override
    public void take(String key) {
        if (baskets.containsKey(key)) {
            inHand = key;
            forgetSettled();
        }
    }

    @Override
    public void next() {
        inHand = null;
        forgetSettled();
    }

    private void forgetSettled() {
        baskets.values()
                .removeIf(basket -> basket.state().settled() && !basket.key().equals(inHand));
    }

    @Override
    public List<TillBasket> parked() {
        return baskets.values().stream()
                .filter(basket -> !basket.key().equals(inHand))
                .toList();
    }
}
