package etal.terminal.sale;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.LedgerId;
import etal.protocol.split.CardState;
import etal.protocol.split.Plan;
import etal.protocol.split.Split;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.card.CardAccess;
import etal.terminal.card.CardRefusal;
import etal.terminal.card.CardSession;
import etal.terminal.card.DebitResult;
import etal.terminal.card.Meeting;
import etal.terminal.intent.Intention;
import etal.terminal.intent.IntentionBook;
import etal.terminal.order.Deliveries;
import etal.terminal.order.Delivery;
import etal.terminal.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One card in the field, from SELECT to what is shown: first what is undecided of it, then an awaited cancellation,
 * or what the fund has for it and the awaited basket. One object per presentation, used from the loop only.
 */
final class Tap {
    /** Looks at one card in a row; each decides one older payment or pays, so more means that something is wrong. */
    private static final int LOOKS_MAX = 20;

    private final CardChannel channel;
    private final CardAccess access;
    private final Seller seller;
    private final SaleEntries entries;
    private final BasketBook baskets;
    private final IntentionBook intentions;
    private final Awaited awaited;
    private final Delivery delivery;
    private final LedgerId ledger;
    private final Undecided older;
    private final List<TillBasket> settled = new ArrayList<>();
    private TapResult result = new TapResult.LookedAt();
    private @Nullable CardSession met;

    Tap(
            CardChannel channel,
            CardAccess access,
            Seller seller,
            SaleEntries entries,
            BasketBook baskets,
            IntentionBook intentions,
            Awaited awaited,
            Delivery delivery) {
        this.channel = channel;
        this.access = access;
        this.seller = seller;
        this.entries = entries;
        this.baskets = baskets;
        this.intentions = intentions;
        this.awaited = awaited;
        this.delivery = delivery;
        this.ledger = new LedgerId(
                access.introduction().terminal(), access.introduction().epoch());
        this.older = new Undecided(entries, baskets, awaited, delivery, ledger);
    }

    /** Does all of it. @throws StorageFailed when something could not be made durable; stop selling */
    TapResult run() throws StorageFailed {
        try {
            for (int look = 0; look < LOOKS_MAX; look++) {
                if (look(CardSession.meet(channel, access, awaited.period()))) {
                    return result;
                }
            }
            return new TapResult.PresentAgain();
        } catch (CardGone gone) {
            TapResult nothing = gone.tooSlow() ? new TapResult.TooSlow() : new TapResult.PresentAgain();
            return result instanceof TapResult.LookedAt ? nothing : result;
        } catch (ReaderBroken broken) {
            return result instanceof TapResult.LookedAt ? new TapResult.ReaderLost() : result;
        }
    }

    /** False when the card has to be looked at anew. */
    private boolean look(Meeting meeting) throws CardGone, ReaderBroken, StorageFailed {
        return switch (meeting) {
            case Meeting.Refused refused -> ends(new TapResult.NotTaken(refused.why()));
            case Meeting.OtherFund other -> ends(new TapResult.NotTaken(otherFund(other.fund())));
            case Meeting.Met known -> {
                met = known.session();
                yield serve(known.session());
            }
        };
    }

    private CardRefusal otherFund(long fund) {
        Rules rules = awaited.rules();
        boolean sister =
                rules != null && rules.scheme().funding().sisters().stream().anyMatch(known -> known.fund() == fund);
        return sister ? CardRefusal.SISTER_FUND : CardRefusal.OTHER_FUND;
    }

    private boolean serve(CardSession session) throws CardGone, ReaderBroken, StorageFailed {
        List<Intention> undecided = intentions.undecidedOf(session.certificate().cardId());
        if (undecided.isEmpty() && denied(session) && !delivery.blocks(session)) {
            return turnAway(CardRefusal.DENIED);
        }
        if (undecided.isEmpty()
                && awaitedBasket().isEmpty()
                && cancelledBasket().isEmpty()
                && !delivery.waits(session)) {
            return true;
        }
        CardRefusal refusal = session.readState();
        if (refusal != null) {
            return ends(new TapResult.NotTaken(refusal));
        }
        if (rolledBack(session)) {
            return ends(new TapResult.RolledBack());
        }
        for (Intention intention : undecided) {
            Undecided.Decided decided = older.decide(session, intention);
            if (decided.result() != null) {
                found(decided.result());
            }
            if (decided.next() != Undecided.Next.GO_ON) {
                return decided.next() == Undecided.Next.STOP || !more(intention.cardId());
            }
        }
        if (cancelledBasket().isPresent() && !denied(session) && !session.blocked()) {
            return cancelAwaited(session);
        }
        boolean orderless = denied(session) && !delivery.blocks(session);
        return orderless && !session.blocked() ? turnAway(CardRefusal.DENIED) : handOver(session);
    }

    private boolean denied(CardSession session) throws StorageFailed {
        return awaited.denied().holds(session.certificate().cardId()) || delivery.blocks(session);
    }

    private boolean more(byte[] cardId) throws StorageFailed {
        return awaitedBasket().isPresent()
                || cancelledBasket().isPresent()
                || !intentions.undecidedOf(cardId).isEmpty();
    }

    /** A denied or blocked card pays nothing; what its record has just proved of an older payment or cancellation is shown. */
    private boolean turnAway(CardRefusal why) throws StorageFailed {
        boolean proved = result instanceof TapResult.Paid || result instanceof TapResult.Cancelled;
        boolean shown = proved && awaitedBasket().isEmpty() && cancelledBasket().isEmpty();
        return shown || ends(new TapResult.NotTaken(why));
    }

    /** What the fund has for the card, then the basket. */
    private boolean handOver(CardSession session) throws CardGone, ReaderBroken, StorageFailed {
        boolean blockedBefore = session.blocked();
        return switch (delivery.handOver(session)) {
            case GO_ON -> payAwaited(session);
            case DENIED -> turnAway(CardRefusal.DENIED);
            case UNCLEAR -> {
                boolean said = !(result instanceof TapResult.LookedAt)
                        && awaitedBasket().isEmpty()
                        && cancelledBasket().isEmpty();
                yield said || ends(new TapResult.PresentAgain());
            }
            case BLOCKED -> {
                // Blocked just now: what it had not paid before it never will, and its newest record proves it.
                boolean decides = !blockedBefore
                        && !intentions
                                .undecidedOf(session.certificate().cardId())
                                .isEmpty();
                yield !decides && turnAway(CardRefusal.BLOCKED);
            }
        };
    }

    /** What is being undone goes back before anything else is asked of the card: a month opened first would be in its way. */
    private boolean cancelAwaited(CardSession session) throws StorageFailed {
        Awaited.Cancelling wish = awaited.cancelling();
        Optional<TillBasket> basket = cancelledBasket();
        if (wish == null || basket.isEmpty()) {
            return true;
        }
        if (!session.is(entries.cancels().soldIn(basket.get()).cardId())) {
            return ends(new TapResult.AnotherCard());
        }
        if (basket.get().state() == BasketState.CANCEL_IN_DOUBT) {
            return true;
        }
        Intention intention = entries.cancels().intend(basket.get(), session, wish.reason(), awaited.timeSeconds());
        return ends(
                switch (session.cancel(intention.cancel(ledger))) {
                    case DebitResult.Debited done ->
                        found(entries.done(
                                intention,
                                done.proof(),
                                session.proofOf(intention.newest(), done.previousSignature())));
                    case DebitResult.Refused refused -> {
                        String word = Undecided.refusedCancelling(refused.statusWord());
                        TillBasket next = basket.get().to(BasketState.PAID, Said.of(word));
                        entries.abandoned(intention, Body.Abandoned.REFUSED_BY_CARD, next);
                        yield new TapResult.RefusedByCard(refused.statusWord());
                    }
                    case DebitResult.Unknown unknown ->
                        new TapResult.InDoubt(entries.inDoubt(intention, unknown.answer()));
                });
    }

    private Optional<TillBasket> cancelledBasket() throws StorageFailed {
        Awaited.Cancelling wish = awaited.cancelling();
        return wish == null
                ? Optional.empty()
                : baskets.find(wish.basketKey()).filter(basket -> basket.state().cancelling());
    }

    private boolean payAwaited(CardSession session) throws CardGone, ReaderBroken, StorageFailed {
        Optional<TillBasket> basket = awaitedBasket();
        Rules rules = awaited.rules();
        if (basket.isEmpty() || rules == null) {
            return true;
        }
        if (basket.get().state() == BasketState.IN_DOUBT) {
            return ends(new TapResult.AnotherCard());
        }
        if (awaited.tooLongOffline()) {
            return ends(new TapResult.NotTaken(CardRefusal.TOO_LONG_OFFLINE));
        }
        long chosen = session.state().entitlement().pointOfSale();
        boolean chosenOnly = rules.scheme().convention().pointsOfSale().chosenOnly();
        if (chosenOnly && chosen != seller.pointOfSale().id()) {
            return ends(new TapResult.NotTaken(CardRefusal.OTHER_POINT_OF_SALE));
        }
        return ends(pay(session, basket.get(), rules));
    }

    private Optional<TillBasket> awaitedBasket() throws StorageFailed {
        String key = awaited.basketKey();
        return key == null
                ? Optional.empty()
                : baskets.find(key).filter(basket -> !basket.state().over());
    }

    private boolean rolledBack(CardSession session) throws StorageFailed {
        byte[] cardId = session.certificate().cardId();
        long counter = session.state().newest().counter();
        long seen = entries.highestSeen(cardId);
        if (counter < seen) {
            entries.rolledBack("card " + Hash.hex(cardId) + ": counter " + counter + ", seen " + seen);
        }
        return counter < seen;
    }

    private TapResult pay(CardSession session, TillBasket basket, Rules rules)
            throws CardGone, ReaderBroken, StorageFailed {
        CardState card = new CardState(
                session.state().newest().after(), session.state().entitlement().pointOfSale());
        Plan plan = Split.split(
                basket.basket(),
                rules.scheme(),
                seller.pointOfSale(),
                card,
                basket.paying().mostCents());
        Long agreed = awaited.agreedCashCents();
        if (plan.shortfall() && (agreed == null || plan.cashCents() > agreed)) {
            return new TapResult.Shortfall(plan);
        }
        if (plan.cardCents() == 0) {
            if (agreed == null) {
                return new TapResult.Shortfall(plan);
            }
            return found(new TapResult.Paid(entries.soldForCash(basket, rules, null)));
        }
        Intention intention = entries.intend(basket, session, plan, rules, awaited.timeSeconds());
        DebitResult answer = session.debit(intention.debit(ledger));
        return switch (answer) {
            case DebitResult.Debited debited -> {
                CardProof before = session.proofOf(intention.newest(), debited.previousSignature());
                yield found(entries.done(intention, debited.proof(), before));
            }
            case DebitResult.Refused refused -> {
                TillBasket next = basket.to(BasketState.REFUSED, Said.of("refused-by-card"));
                entries.abandoned(intention, Body.Abandoned.REFUSED_BY_CARD, next);
                yield new TapResult.RefusedByCard(refused.statusWord());
            }
            case DebitResult.Unknown unknown -> new TapResult.InDoubt(entries.inDoubt(intention, unknown.answer()));
        };
    }

    private TapResult found(TapResult next) {
        if (next instanceof TapResult.Paid paid) {
            settled.add(paid.basket());
        }
        if (next instanceof TapResult.Cancelled cancelled) {
            settled.add(cancelled.basket());
        }
        result = next;
        return next;
    }

    /** After all of it is shown: what the hub wants of the card's records, if the card spoke well and still lies there. */
    void bringWanted(Deliveries deliveries) throws StorageFailed {
        CardSession session = met;
        boolean spoke = switch (result) {
            case TapResult.InDoubt doubt -> false;
            case TapResult.PresentAgain again -> false;
            case TapResult.TooSlow slow -> false;
            case TapResult.ReaderLost lost -> false;
            case TapResult.RolledBack rolledBack -> false;
            default -> true;
        };
        if (session != null && spoke) {
            deliveries.bringWanted(session);
        }
    }

    /** All baskets sold or cancelled by this presentation, older ones first. */
    List<TillBasket> settled() {
        return List.copyOf(settled);
    }

    private boolean ends(TapResult end) {
        result = end;
        return true;
    }
}
