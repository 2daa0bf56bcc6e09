package etal.terminal.sale;

import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.card.Balances;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.split.Basket;
import etal.protocol.split.CardState;
import etal.protocol.split.Envelope;
import etal.protocol.split.Split;
import etal.protocol.split.TariffSide;
import etal.protocol.sync.SignedCheckpoint;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.PriceEnvelope;
import etal.terminal.basket.Pricing;
import etal.terminal.basket.Terms;
import etal.terminal.basket.TillBasket;
import etal.terminal.ledger.Ledger;
import etal.terminal.rules.RuleBook;
import etal.terminal.rules.Rules;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules that hold at this till, and the moment in which others begin to: the ledger says so once, and what was rung up
 * before is covered anew. Its prices stay. Used from the loop only.
 */
final class RulesInForce {
    private final Ledger ledger;
    private final RuleBook rules;
    private final BasketBook baskets;
    private final SaleEntries entries;
    private final Seller seller;
    private final PriceEnvelope envelope;
    private final Set<String> askedAnew = new TreeSet<>();
    private BooleanSupplier heard = () -> false;
    /** Under which the baskets are shown; null before any, and after the store was read again. */
    private @Nullable Rules shown;

    RulesInForce(Ledger ledger, RuleBook rules, BasketBook baskets, SaleEntries entries, Seller seller) {
        this.ledger = ledger;
        this.rules = rules;
        this.baskets = baskets;
        this.entries = entries;
        this.seller = seller;
        this.envelope = new PriceEnvelope(ledger.store());
    }

    /** Names who knows whether the hub has everything and is there now. */
    void heardBy(BooleanSupplier online) {
        heard = online;
    }

    /**
     * Whether the hub has said nothing for longer than the rules allow. Its last word is its newest acknowledgement; before
     * the first one a terminal counts from its own beginning. While it is there and has everything, it need say nothing.
     */
    boolean tooLongOffline() throws StorageFailed {
        Optional<Rules> rulesNow = now();
        if (rulesNow.isEmpty() || heard.getAsBoolean()) {
            return false;
        }
        Optional<SignedCheckpoint> word = ledger.acknowledged();
        // Only without any word: the first entry would have to be read at every tap.
        long lastMillis = word.isPresent() ? word.get().checkpoint().hubTimeMillis() : begunMillis();
        long daysMost = rulesNow.get().scheme().card().offlineDaysMost();
        return ledger.timeMillis() - lastMillis > Duration.ofDays(daysMost).toMillis();
    }

    private long begunMillis() throws StorageFailed {
        try {
            return SignedEntry.decode(ledger.from(1, 1, Integer.MAX_VALUE).getFirst())
                    .entry()
                    .timeMillis();
        } catch (Malformed malformed) {
            throw new StorageFailed("an entry does not read: the store is damaged", malformed);
        }
    }

    /** A basket at the prices asked of it now, or why not. */
    Pricing.Priced ask(Basket basket, Terms terms, Rules under) throws StorageFailed {
        return Pricing.ask(basket, under.scheme(), terms, left(under));
    }

    /** A basket with other goods, as much at the terms of before as can be. */
    Basket askAgain(Basket basket, Terms terms, Rules under) throws StorageFailed {
        return Pricing.askAgain(basket, under.scheme(), terms, left(under));
    }

    private Envelope left(Rules under) throws StorageFailed {
        return envelope.left(under.scheme(), ledger.timeMillis());
    }

    /** Whether the last turn asks another price for that basket: nothing may be paid before it was seen. */
    boolean askedAnew(String key) {
        return askedAnew.contains(key);
    }

    /** Those of this moment; empty while the terminal has none. */
    Optional<Rules> now() {
        return at(ledger.timeMillis());
    }

    /**
     * Those of a moment. None where the ledger has named a newer version that is here no more, such as after a bit has flipped in
     * it: a till goes back to older rules when its clock is set back, and never because it has lost the newer ones.
     */
    Optional<Rules> at(long timeMillis) {
        long named = ledger.rulesApplied().map(Body.RulesApplied::version).orElse(0L);
        return rules.at(timeMillis).filter(held -> held.scheme().version() >= named || rules.knows(named));
    }

    /** What a card with enough on it would pay of a basket under these rules. */
    long coveredCents(TillBasket basket, Rules under) {
        Balances full = new Balances(Balances.PURSE_MAX, 0, 0);
        CardState rich = new CardState(full, seller.pointOfSale().id());
        long mostCents = basket.paying().mostCents();
        return Split.split(basket.basket(), under.scheme(), seller.pointOfSale(), rich, mostCents)
                .coveredCents();
    }

    /** The baskets are as the store has them. */
    void forget() {
        shown = null;
    }

    /**
     * Brings ledger and baskets under the rules of a moment. Never while a payment is open: what is in doubt keeps the
     * rules of its time, and the ledger must have said that it is in doubt before it names newer ones. A reduction that the
     * envelope no longer bears, because another basket was paid meanwhile, is asked anew too.
     *
     * @param timeMillis the moment, as the ledger counts time
     * @return whether of any basket something else is to be paid by card than was shown
     */
    boolean turn(long timeMillis) throws StorageFailed {
        askedAnew.clear();
        Optional<Rules> now = at(timeMillis);
        Rules before = shown;
        if (now.isEmpty()) {
            return false;
        }
        if (before != null && before.are(now.get().applied())) {
            return withinEnvelope(now.get());
        }
        entries.begin(now.get());
        boolean changed = false;
        for (TillBasket basket : baskets.live()) {
            if (canBePaid(basket)) {
                changed |= coverAnew(basket, before, now.get());
            }
        }
        shown = now.get();
        return changed;
    }

    /** What is in doubt keeps the rules of its time, and so does what is sold and being cancelled. */
    private static boolean canBePaid(TillBasket basket) {
        return basket.state() != BasketState.IN_DOUBT && !basket.state().over();
    }

    private boolean withinEnvelope(Rules now) throws StorageFailed {
        boolean changed = false;
        for (TillBasket basket : baskets.live()) {
            long fundCents = basket.basket().tariff().map(TariffSide::fundCents).orElse(0L);
            if (fundCents > 0 && canBePaid(basket) && fundCents > left(now).leftCents()) {
                Basket anew = askAgain(basket.basket(), Terms.of(basket.basket()), now);
                priced(basket, anew);
                changed = true;
            }
        }
        return changed;
    }

    /** What was agreed or counted at the price before is agreed no more. */
    private void priced(TillBasket basket, Basket anew) throws StorageFailed {
        askedAnew.add(basket.key());
        BasketState state = basket.state() == BasketState.SHORTFALL ? BasketState.OPEN : basket.state();
        var unused = entries.keep(basket.rungUpAnew(anew).to(state, Said.of("price-changed")));
    }

    private boolean coverAnew(TillBasket basket, @Nullable Rules before, Rules now) throws StorageFailed {
        Basket listed = Pricing.covered(basket.basket(), now.catalogue());
        boolean plain = listed.tariff().isEmpty() && listed.discountCents() == 0;
        Basket covered = plain ? listed : askAgain(listed, Terms.of(listed), now);
        if (covered.totalCents() != listed.totalCents()) {
            priced(basket, covered);
            return true;
        }
        boolean same = before != null && coveredCents(basket, before) == coveredCents(basket.covering(covered), now);
        if (same && covered.equals(basket.basket())) {
            return false;
        }
        TillBasket anew = basket.covering(covered);
        if (same || before == null) {
            var unused = entries.keep(anew);
            return false;
        }
        // What was agreed or counted under the rules before is agreed no more.
        BasketState state = basket.state() == BasketState.SHORTFALL ? BasketState.OPEN : basket.state();
        var unused = entries.keep(anew.to(state, Said.of("rules-changed")));
        return true;
    }
}
