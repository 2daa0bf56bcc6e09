package etal.terminal.basket;

import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import etal.terminal.ledger.Twins;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The baskets of the till. What must survive a pulled plug (rung up, in doubt, paid, given up) is in the store; what only
 * this moment knows (a card awaited, a shortfall) is not. Used from the loop only.
 */
public final class BasketBook {
    private static final String SELECT = "SELECT *, " + Twins.flippedBasket() + " AS flipped FROM basket";

    /** Parked baskets at once; more is a mistake of whoever rings them up. */
    private static final int LIVE_MAX = 200;

    private static final int LATELY_MAX = 500;
    /** Versions a run of the terminal may use, so that they grow over restarts. */
    private static final long VERSIONS_PER_RUN = 1L << 24;

    private final TerminalStore store;
    private final Map<String, TillBasket> live = new LinkedHashMap<>();
    /** The last that were over, with the version of that change: whoever waits for it must see it grow. */
    private final LinkedHashMap<String, TillBasket> lately = new LinkedHashMap<>();

    private final List<Runnable> watchers = new ArrayList<>();
    private long storedVersion;
    private long version;

    private BasketBook(TerminalStore store, long run) {
        this.store = store;
        this.version = run * VERSIONS_PER_RUN;
        this.storedVersion = version;
    }

    /** Reads what the last run left. */
    public static BasketBook open(TerminalStore store) throws StorageFailed {
        long run = store.inTransaction(connection -> {
            long next = TerminalStore.counter(connection, "runs") + 1;
            TerminalStore.setCounter(connection, "runs", next);
            return next;
        });
        BasketBook book = new BasketBook(store, run);
        book.reload();
        return book;
    }

    /** Forgets what only the moment knew and reads the store again. */
    public void reload() throws StorageFailed {
        storedVersion = ++version;
        List<TillBasket> stored = store.inTransaction(connection -> Sql.rows(
                connection,
                SELECT + " WHERE state NOT IN ('PAID', 'CANCELLED', 'ABANDONED') ORDER BY key",
                row -> read(row, storedVersion)));
        live.clear();
        lately.clear();
        stored.stream().map(BasketBook::withNobodyBeforeIt).forEach(basket -> live.put(basket.key(), basket));
        changed();
    }

    /** The card that a basket waited for, or the member who was asked, is there no more. */
    private static TillBasket withNobodyBeforeIt(TillBasket basket) {
        return switch (basket.state()) {
            case AWAITING_CARD, SHORTFALL -> basket.to(BasketState.OPEN, Said.of("open"));
            case OPEN, IN_DOUBT, REFUSED, CANCEL_IN_DOUBT, AWAITING_CANCEL, PAID, CANCELLED, ABANDONED -> basket;
        };
    }

    /** The basket of that key. */
    public Optional<TillBasket> find(String key) throws StorageFailed {
        TillBasket known = live.containsKey(key) ? live.get(key) : lately.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        return store.inTransaction(
                connection -> Sql.first(connection, SELECT + " WHERE key = ?", row -> read(row, storedVersion), key));
    }

    /** The basket of a sale. */
    public Optional<TillBasket> sold(long sale) throws StorageFailed {
        Optional<String> key = store.inTransaction(connection -> Sql.first(
                connection, "SELECT key FROM basket WHERE sale = ? ORDER BY key", row -> row.getString(1), sale));
        return key.isPresent() ? find(key.get()) : Optional.empty();
    }

    /** The last baskets that were sold, newest first, those since cancelled among them. */
    public List<TillBasket> soldLast(int most) throws StorageFailed {
        return store.inTransaction(connection -> Sql.rows(
                connection,
                SELECT + " WHERE sale > 0 ORDER BY sale DESC LIMIT ?",
                row -> read(row, storedVersion),
                most));
    }

    /** The newest basket whose key begins so; keys are compared as texts. */
    public Optional<TillBasket> newest(String keyBegin) throws StorageFailed {
        Optional<String> key = store.inTransaction(connection -> Sql.first(
                connection,
                "SELECT key FROM basket WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT 1",
                row -> row.getString(1),
                keyBegin,
                keyBegin + Character.MAX_VALUE));
        return key.isPresent() ? find(key.get()) : Optional.empty();
    }

    /** Grows with every change of any basket, over restarts too. */
    public long version() {
        return version;
    }

    /** Whether another basket can be parked. */
    public boolean full() {
        return live.size() >= LIVE_MAX;
    }

    /** Baskets that are not over, in the order they were rung up. */
    public List<TillBasket> live() {
        return List.copyOf(live.values());
    }

    /** Shows a change that need not survive. */
    public TillBasket show(TillBasket basket) {
        TillBasket shown = basket.at(++version);
        if (shown.state().settled()) {
            live.remove(shown.key());
            lately.put(shown.key(), shown);
            if (lately.size() > LATELY_MAX) {
                // Older ones are read from the store.
                lately.pollFirstEntry();
            }
        } else {
            lately.remove(shown.key());
            live.put(shown.key(), shown);
        }
        changed();
        return shown;
    }

    /** Writes the basket within a transaction; {@link #show} it once that is durable. */
    public static void write(Connection connection, TillBasket basket) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO basket(key, state, lines, receipt, sale, entry, card_cents, cash_cents, said)"
                        + " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO UPDATE SET state = excluded.state,"
                        + " lines = excluded.lines, receipt = excluded.receipt, sale = excluded.sale, entry = excluded.entry, card_cents = excluded.card_cents,"
                        + " cash_cents = excluded.cash_cents, said = excluded.said",
                basket.key(),
                basket.state().name(),
                basket.details(basket.cardCents(), basket.cashCents()).encode(),
                basket.receipt() ? 1 : 0,
                basket.sale(),
                basket.entry(),
                basket.cardCents(),
                basket.cashCents(),
                basket.said().key());
    }

    private static TillBasket read(ResultSet row, long version) throws SQLException {
        Twins.insist(row.getBoolean("flipped"), "a basket");
        Details details = Details.stored(row.getBytes("lines"));
        return new TillBasket(
                row.getString("key"),
                details.basket(),
                row.getInt("receipt") == 1,
                BasketState.valueOf(row.getString("state")),
                row.getLong("sale"),
                row.getLong("entry"),
                row.getLong("card_cents"),
                row.getLong("cash_cents"),
                Said.of(row.getString("said")),
                details.paying(),
                version);
    }

    /** Runs after each change, on the loop. */
    public void onChange(Runnable watcher) {
        watchers.add(watcher);
    }

    private void changed() {
        List.copyOf(watchers).forEach(Runnable::run);
    }
}
