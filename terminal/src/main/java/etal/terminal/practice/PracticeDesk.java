package etal.terminal.practice;

import etal.port.Signal;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.split.Basket;
import etal.protocol.split.Envelope;
import etal.protocol.split.Wish;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Change;
import etal.terminal.basket.Goods;
import etal.terminal.basket.Hand;
import etal.terminal.basket.Paying;
import etal.terminal.basket.Pricing;
import etal.terminal.basket.Terms;
import etal.terminal.basket.TillBasket;
import etal.terminal.rules.Rules;
import etal.terminal.sale.Answer;
import etal.terminal.sale.Desk;
import etal.terminal.sale.StoreGuard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;
import java.util.function.UnaryOperator;

/**
 * The desk at which selling is learnt: the fund's own products, prices and rules, and a button in the place of the card. It
 * knows no reader, no card and no book of sales: all it can write is that something was sold for practice. Used from the loop
 * only.
 */
public final class PracticeDesk implements Desk {
    private final PracticeBook book;
    private final PracticeHand hand;
    private final Ruling ruling;
    private final StoreGuard guard;
    private final Signal signal;
    private final Map<Long, Integer> prints = new LinkedHashMap<>();
    private boolean realCard;

    /** What is asked of the rules: those of now, and what a card with enough on it would pay of a basket under them. */
    record Ruling(Supplier<Optional<Rules>> now, ToLongBiFunction<TillBasket, Rules> coveredCents) {}

    PracticeDesk(PracticeBook book, Ruling ruling, StoreGuard guard, Signal signal, Runnable changed) {
        this.book = book;
        this.hand = new PracticeHand(changed);
        this.ruling = ruling;
        this.guard = guard;
        this.signal = signal;
    }

    /** What is in hand at this desk. */
    public Hand hand() {
        return hand;
    }

    /** How often the receipt of a training sale was printed before; it counts as printed from now on. */
    public int printedBefore(long practice) {
        return prints.merge(practice, 1, Integer::sum) - 1;
    }

    /** Somebody has laid a card on the reader. It was asked for nothing, and this is said until something else is done. */
    void cardLaid() {
        realCard = true;
        signal.show(Signal.Outcome.REFUSED);
    }

    /** What is to be said of a card that lay on the reader. */
    public Optional<Said> aboutRealCard() {
        return realCard ? Optional.of(Said.of("practice-real-card")) : Optional.empty();
    }

    /** What is done with a basket under the rules of now. */
    private interface Step {
        Answer on(TillBasket basket, Rules now) throws StorageFailed;
    }

    private Answer with(String key, Step step) {
        realCard = false;
        return guard.guarded(() -> {
            Optional<Rules> now = rulesNow();
            Optional<TillBasket> basket = hand.find(key);
            if (now.isEmpty()) {
                return Answer.refused(Answer.Kind.UNAVAILABLE, "no-rules");
            }
            return basket.isEmpty()
                    ? Answer.refused(Answer.Kind.NOT_FOUND, "no-such-basket", key)
                    : step.on(basket.get(), now.get());
        });
    }

    private Answer live(String key, Step step) {
        return with(
                key,
                (basket, now) -> basket.state().over()
                        ? Answer.refused(Answer.Kind.CONFLICT, "basket-over")
                        : step.on(basket, now));
    }

    private Answer changing(String key, Step step) {
        return live(
                key,
                (basket, now) -> basket.state() == BasketState.IN_DOUBT
                        ? Answer.refused(Answer.Kind.CONFLICT, "payment-under-way")
                        : step.on(basket, now));
    }

    private Answer shown(TillBasket basket) {
        return new Answer.Basket(hand.show(basket));
    }

    @Override
    public Answer change(String key, Change change) {
        if (hand.find(key).isPresent()) {
            return changing(key, (basket, now) -> goods(basket, change, now));
        }
        if (!change.begins() || hand.full()) {
            return change.begins()
                    ? Answer.refused(Answer.Kind.CONFLICT, "too-many-baskets")
                    : Answer.refused(Answer.Kind.NOT_FOUND, "no-such-basket", key);
        }
        realCard = false;
        Optional<Rules> now = rulesNow();
        return now.isEmpty()
                ? Answer.refused(Answer.Kind.UNAVAILABLE, "no-rules")
                : goods(TillBasket.rungUp(key, new Basket(List.of()), false), change, now.get());
    }

    private Answer goods(TillBasket basket, Change change, Rules now) {
        return switch (Goods.after(basket.basket(), change, now.catalogue())) {
            case Pricing.Priced.Refused refused -> new Answer.Refused(Answer.Kind.BAD_REQUEST, refused.why());
            case Pricing.Priced.Fine fine
            when fine.basket().lines().isEmpty() -> shown(basket.to(BasketState.ABANDONED, Said.of("abandoned")));
            case Pricing.Priced.Fine fine -> priced(basket, fine.basket(), now);
        };
    }

    private Answer priced(TillBasket basket, Basket goods, Rules now) {
        Terms terms = Terms.of(basket.basket()).forOtherGoods();
        return shown(basket.rungUpAnew(Pricing.askAgain(goods, now.scheme(), terms, envelope(now))));
    }

    @Override
    public Answer again(String cancelled, String key) {
        return with(
                cancelled,
                (basket, now) -> basket.state() == BasketState.CANCELLED
                        ? priced(
                                TillBasket.rungUp(key, basket.basket(), false),
                                Pricing.covered(basket.basket(), now.catalogue()),
                                now)
                        : Answer.refused(Answer.Kind.NOT_FOUND, "no-such-basket", cancelled));
    }

    @Override
    public Answer choose(String key, Wish wish) {
        return changing(
                key,
                (basket, now) -> asked(basket, new Terms(wish, basket.basket().discountCents()), now));
    }

    @Override
    public Answer discount(String key, long discountCents) {
        return changing(
                key,
                (basket, now) ->
                        asked(basket, new Terms(Terms.of(basket.basket()).wish(), discountCents), now));
    }

    private Answer asked(TillBasket basket, Terms terms, Rules now) {
        return switch (Pricing.ask(basket.basket(), now.scheme(), terms, envelope(now))) {
            case Pricing.Priced.Refused refused -> new Answer.Refused(Answer.Kind.BAD_REQUEST, refused.why());
            case Pricing.Priced.Fine fine -> shown(basket.rungUpAnew(fine.basket()));
        };
    }

    /** A day's whole envelope, each time: what is practised takes nothing of it. */
    private static Envelope envelope(Rules now) {
        return now.scheme().tariffs().map(tariffs -> Envelope.of(tariffs, 0)).orElse(new Envelope(0));
    }

    @Override
    public Answer paying(String key, UnaryOperator<Paying> otherwise) {
        return changing(key, (basket, now) -> {
            Paying paying = otherwise.apply(basket.paying());
            long totalCents = basket.basket().totalCents();
            return paying.tenderedCents() > totalCents
                    ? Answer.refused(Answer.Kind.BAD_REQUEST, "tendered-too-much", totalCents)
                    : shown(basket.rungUpAnew(basket.basket()).paying(paying));
        });
    }

    @Override
    public Answer reopen(String key) {
        return changing(key, (basket, now) -> shown(basket.rungUpAnew(basket.basket())));
    }

    @Override
    public Answer awaitCard(String key) {
        return changing(key, (basket, now) -> {
            long coveredCents = coveredCents(basket, now);
            long restCents = basket.basket().totalCents() - coveredCents;
            if (coveredCents == 0) {
                return Answer.refused(Answer.Kind.CONFLICT, "nothing-for-card");
            }
            return basket.paying().tenderedCents() > restCents
                    ? Answer.refused(Answer.Kind.CONFLICT, "tendered-for-card", restCents)
                    : awaits(basket.divided(coveredCents, restCents));
        });
    }

    @Override
    public Answer agree(String key) {
        return live(key, (basket, now) -> {
            if (basket.state() != BasketState.SHORTFALL) {
                return Answer.refused(Answer.Kind.CONFLICT, "nothing-to-agree");
            }
            return basket.cardCents() == 0 ? paid(basket) : awaits(basket);
        });
    }

    private Answer awaits(TillBasket basket) {
        signal.show(Signal.Outcome.READY);
        return shown(basket.to(BasketState.AWAITING_CARD, Said.of("practice-present")));
    }

    @Override
    public Answer cash(String key) {
        return live(key, (basket, now) -> {
            Paying paying = basket.paying().upTo(OptionalLong.empty());
            return paid(basket.paying(paying).divided(0, basket.basket().totalCents()));
        });
    }

    private Answer paid(TillBasket basket) throws StorageFailed {
        PracticeBook.Entered entered = book.sold(basket.details(basket.cardCents(), basket.cashCents()));
        signal.show(Signal.Outcome.PAID);
        return shown(basket.sold(entered.practice(), entered.entry()).to(BasketState.PAID, Said.of("practice-paid")));
    }

    @Override
    public Answer giveUp(String key, boolean kept) {
        return live(key, (basket, now) -> {
            if (basket.state() != BasketState.IN_DOUBT) {
                return shown(basket.to(BasketState.ABANDONED, Said.of("abandoned")));
            }
            return kept
                    ? shown(basket.to(BasketState.IN_DOUBT, Said.of("kept")))
                    : shown(basket.to(BasketState.ABANDONED, Said.of("practice-given-up")));
        });
    }

    @Override
    public Answer cancel(long sale, int reason) {
        return ofSale(sale, (basket, now) -> switch (basket.state()) {
            case CANCELLED -> Answer.refused(Answer.Kind.CONFLICT, "cancelled-already");
            case PAID, AWAITING_CANCEL, CANCEL_IN_DOUBT ->
                basket.cardCents() == 0
                        ? cancelled(basket)
                        : shown(basket.to(BasketState.AWAITING_CANCEL, Said.of("practice-present-same")));
            default -> Answer.refused(Answer.Kind.NOT_FOUND, "no-such-sale", sale);
        });
    }

    @Override
    public Answer keepSale(long sale) {
        return ofSale(
                sale,
                (basket, now) -> basket.state().cancelling()
                        ? shown(basket.to(BasketState.PAID, Said.of("practice-paid")))
                        : Answer.refused(Answer.Kind.CONFLICT, "nothing-to-give-up"));
    }

    private Answer ofSale(long sale, Step step) {
        Optional<String> key = hand.sold(sale).map(TillBasket::key);
        return key.isPresent() ? with(key.get(), step) : Answer.refused(Answer.Kind.NOT_FOUND, "no-such-sale", sale);
    }

    private Answer cancelled(TillBasket basket) {
        signal.show(Signal.Outcome.UNDONE);
        return shown(basket.to(BasketState.CANCELLED, Said.of("practice-cancelled")));
    }

    /** A button is touched in the place of a card that is laid down for a basket. */
    public Answer lay(String key, PracticeCard card) {
        return with(key, (basket, now) -> switch (basket.state()) {
            case AWAITING_CARD, REFUSED -> pays(basket, card, now);
            case IN_DOUBT -> again(basket, card, this::paid);
            case AWAITING_CANCEL, CANCEL_IN_DOUBT -> again(basket, card, this::cancelled);
            default -> new Answer.Basket(basket);
        });
    }

    private Answer pays(TillBasket basket, PracticeCard card, Rules now) throws StorageFailed {
        return switch (card) {
            case ENOUGH -> paid(basket);
            case SHORT -> shortOf(basket, coveredCents(basket, now) / 2);
            case REFUSED -> {
                signal.show(Signal.Outcome.REFUSED);
                yield shown(basket.to(BasketState.REFUSED, Said.of("practice-refused")));
            }
            case LIFTED -> {
                signal.show(Signal.Outcome.PRESENT_AGAIN);
                yield shown(basket.to(BasketState.IN_DOUBT, Said.of("practice-in-doubt")));
            }
        };
    }

    private Answer shortOf(TillBasket basket, long heldCents) {
        long restCents = basket.basket().totalCents() - heldCents;
        signal.show(Signal.Outcome.PRESENT_AGAIN);
        return shown(basket.divided(heldCents, restCents)
                .to(BasketState.SHORTFALL, Said.of("practice-shortfall", restCents)));
    }

    private interface Done {
        Answer with(TillBasket basket) throws StorageFailed;
    }

    /** The same card once more: it has done its part, or is lifted too soon again. */
    private Answer again(TillBasket basket, PracticeCard card, Done done) throws StorageFailed {
        if (card == PracticeCard.ENOUGH) {
            return done.with(basket);
        }
        signal.show(Signal.Outcome.PRESENT_AGAIN);
        boolean cancelling = basket.state().cancelling();
        return shown(basket.to(
                cancelling ? BasketState.CANCEL_IN_DOUBT : BasketState.IN_DOUBT,
                Said.of(cancelling ? "practice-cancel-in-doubt" : "practice-in-doubt")));
    }

    @Override
    public Optional<String> awaited() {
        return hand.basket()
                .filter(basket -> basket.state() == BasketState.AWAITING_CARD || basket.state() == BasketState.REFUSED)
                .map(TillBasket::key);
    }

    @Override
    public Optional<Rules> rulesNow() {
        return ruling.now().get();
    }

    @Override
    public long coveredCents(TillBasket basket, Rules now) {
        return ruling.coveredCents().applyAsLong(basket, now);
    }
}
