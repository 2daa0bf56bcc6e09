package etal.terminal.sale;

import etal.port.CardChannel;
import etal.port.CardReader.CardEvent;
import etal.port.Signal;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.ledger.Body;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.card.CardAccess;
import etal.terminal.intent.IntentionBook;
import etal.terminal.ledger.Ledger;
import etal.terminal.order.Deliveries;
import etal.terminal.order.Delivery;
import etal.terminal.rules.RuleBook;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The reader's side of the till: which basket waits for a card, which card lies there, and what light and sound say of it.
 * Used from the loop only.
 */
final class CardDesk {
    /** A card that has done its part: it pays nothing more until it is laid down anew. */
    private static final String NOTHING = "";

    private final Ledger ledger;
    private final BasketBook baskets;
    private final IntentionBook intentions;
    private final RuleBook rules;
    private final Deliveries deliveries;
    private final RulesInForce force;
    private final CardAccess access;
    private final Seller seller;
    private final SaleEntries entries;
    private final Signal signal;
    private final Consumer<TillBasket> onPaid;
    private @Nullable CardChannel lying;
    private @Nullable String lyingFor;
    private @Nullable String awaitedKey;
    private @Nullable Long agreedCashCents;
    private Awaited.@Nullable Cancelling cancelling;
    private boolean readerWorking = true;

    CardDesk(
            Ledger ledger,
            BasketBook baskets,
            IntentionBook intentions,
            RuleBook rules,
            Deliveries deliveries,
            RulesInForce force,
            CardAccess access,
            Seller seller,
            SaleEntries entries,
            Signal signal,
            Consumer<TillBasket> onPaid) {
        this.ledger = ledger;
        this.baskets = baskets;
        this.intentions = intentions;
        this.rules = rules;
        this.deliveries = deliveries;
        this.force = force;
        this.access = access;
        this.seller = seller;
        this.entries = entries;
        this.signal = signal;
        this.onPaid = onPaid;
    }

    /** The basket the next card pays. */
    Optional<String> awaited() {
        return Optional.ofNullable(awaitedKey);
    }

    boolean readerWorking() {
        return readerWorking;
    }

    /** The next card pays this basket; one that lies there already does so at once. */
    TillBasket await(TillBasket basket, @Nullable Long agreed) throws StorageFailed {
        putBackOthers(basket.key());
        awaitedKey = basket.key();
        agreedCashCents = agreed;
        signal.show(Signal.Outcome.READY);
        CardChannel card = lying;
        if (card != null && (lyingFor == null || lyingFor.equals(basket.key()))) {
            tap(card);
        }
        return baskets.find(basket.key()).orElse(basket);
    }

    /** The sale's own card takes its money back; one that lies there already does so at once. */
    TillBasket awaitCancelling(TillBasket basket, int reason) throws StorageFailed {
        putBackOthers(basket.key());
        cancelling = new Awaited.Cancelling(basket.key(), reason);
        if (basket.state() != BasketState.CANCEL_IN_DOUBT) {
            baskets.show(basket.to(BasketState.AWAITING_CANCEL, Said.of("present-same-card")));
        }
        signal.show(Signal.Outcome.READY);
        CardChannel card = lying;
        if (card != null) {
            tap(card);
        }
        return baskets.find(basket.key()).orElse(basket);
    }

    /** A sale without a card was undone. */
    TillBasket undone(TillBasket basket) {
        forget(basket.key());
        signal.show(Signal.Outcome.UNDONE);
        onPaid.accept(basket);
        return basket;
    }

    /** Only one basket waits for a card at a time; the one before is as it was rung up, or sold. */
    private void putBackOthers(String key) throws StorageFailed {
        for (TillBasket waiting : baskets.live()) {
            if (!waiting.key().equals(key) && waiting.state() == BasketState.AWAITING_CARD) {
                baskets.show(waiting.to(BasketState.OPEN, Said.of("open")));
            }
            if (!waiting.key().equals(key) && waiting.state() == BasketState.AWAITING_CANCEL) {
                baskets.show(waiting.to(BasketState.PAID, Said.of("paid")));
            }
        }
        forgetAll();
    }

    /** This basket waits for no card any more. */
    void forget(String key) {
        if (key.equals(awaitedKey) || cancelling != null && key.equals(cancelling.basketKey())) {
            forgetAll();
        }
    }

    void forgetAll() {
        awaitedKey = null;
        agreedCashCents = null;
        cancelling = null;
    }

    /** The rules may have changed: what an awaited card would pay is not what was shown. */
    void rulesMayHaveBegun() throws StorageFailed {
        if (force.turn(ledger.timeMillis()) && awaitedKey != null) {
            signal.show(Signal.Outcome.PRESENT_AGAIN);
        }
    }

    /** What the reader tells. */
    void on(CardEvent event) throws StorageFailed {
        switch (event) {
            case CardEvent.Presented presented -> presented(presented.channel());
            case CardEvent.Gone gone -> {
                lying = null;
                lyingFor = null;
            }
            case CardEvent.Collision collision -> say(Signal.Outcome.PRESENT_AGAIN, "one-card-only");
            case CardEvent.Unfit unfit -> refused("card-not_a_food_card");
            case CardEvent.ReaderState state -> readerState(state.working());
        }
    }

    private void presented(CardChannel card) throws StorageFailed {
        if (!card.equals(lying)) {
            lying = card;
            lyingFor = null;
        }
        // The same card was never lifted: what it has paid already, it does not pay again for the next member. What is
        // being undone it alone can take back.
        if (lyingFor == null || lyingFor.equals(awaitedKey) || cancelling != null) {
            tap(card);
        }
    }

    private void tap(CardChannel card) throws StorageFailed {
        // One moment for all of it: by it the rules are chosen, and it is the time that the card signs.
        long nowMillis = ledger.timeMillis();
        if (force.turn(nowMillis) && awaitedKey != null) {
            // What the card would pay now is not what was shown when it was laid down.
            lyingFor = NOTHING;
            signal.show(Signal.Outcome.PRESENT_AGAIN);
            return;
        }
        signal.show(Signal.Outcome.BUSY);
        Awaited awaited = new Awaited(
                awaitedKey,
                agreedCashCents,
                cancelling,
                force.at(nowMillis).orElse(null),
                rules.token(nowMillis).orElse(null),
                rules.period(nowMillis),
                rules.denied(),
                force.tooLongOffline(),
                nowMillis / 1000);
        Delivery delivery = deliveries.next(awaited.month());
        Tap tap = new Tap(card, access, seller, entries, baskets, intentions, awaited, delivery);
        try {
            show(tap.run());
        } finally {
            tap.settled().forEach(onPaid);
        }
        tap.bringWanted(deliveries);
    }

    private void show(TapResult result) throws StorageFailed {
        switch (result) {
            case TapResult.LookedAt looked -> signal.show(Signal.Outcome.READY);
            case TapResult.Decided decided -> {
                lyingFor = NOTHING;
                say(Signal.Outcome.PRESENT_AGAIN, "decided-older");
            }
            case TapResult.Paid paid -> done(paid.basket());
            case TapResult.Cancelled cancelled -> done(cancelled.basket());
            case TapResult.Shortfall shortfall -> shortfall(shortfall);
            case TapResult.NotTaken not -> refused("card-" + not.why().name().toLowerCase(Locale.ROOT));
            case TapResult.RolledBack rolledBack -> refused("card-rolled-back");
            case TapResult.RefusedByCard refusedByCard -> {
                lyingFor = NOTHING;
                refusedByCard();
            }
            case TapResult.InDoubt doubt ->
                say(Signal.Outcome.PRESENT_AGAIN, doubt.basket().state().cancelling() ? "cancel-in-doubt" : "in-doubt");
            case TapResult.AnotherCard another -> say(Signal.Outcome.PRESENT_AGAIN, "another-card");
            case TapResult.PresentAgain again -> say(Signal.Outcome.PRESENT_AGAIN, "present-again");
            case TapResult.TooSlow slow -> say(Signal.Outcome.PRESENT_AGAIN, "card-too-slow");
            case TapResult.ReaderLost lost -> readerState(false);
        }
    }

    private void done(TillBasket basket) throws StorageFailed {
        // A card left lying must not pay the next member's basket.
        lyingFor = NOTHING;
        forget(basket.key());
        if (awaitedKey == null && cancelling == null) {
            signal.show(basket.state() == BasketState.CANCELLED ? Signal.Outcome.UNDONE : Signal.Outcome.PAID);
        } else {
            // The light speaks of the basket in hand, and that one is not paid: the card left after an older one.
            say(Signal.Outcome.PRESENT_AGAIN, "decided-older");
        }
    }

    /** The basket in hand goes on waiting when the card has refused an older one. */
    private void refusedByCard() throws StorageFailed {
        boolean refused = awaitedBasket()
                .filter(basket -> basket.state() == BasketState.REFUSED)
                .isPresent();
        if (refused || cancelling != null && awaitedBasket().isEmpty()) {
            forgetAll();
        }
        signal.show(Signal.Outcome.REFUSED);
    }

    private void shortfall(TapResult.Shortfall shortfall) throws StorageFailed {
        TillBasket basket = awaitedBasket().orElseThrow(() -> new IllegalStateException("a shortfall of no basket"));
        lyingFor = basket.key();
        long restCents = shortfall.plan().cashCents();
        baskets.show(basket.divided(shortfall.plan().cardCents(), restCents)
                .to(BasketState.SHORTFALL, Said.of("shortfall", restCents)));
        forgetAll();
        signal.show(Signal.Outcome.PRESENT_AGAIN);
    }

    /** The basket goes on waiting: whoever was refused may lay down another card at once. */
    private void refused(String sentence) throws StorageFailed {
        lyingFor = NOTHING;
        Optional<TillBasket> basket = awaitedBasket();
        if (basket.isPresent() && basket.get().state() != BasketState.IN_DOUBT) {
            boolean sold = basket.get().state().over();
            baskets.show(basket.get().to(sold ? basket.get().state() : BasketState.REFUSED, Said.of(sentence)));
        }
        signal.show(Signal.Outcome.REFUSED);
    }

    private void say(Signal.Outcome outcome, String sentence) throws StorageFailed {
        signal.show(outcome);
        awaitedBasket().ifPresent(basket -> baskets.show(basket.to(basket.state(), Said.of(sentence))));
    }

    /** The basket that waits for a card, to pay or to take back. */
    private Optional<TillBasket> awaitedBasket() throws StorageFailed {
        Awaited.Cancelling undoing = cancelling;
        if (undoing != null) {
            return baskets.find(undoing.basketKey())
                    .filter(basket -> basket.state().cancelling());
        }
        String key = awaitedKey;
        return key == null
                ? Optional.empty()
                : baskets.find(key).filter(basket -> !basket.state().over());
    }

    private void readerState(boolean working) throws StorageFailed {
        if (working == readerWorking) {
            return;
        }
        readerWorking = working;
        signal.show(working ? Signal.Outcome.READY : Signal.Outcome.FAULT);
        if (!working) {
            ledger.commit(writing -> writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.READER_LOST, null)));
        }
    }
}
