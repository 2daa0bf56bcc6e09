package etal.terminal.screen;

import etal.port.StorageFailed;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.Hand;
import etal.terminal.basket.TillBasket;
import etal.terminal.ledger.TerminalStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of the till's baskets the producer has in hand. It is the same after a pulled plug: the basket as it was, or the
 * sale just made, until the next customer has come. Used from the loop only.
 */
final class InHand implements Hand {
    private static final String KEY = "touch-";
    /** Counter: the number of the last basket that was left for the next customer. */
    private static final String LEFT = "touch left";

    private final BasketBook baskets;
    private final TerminalStore store;
    private @Nullable String key;

    private InHand(BasketBook baskets, TerminalStore store) {
        this.baskets = baskets;
        this.store = store;
    }

    /** The basket the last run had in hand. */
    static InHand open(BasketBook baskets, TerminalStore store) throws StorageFailed {
        InHand hand = new InHand(baskets, store);
        long left = store.inTransaction(connection -> TerminalStore.counter(connection, LEFT));
        baskets.newest(KEY).filter(basket -> number(basket.key()) > left).ifPresent(basket -> hand.key = basket.key());
        return hand;
    }

    @Override
    public Optional<TillBasket> basket() throws StorageFailed {
        String known = key;
        return known == null ? Optional.empty() : baskets.find(known);
    }

    @Override
    public String keyForRinging() throws StorageFailed {
        Optional<TillBasket> now = basket().filter(basket -> !basket.state().over());
        return now.map(TillBasket::key)
                .orElseGet(() -> KEY + String.format(Locale.ROOT, "%018d", baskets.version() + 1));
    }

    @Override
    public void take(String wanted) throws StorageFailed {
        if (wanted.startsWith(KEY) && baskets.find(wanted).isPresent()) {
            key = wanted;
        }
    }

    @Override
    public void next() throws StorageFailed {
        String now = key;
        if (now != null) {
            store.inTransaction(connection -> {
                long left = Math.max(TerminalStore.counter(connection, LEFT), number(now));
                TerminalStore.setCounter(connection, LEFT, left);
                return left;
            });
            key = null;
        }
    }

    @Override
    public List<TillBasket> parked() {
        return baskets.live().stream()
                .filter(basket -> basket.key().startsWith(KEY) && !basket.key().equals(key))
                .toList();
    }

    private static long number(String key) {
        try {
            return Long.parseLong(key, KEY.length(), key.length(), 10);
        } catch (NumberFormatException other) {
            // A key that somebody rang up over the other interface; it counts as long left.
            return 0;
        }
    }
}
