package etal.terminal.sale;

import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.card.Balances;
import etal.protocol.split.Basket;
import etal.protocol.split.CardState;
import etal.protocol.split.Split;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Pricing;
import etal.terminal.basket.TillBasket;
import etal.terminal.ledger.Ledger;
import etal.terminal.rules.RuleBook;
import etal.terminal.rules.Rules;
import java.util.Optional;
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
    /** Under which the baskets are shown; null before any, and after the store was read again. */
    private @Nullable Rules shown;

    RulesInForce(Ledger ledger, RuleBook rules, BasketBook baskets, SaleEntries entries, Seller seller) {
        this.ledger = ledger;
        this.rules = rules;
        this.baskets = baskets;
        this.entries = entries;
        this.seller = seller;
    }

    /** Those of this moment; empty while the terminal has none. */
    Optional<Rules> now() {
        return rules.at(ledger.timeMillis());
    }

    /** What a card with enough on it would pay of a basket under these rules. */
    long coveredCents(Basket basket, Rules under) {
        Balances full = new Balances(Balances.PURSE_MAX, 0, 0);
        CardState rich = new CardState(full, seller.pointOfSale().id());
        return Split.split(basket, under.scheme(), seller.pointOfSale(), rich).coveredCents();
    }

    /** The baskets are as the store has them. */
    void forget() {
        shown = null;
    }

    /**
     * Brings ledger and baskets under the rules of this moment. Never while a payment is open: what is in doubt keeps the
     * rules of its time, and the ledger must have said that it is in doubt before it names newer ones.
     *
     * @return whether of any basket something else is to be paid by card than was shown
     */
    boolean turn() throws StorageFailed {
        Optional<Rules> now = now();
        Rules before = shown;
        if (now.isEmpty() || before != null && before.are(now.get().applied())) {
            return false;
        }
        entries.begin(now.get());
        boolean changed = false;
        for (TillBasket basket : baskets.live()) {
            if (basket.state() != BasketState.IN_DOUBT) {
                changed |= coverAnew(basket, before, now.get());
            }
        }
        shown = now.get();
        return changed;
    }

    private boolean coverAnew(TillBasket basket, @Nullable Rules before, Rules now) throws StorageFailed {
        Basket covered = Pricing.covered(basket.basket(), now.catalogue());
        boolean same = before != null && coveredCents(basket.basket(), before) == coveredCents(covered, now);
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
