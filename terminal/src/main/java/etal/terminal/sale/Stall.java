package etal.terminal.sale;

import etal.port.CardReader.CardEvent;
import etal.port.Entropy;
import etal.port.Signal;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.ledger.Body;
import etal.protocol.split.Wish;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Change;
import etal.terminal.basket.Paying;
import etal.terminal.basket.Terms;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.card.CardAccess;
import etal.terminal.intent.Intention;
import etal.terminal.intent.IntentionBook;
import etal.terminal.ledger.Ledger;
import etal.terminal.order.CarriedNews;
import etal.terminal.order.Deliveries;
import etal.terminal.rules.RuleBook;
import etal.terminal.rules.Rules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The till: what the screen wishes and what the reader brings, one after the other on the loop.
 *
 * <p>An undecided payment blocks its own basket only: the next basket can be rung up and paid, by another card or the same.
 * When the store fails the till stops selling until {@link #recover} has read it again.
 */
public final class Stall implements Desk {
    private final Ledger ledger;
    private final BasketBook baskets;
    private final IntentionBook intentions;
    private final RuleBook rules;
    private final RulesInForce force;
    private final Signal signal;
    private final SaleEntries entries;
    private final StoreGuard guard;
    private final CardDesk cards;
    private final Cancellations cancellations;
    private final Ringing ringing;
    private Consumer<TillBasket> onPaid = basket -> {};

    /** On an opened ledger; call {@link #recover} before anything else. */
    public Stall(
            Ledger ledger,
            BasketBook baskets,
            RuleBook rules,
            Deliveries deliveries,
            CardAccess access,
            Seller seller,
            CarriedNews news,
            Entropy entropy,
            Signal signal) {
        this.ledger = ledger;
        this.baskets = baskets;
        this.intentions = new IntentionBook(ledger.store());
        this.rules = rules;
        this.signal = signal;
        this.entries = new SaleEntries(ledger, baskets, seller, news, entropy);
        this.force = new RulesInForce(ledger, rules, baskets, entries, seller);
        this.guard = new StoreGuard(signal, this::recover);
        this.cards = new CardDesk(
                ledger,
                baskets,
                intentions,
                rules,
                deliveries,
                force,
                access,
                seller,
                entries,
                signal,
                basket -> onPaid.accept(basket));
        this.cancellations = new Cancellations(ledger, baskets, entries, cards);
        this.ringing = new Ringing(baskets, force, entries, cards);
    }

    /** Names who hears of each paid and each cancelled basket, after it is durable and shown. */
    public void onPaid(Consumer<TillBasket> listener) {
        onPaid = listener;
    }

    /**
     * Reads the store: every open intention becomes "in doubt" before anything is sold. At the start, and after the store
     * failed.
     */
    public void recover() throws StorageFailed {
        cards.forgetAll();
        // A disk that is still full is found here, before a card is asked for anything.
        ledger.store().probe();
        entries.openInDoubt(intentions);
        force.forget();
        // Last: whoever watches the baskets asks again at once, and on a full disk that would have no end.
        baskets.reload();
    }

    /** Whether baskets can be rung up now. */
    public boolean ready() {
        return !guard.failed() && ledger.sellsNot().isEmpty() && rulesNow().isPresent();
    }

    /** The ledger is not its own past, or has ended: nothing is sold any more, and the light says so. */
    public void ended() {
        cards.forgetAll();
        signal.show(Signal.Outcome.FAULT);
    }

    /** Whether the store failed and has not been read since. */
    public boolean storageFailed() {
        return guard.failed();
    }

    /** What stands between the till and a store that fails. */
    public StoreGuard store() {
        return guard;
    }

    /** Whether the reader answers. */
    public boolean readerWorking() {
        return cards.readerWorking();
    }

    @Override
    public Optional<String> awaited() {
        return cards.awaited();
    }

    @Override
    public Optional<Rules> rulesNow() {
        return force.now();
    }

    /** When the next rules begin to hold, if some are known that will. */
    public Optional<Instant> nextRules() {
        return rules.nextBeginMillis(ledger.timeMillis()).stream()
                .mapToObj(Instant::ofEpochMilli)
                .findFirst();
    }

    /** Rules may have begun to hold: a document came, its date came, or the clock was set. */
    public void rulesMayHaveBegun() {
        if (ledger.endedForGood().isEmpty()) {
            guard.unasked(cards::rulesMayHaveBegun);
        }
    }

    /** The month it is. */
    public int period() {
        return rules.period(ledger.timeMillis());
    }

    /** Names who knows whether the hub has everything and is there now. */
    public void heardBy(BooleanSupplier online) {
        force.heardBy(online);
    }

    /** Rings up a basket at the fair price; the same key again is the basket as it stands. */
    public Answer ringUp(String key, List<Wanted> wanted, boolean receipt) {
        return ringUp(key, wanted, receipt, Terms.PLAIN);
    }

    /** Rings up a basket under terms; the same key again is the basket as it stands. */
    public Answer ringUp(String key, List<Wanted> wanted, boolean receipt, Terms terms) {
        return selling(() -> {
            Optional<TillBasket> known = baskets.find(key);
            if (known.isPresent()) {
                return new Answer.Basket(known.get());
            }
            return begin(key, now -> ringing.begin(key, wanted, receipt, terms, now));
        });
    }

    @Override
    public Answer choose(String key, Wish wish) {
        return changing(key, (basket, now) -> ringing.chosen(basket, wish, now));
    }

    @Override
    public Answer discount(String key, long discountCents) {
        return changing(key, (basket, now) -> ringing.discounted(basket, discountCents, now));
    }

    @Override
    public Answer paying(String key, UnaryOperator<Paying> otherwise) {
        return changing(key, (basket, now) -> ringing.paying(basket, otherwise.apply(basket.paying())));
    }

    @Override
    public Answer change(String key, Change change) {
        return selling(() -> {
            if (baskets.find(key).isPresent()) {
                return changing(key, (basket, now) -> ringing.changed(basket, change, now));
            }
            if (!change.begins()) {
                return Answer.refused(Answer.Kind.NOT_FOUND, "no-such-basket", key);
            }
            return begin(key, now -> ringing.begin(key, change, now));
        });
    }

    @Override
    public Answer again(String cancelled, String key) {
        return selling(() -> {
            Optional<TillBasket> goods = baskets.find(cancelled).filter(one -> one.state() == BasketState.CANCELLED);
            return goods.isEmpty() || baskets.find(key).isPresent()
                    ? Answer.refused(Answer.Kind.NOT_FOUND, "no-such-basket", cancelled)
                    : begin(key, now -> ringing.again(key, goods.get(), now));
        });
    }

    private Answer begin(String key, Step<Rules> work) throws StorageFailed {
        Answer refused = ringing.beginning(key);
        return refused == null ? withRules(work) : refused;
    }

    private interface Changing {
        Answer apply(TillBasket basket, Rules now) throws StorageFailed;
    }

    private Answer changing(String key, Changing work) {
        return onLive(key, basket -> notUnderWay(basket, () -> withRules(now -> work.apply(basket, now))));
    }

    @Override
    public Answer reopen(String key) {
        return onLive(
                key,
                basket -> notUnderWay(basket, () -> {
                    cards.forget(key);
                    return new Answer.Basket(baskets.show(basket.rungUpAnew(basket.basket())));
                }));
    }

    private Answer notUnderWay(TillBasket basket, StoreGuard.Work work) throws StorageFailed {
        return intentions.undecidedOf(basket.key()).isPresent()
                ? Answer.refused(Answer.Kind.CONFLICT, "payment-under-way")
                : work.run();
    }

    @Override
    public Answer awaitCard(String key) {
        return onLive(key, basket -> {
            if (basket.state() == BasketState.IN_DOUBT) {
                return new Answer.Basket(cards.await(basket, null));
            }
            return withRules(now -> {
                if (force.tooLongOffline()) {
                    return Answer.refused(Answer.Kind.CONFLICT, "card-too_long_offline");
                }
                long coveredCents = coveredCents(basket, now);
                if (coveredCents == 0) {
                    return Answer.refused(Answer.Kind.CONFLICT, "nothing-for-card");
                }
                long restCents = basket.basket().totalCents() - coveredCents;
                if (basket.paying().tenderedCents() > restCents) {
                    return Answer.refused(Answer.Kind.CONFLICT, "tendered-for-card", restCents);
                }
                TillBasket waiting = baskets.show(basket.to(BasketState.AWAITING_CARD, Said.of("present-card")));
                return new Answer.Basket(cards.await(waiting, null));
            });
        });
    }

    @Override
    public long coveredCents(TillBasket basket, Rules now) {
        return force.coveredCents(basket, now);
    }

    @Override
    public Answer agree(String key) {
        return onLive(key, basket -> {
            if (basket.state() != BasketState.SHORTFALL) {
                return Answer.refused(Answer.Kind.CONFLICT, "nothing-to-agree");
            }
            if (basket.cardCents() == 0) {
                return payCash(basket);
            }
            TillBasket waiting = baskets.show(basket.to(BasketState.AWAITING_CARD, Said.of("present-card")));
            return new Answer.Basket(cards.await(waiting, basket.cashCents()));
        });
    }

    @Override
    public Answer cash(String key) {
        return onLive(key, this::payCash);
    }

    private Answer payCash(TillBasket basket) throws StorageFailed {
        if (force.askedAnew(basket.key())) {
            return new Answer.Basket(basket);
        }
        return withRules(now -> {
            TillBasket paid = entries.soldForCash(
                    basket, now, intentions.undecidedOf(basket.key()).orElse(null));
            cards.forget(basket.key());
            signal.show(Signal.Outcome.PAID);
            onPaid.accept(paid);
            return new Answer.Basket(paid);
        });
    }

    @Override
    public Answer giveUp(String key, boolean kept) {
        return onLive(key, basket -> {
            Optional<Intention> undecided = intentions.undecidedOf(key);
            cards.forget(key);
            if (undecided.isEmpty()) {
                return new Answer.Basket(entries.givenUp(basket));
            }
            if (kept) {
                return new Answer.Basket(entries.kept(undecided.get()));
            }
            TillBasket next = basket.to(BasketState.ABANDONED, Said.of("given-up-undone"));
            return new Answer.Basket(entries.abandoned(undecided.get(), Body.Abandoned.GIVEN_UP_UNDONE, next));
        });
    }

    @Override
    public Answer cancel(long sale, int reason) {
        return selling(() -> withRules(now -> cancellations.cancel(sale, reason, now)));
    }

    @Override
    public Answer keepSale(long sale) {
        return selling(() -> cancellations.keepSale(sale, intentions));
    }

    /** The basket as it stands. */
    public Answer look(String key) {
        return guard.guarded(() -> on(key, Answer.Basket::new));
    }

    /** What the reader tells. */
    public void onCard(CardEvent event) {
        if (event instanceof CardEvent.Presented && ledger.endedForGood().isPresent()) {
            ended();
            return;
        }
        guard.unasked(() -> cards.on(event));
    }

    private Answer selling(StoreGuard.Work work) {
        Optional<Said> not = ledger.sellsNot();
        if (not.isPresent()) {
            return new Answer.Refused(Answer.Kind.UNAVAILABLE, not.get());
        }
        return guard.guarded(() -> {
            var unused = force.turn(ledger.timeMillis());
            return work.run();
        });
    }

    private Answer withRules(Step<Rules> work) throws StorageFailed {
        Optional<Rules> now = rulesNow();
        return now.isPresent() ? work.apply(now.get()) : Answer.refused(Answer.Kind.UNAVAILABLE, "no-rules");
    }

    private Answer onLive(String key, Step<TillBasket> work) {
        return selling(() -> on(
                key,
                basket -> basket.state().over()
                        ? Answer.refused(Answer.Kind.CONFLICT, "basket-over")
                        : work.apply(basket)));
    }

    private Answer on(String key, Step<TillBasket> work) throws StorageFailed {
        Optional<TillBasket> basket = baskets.find(key);
        return basket.isPresent()
                ? work.apply(basket.get())
                : Answer.refused(Answer.Kind.NOT_FOUND, "no-such-basket", key);
    }

    private interface Step<T> {
        Answer apply(T with) throws StorageFailed;
    }
}
