package etal.terminal.sale;

import etal.port.CardChannel;
import etal.port.CardReader.CardEvent;
import etal.port.Entropy;
import etal.port.Signal;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.card.Balances;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.ledger.Body;
import etal.protocol.split.Split;
import etal.protocol.trust.Verified;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Pricing;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.card.CardAccess;
import etal.terminal.ledger.Ledger;
import etal.terminal.rules.RuleBook;
import etal.terminal.rules.Rules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The till: what the screen wishes and what the reader brings, one after the other on the loop.
 *
 * <p>An undecided payment blocks its own basket only: the next basket can be rung up and paid, by another card or the same.
 * When the store fails the till stops selling until {@link #recover} has read it again.
 */
public final class Stall {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Ledger ledger;
    private final BasketBook baskets;
    private final IntentionBook intentions;
    private final RuleBook rules;
    private final CardAccess access;
    private final Seller seller;
    private final Signal signal;
    private final SaleEntries entries;
    private Consumer<TillBasket> onPaid = basket -> {};
    private @Nullable CardChannel lying;
    private @Nullable String lyingFor;
    private @Nullable String awaitedKey;
    private @Nullable Long agreedCashCents;
    private boolean storageFailed;
    private boolean readerWorking = true;

    /** On an opened ledger; call {@link #recover} before anything else. */
    public Stall(
            Ledger ledger,
            BasketBook baskets,
            RuleBook rules,
            CardAccess access,
            Seller seller,
            Verified sealTo,
            Entropy entropy,
            Signal signal) {
        this.ledger = ledger;
        this.baskets = baskets;
        this.intentions = new IntentionBook(ledger.store());
        this.rules = rules;
        this.access = access;
        this.seller = seller;
        this.signal = signal;
        this.entries = new SaleEntries(ledger, baskets, seller, sealTo, entropy);
    }

    /** Names who hears of each paid basket, after it is durable and shown. */
    public void onPaid(Consumer<TillBasket> listener) {
        onPaid = listener;
    }

    /**
     * Reads the store: every open intention becomes "in doubt" before anything is sold. At the start, and after the store
     * failed.
     */
    public void recover() throws StorageFailed {
        awaitedKey = null;
        agreedCashCents = null;
        baskets.reload();
        for (Intention intention : intentions.undecided()) {
            if (intention.phase() == Intention.Phase.OPEN) {
                entries.inDoubt(intention, null);
            }
        }
        storageFailed = false;
    }

    /** Whether baskets can be rung up now. */
    public boolean ready() {
        return !storageFailed && rulesNow().isPresent();
    }

    /** Whether the store failed and has not been read since. */
    public boolean storageFailed() {
        return storageFailed;
    }

    /** Whether the reader answers. */
    public boolean readerWorking() {
        return readerWorking;
    }

    /** The basket the next card pays. */
    public Optional<String> awaited() {
        return Optional.ofNullable(awaitedKey);
    }

    /** The rules of now. */
    public Optional<Rules> rulesNow() {
        return rules.at(ledger.timeMillis());
    }

    /** The month: the newest the hub has opened, else the calendar's. */
    public int period() {
        long nowMillis = ledger.timeMillis();
        ZoneId zone = rulesNow().map(now -> now.scheme().zone()).orElse(ZoneId.of("UTC"));
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(nowMillis), zone);
        LocalDate earliest = LocalDate.of(2020, 1, 1);
        return rules.token(nowMillis)
                .map(PeriodToken::period)
                .orElseGet(() -> Period.of(day.isBefore(earliest) ? earliest : day));
    }

    /** Rings up a basket; the same key again is the basket as it stands. */
    public Answer ringUp(String key, List<Wanted> wanted, boolean receipt) {
        return guarded(() -> {
            if (!KEY.matcher(key).matches()) {
                return Answer.refused(Answer.Kind.BAD_REQUEST, "basket-key");
            }
            Optional<TillBasket> known = baskets.find(key);
            if (known.isPresent()) {
                return new Answer.Basket(known.get());
            }
            Optional<Rules> now = rulesNow();
            if (now.isEmpty()) {
                return Answer.refused(Answer.Kind.UNAVAILABLE, "no-rules");
            }
            if (baskets.full()) {
                return Answer.refused(Answer.Kind.CONFLICT, "too-many-baskets");
            }
            return switch (Pricing.price(wanted, now.get().catalogue())) {
                case Pricing.Priced.Refused refused -> new Answer.Refused(Answer.Kind.BAD_REQUEST, refused.why());
                case Pricing.Priced.Fine fine ->
                    new Answer.Basket(entries.rungUp(new TillBasket(
                            key,
                            fine.basket(),
                            receipt,
                            BasketState.OPEN,
                            0,
                            0,
                            0,
                            fine.basket().totalCents(),
                            Said.of("open"),
                            0)));
            };
        });
    }

    /** The next card pays this basket. */
    public Answer awaitCard(String key) {
        return onBasket(key, basket -> {
            if (basket.state().over()) {
                return over();
            }
            if (basket.state() == BasketState.IN_DOUBT) {
                return await(basket);
            }
            Optional<Rules> now = rulesNow();
            if (now.isEmpty()) {
                return Answer.refused(Answer.Kind.UNAVAILABLE, "no-rules");
            }
            if (coveredCents(basket, now.get()) == 0) {
                return Answer.refused(Answer.Kind.CONFLICT, "nothing-for-card");
            }
            agreedCashCents = null;
            return await(baskets.show(basket.to(BasketState.AWAITING_CARD, Said.of("present-card"))));
        });
    }

    private long coveredCents(TillBasket basket, Rules now) {
        Balances rich = new Balances(Balances.PURSE_MAX, 0, 0);
        return Split.split(basket.basket(), now.scheme(), seller.pointOfSale(), rich)
                .coveredCents();
    }

    /** The member agrees to pay the rest of a shortfall in cash. */
    public Answer agree(String key) {
        return onBasket(key, basket -> {
            if (basket.state() != BasketState.SHORTFALL) {
                return Answer.refused(Answer.Kind.CONFLICT, "nothing-to-agree");
            }
            if (basket.cardCents() == 0) {
                return payCash(basket);
            }
            agreedCashCents = basket.cashCents();
            return await(baskets.show(basket.to(BasketState.AWAITING_CARD, Said.of("present-card"))));
        });
    }

    private Answer await(TillBasket basket) throws StorageFailed {
        String before = awaitedKey;
        if (before != null && !before.equals(basket.key())) {
            putBack(before);
        }
        awaitedKey = basket.key();
        signal.show(Signal.Outcome.READY);
        CardChannel card = lying;
        if (card != null && (lyingFor == null || lyingFor.equals(basket.key()))) {
            tap(card);
        }
        return new Answer.Basket(baskets.find(basket.key()).orElse(basket));
    }

    /** Only one basket waits for a card at a time; the one before is as it was rung up. */
    private void putBack(String key) throws StorageFailed {
        Optional<TillBasket> waiting = baskets.find(key);
        if (waiting.isPresent() && waiting.get().state() == BasketState.AWAITING_CARD) {
            baskets.show(waiting.get().to(BasketState.OPEN, Said.of("open")));
        }
    }

    /** All of it, or all that is left to pay, in cash. */
    public Answer cash(String key) {
        return onBasket(key, basket -> basket.state().over() ? over() : payCash(basket));
    }

    private Answer payCash(TillBasket basket) throws StorageFailed {
        Optional<Rules> now = rulesNow();
        if (now.isEmpty()) {
            return Answer.refused(Answer.Kind.UNAVAILABLE, "no-rules");
        }
        Intention undone = intentions.undecidedOf(basket.key()).orElse(null);
        TillBasket paid = entries.soldForCash(basket, now.get(), undone);
        forget(basket.key());
        signal.show(Signal.Outcome.PAID);
        onPaid.accept(paid);
        return new Answer.Basket(paid);
    }

    /** The stall gives up: the goods went back, or the member kept them. */
    public Answer giveUp(String key, boolean kept) {
        return onBasket(key, basket -> {
            if (basket.state().over()) {
                return over();
            }
            Optional<Intention> undecided = intentions.undecidedOf(key);
            forget(key);
            if (undecided.isEmpty()) {
                return new Answer.Basket(entries.keep(basket.to(BasketState.ABANDONED, Said.of("abandoned"))));
            }
            if (kept) {
                return new Answer.Basket(entries.kept(undecided.get()));
            }
            TillBasket next = basket.to(BasketState.ABANDONED, Said.of("given-up-undone"));
            return new Answer.Basket(entries.abandoned(undecided.get(), Body.Abandoned.GIVEN_UP_UNDONE, next));
        });
    }

    /** The basket as it stands. */
    public Answer look(String key) {
        return onBasket(key, Answer.Basket::new);
    }

    /** What the reader tells. */
    public void onCard(CardEvent event) {
        switch (event) {
            case CardEvent.Presented presented -> {
                lying = presented.channel();
                lyingFor = null;
                presented(presented.channel());
            }
            case CardEvent.Gone gone -> {
                lying = null;
                lyingFor = null;
            }
            case CardEvent.Collision collision -> say(Signal.Outcome.PRESENT_AGAIN, "one-card-only");
            case CardEvent.ReaderState state -> readerState(state.working());
        }
    }

    private void presented(CardChannel card) {
        guarded(() -> {
            tap(card);
            return new Answer.Refused(Answer.Kind.CONFLICT, Said.of("open"));
        });
    }

    private void tap(CardChannel card) throws StorageFailed {
        signal.show(Signal.Outcome.BUSY);
        Tap.Awaited awaited = new Tap.Awaited(
                awaitedKey,
                agreedCashCents,
                rulesNow().orElse(null),
                rules.token(ledger.timeMillis()).orElse(null),
                period(),
                ledger.timeMillis() / 1000);
        shown(new Tap(card, access, seller, entries, baskets, intentions, awaited).run());
    }

    private void shown(TapResult result) throws StorageFailed {
        switch (result) {
            case TapResult.LookedAt looked -> signal.show(Signal.Outcome.READY);
            case TapResult.Decided decided -> {
                lyingFor = "";
                say(Signal.Outcome.PRESENT_AGAIN, "decided-older");
            }
            case TapResult.Paid paid -> paid(paid.basket());
            case TapResult.Shortfall shortfall -> shortfall(shortfall);
            case TapResult.NotTaken not -> refused("card-" + not.why().name().toLowerCase(java.util.Locale.ROOT));
            case TapResult.RolledBack rolledBack -> refused("card-rolled-back");
            case TapResult.RefusedByCard refusedByCard -> {
                lyingFor = "";
                awaitedKey = null;
                signal.show(Signal.Outcome.REFUSED);
            }
            case TapResult.InDoubt doubt -> say(Signal.Outcome.PRESENT_AGAIN, "in-doubt");
            case TapResult.AnotherCard another -> say(Signal.Outcome.PRESENT_AGAIN, "another-card");
            case TapResult.PresentAgain again -> say(Signal.Outcome.PRESENT_AGAIN, "present-again");
            case TapResult.ReaderLost lost -> readerState(false);
        }
    }

    private void paid(TillBasket basket) {
        // A card left lying must not pay the next member's basket.
        lyingFor = "";
        forget(basket.key());
        signal.show(Signal.Outcome.PAID);
        onPaid.accept(basket);
    }

    private void shortfall(TapResult.Shortfall shortfall) throws StorageFailed {
        String key = awaitedKey;
        if (key == null) {
            throw new IllegalStateException("a shortfall of no basket");
        }
        lyingFor = key;
        TillBasket basket = baskets.find(key).orElseThrow(() -> new IllegalStateException("no basket " + key));
        baskets.show(basket.divided(
                        shortfall.plan().cardCents(), shortfall.plan().cashCents())
                .to(BasketState.SHORTFALL, Said.of("shortfall", shortfall.plan().cashCents())));
        awaitedKey = null;
        agreedCashCents = null;
        signal.show(Signal.Outcome.PRESENT_AGAIN);
    }

    private void refused(String sentence) throws StorageFailed {
        lyingFor = "";
        String key = awaitedKey;
        Optional<TillBasket> basket = key == null ? Optional.empty() : baskets.find(key);
        if (basket.isPresent() && basket.get().state() != BasketState.IN_DOUBT) {
            baskets.show(basket.get().to(BasketState.REFUSED, Said.of(sentence)));
            awaitedKey = null;
        }
        signal.show(Signal.Outcome.REFUSED);
    }

    private void say(Signal.Outcome outcome, String sentence) {
        signal.show(outcome);
        guarded(() -> {
            String key = awaitedKey;
            Optional<TillBasket> basket = key == null ? Optional.empty() : baskets.find(key);
            basket.filter(waiting -> !waiting.state().over())
                    .ifPresent(waiting -> baskets.show(waiting.to(waiting.state(), Said.of(sentence))));
            return over();
        });
    }

    private void readerState(boolean working) {
        if (working == readerWorking) {
            return;
        }
        readerWorking = working;
        signal.show(working ? Signal.Outcome.READY : Signal.Outcome.FAULT);
        if (!working) {
            guarded(() -> {
                ledger.commit(
                        writing -> writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.READER_LOST, null)));
                return over();
            });
        }
    }

    private void forget(String key) {
        if (key.equals(awaitedKey)) {
            awaitedKey = null;
            agreedCashCents = null;
        }
    }

    private static Answer over() {
        return Answer.refused(Answer.Kind.CONFLICT, "basket-over");
    }

    private Answer onBasket(String key, OnBasket work) {
        return guarded(() -> {
            Optional<TillBasket> basket = baskets.find(key);
            return basket.isPresent()
                    ? work.apply(basket.get())
                    : Answer.refused(Answer.Kind.NOT_FOUND, "no-such-basket", key);
        });
    }

    private Answer guarded(Guarded work) {
        try {
            if (storageFailed) {
                recover();
            }
            return work.run();
        } catch (StorageFailed failed) {
            storageFailed = true;
            signal.show(Signal.Outcome.FAULT);
            return Answer.refused(Answer.Kind.UNAVAILABLE, "storage-failed");
        }
    }

    @FunctionalInterface
    private interface Guarded {
        Answer run() throws StorageFailed;
    }

    @FunctionalInterface
    private interface OnBasket {
        Answer apply(TillBasket basket) throws StorageFailed;
    }
}
