package etal.terminal.sale;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.card.CardRecord;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.LedgerId;
import etal.protocol.split.Basket;
import etal.protocol.split.CardState;
import etal.protocol.split.Plan;
import etal.protocol.split.Split;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Details;
import etal.terminal.basket.Pricing;
import etal.terminal.basket.TillBasket;
import etal.terminal.card.CardAccess;
import etal.terminal.card.CardRefusal;
import etal.terminal.card.CardSession;
import etal.terminal.card.DebitResult;
import etal.terminal.card.LogResult;
import etal.terminal.card.Meeting;
import etal.terminal.order.Delivery;
import etal.terminal.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One card in the field, from SELECT to what is shown: first its undecided payments, then what the fund has for it, then
 * the awaited basket. One object per presentation, used from the loop only.
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
    private final List<TillBasket> sold = new ArrayList<>();
    private TapResult result = new TapResult.LookedAt();

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
            case Meeting.Met met -> serve(met.session());
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
        if (undecided.isEmpty() && awaitedBasket().isEmpty() && !delivery.waits(session)) {
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
            switch (decide(session, intention)) {
                case GO_ON -> {}
                case LOOK_AGAIN -> {
                    return false;
                }
                case STOP -> {
                    return true;
                }
            }
        }
        boolean orderless = denied(session) && !delivery.blocks(session);
        return orderless && !session.blocked() ? turnAway(CardRefusal.DENIED) : handOver(session);
    }

    private boolean denied(CardSession session) throws StorageFailed {
        return awaited.denied().holds(session.certificate().cardId()) || delivery.blocks(session);
    }

    /** A denied or blocked card pays nothing; an older payment of it that its record has just proved is shown as paid. */
    private boolean turnAway(CardRefusal why) throws StorageFailed {
        boolean settled = result instanceof TapResult.Paid && awaitedBasket().isEmpty();
        return settled || ends(new TapResult.NotTaken(why));
    }

    /** What the fund has for the card, then the basket. */
    private boolean handOver(CardSession session) throws CardGone, ReaderBroken, StorageFailed {
        boolean blockedBefore = session.blocked();
        return switch (delivery.handOver(session)) {
            case GO_ON -> payAwaited(session);
            case DENIED -> turnAway(CardRefusal.DENIED);
            case UNCLEAR -> {
                boolean said = !(result instanceof TapResult.LookedAt)
                        && awaitedBasket().isEmpty();
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

    private enum Next {
        GO_ON,
        LOOK_AGAIN,
        STOP
    }

    private Next decide(CardSession session, Intention intention) throws CardGone, ReaderBroken, StorageFailed {
        return switch (DoubtTable.byCounter(intention, session.state().newest().counter())) {
            case ROLLED_BACK -> throw new IllegalStateException("a card below an intention was let through");
            case NOT_DEBITED -> {
                entries.closed(intention);
                result = new TapResult.Decided();
                yield Next.GO_ON;
            }
            case SEND_AGAIN -> denied(session) ? neverSent(intention) : sendAgain(session, intention);
            case READ_RECORD -> readRecord(session, intention);
        };
    }

    /**
     * A denied card that was not debited is not debited now. Kept goods stay undecided, for their producer: taken off the
     * list the card still pays them, and until then the hub's operator decides.
     */
    private Next neverSent(Intention intention) throws StorageFailed {
        if (intention.verdict() != Intention.Verdict.KEPT) {
            entries.abandoned(
                    intention, Body.Abandoned.NOT_DEBITED, again(intention, BasketState.REFUSED, "card-denied"));
        }
        return Next.GO_ON;
    }

    private Next sendAgain(CardSession session, Intention intention) throws StorageFailed {
        if (intention.verdict() != Intention.Verdict.KEPT && rulesChangedSince(intention)) {
            // The card has not paid: what it pays now it pays under the rules of now, which the member has to see
            // first.
            // Goods that were kept were sold then, and under the rules of then the hub takes them: it knows of the
            // doubt.
            entries.abandoned(intention, Body.Abandoned.NOT_DEBITED, again(intention, BasketState.OPEN, "try-again"));
            result = new TapResult.Decided();
            return Next.STOP;
        }
        switch (session.debit(intention.debit(ledger))) {
            case DebitResult.Debited debited -> {
                CardProof before = session.proofOf(intention.newest(), debited.previousSignature());
                result = paid(entries.sold(intention, debited.proof(), before));
                boolean more = awaitedBasket().isPresent()
                        || !intentions.undecidedOf(intention.cardId()).isEmpty();
                return more ? Next.LOOK_AGAIN : Next.STOP;
            }
            case DebitResult.Refused refused -> {
                entries.abandoned(
                        intention,
                        Body.Abandoned.REFUSED_BY_CARD,
                        again(intention, BasketState.REFUSED, "refused-by-card"));
                result = new TapResult.RefusedByCard(refused.statusWord());
                return Next.STOP;
            }
            case DebitResult.Unknown unknown -> {
                result = new TapResult.InDoubt(again(intention, BasketState.IN_DOUBT, "in-doubt"));
                return Next.STOP;
            }
        }
    }

    private boolean rulesChangedSince(Intention intention) {
        Rules rules = awaited.rules();
        if (rules == null || !rules.ref().equals(intention.scheme())) {
            return true;
        }
        Basket asked = Details.decodeOwn(intention.details()).basket();
        return !Pricing.covered(asked, rules.catalogue()).fundedLines().equals(asked.fundedLines());
    }

    private Next readRecord(CardSession session, Intention intention) throws CardGone, ReaderBroken, StorageFailed {
        switch (session.readLog(intention.counterSeen() + 1)) {
            case LogResult.Found found -> byRecord(session, intention, found);
            case LogResult.NotInRing gone -> {
                // The hub decides, from what other terminals carry; the basket stays in doubt here.
            }
            case LogResult.Unclear unclear -> {
                result = new TapResult.PresentAgain();
                return Next.STOP;
            }
        }
        return Next.GO_ON;
    }

    private void byRecord(CardSession session, Intention intention, LogResult.Found found)
            throws CardGone, ReaderBroken, StorageFailed {
        CardRecord record = found.record();
        switch (DoubtTable.byRecord(intention, record, ledger)) {
            case SALE -> result = paid(entries.sold(intention, found.proof(), proofBefore(session, intention)));
            case REFUND -> {
                entries.refundRequested(intention, found.proof(), proofBefore(session, intention));
                result = new TapResult.Decided();
            }
            case NEVER -> {
                boolean undone = intention.verdict() == Intention.Verdict.UNDONE;
                if (undone) {
                    entries.closed(intention);
                } else {
                    entries.abandoned(
                            intention, Body.Abandoned.OTHER_RECORD, again(intention, BasketState.OPEN, "try-again"));
                }
                result = new TapResult.Decided();
            }
        }
    }

    /** The record before the intention's, which the lost answer would have signed for. */
    private static @Nullable CardProof proofBefore(CardSession session, Intention intention)
            throws CardGone, ReaderBroken {
        boolean first = intention.newest().tag() == CardRecord.Tag.FIRST;
        return !first && session.readLog(intention.counterSeen()) instanceof LogResult.Found found
                ? found.proof()
                : null;
    }

    /** Its basket, to go on from here: one that can be paid anew is covered as the rules of now say. */
    private TillBasket again(Intention intention, BasketState state, String key) throws StorageFailed {
        TillBasket basket = baskets.find(intention.basketKey())
                .orElseThrow(() -> new IllegalStateException("an intention without its basket"))
                .to(state, Said.of(key));
        Rules rules = awaited.rules();
        return rules == null || state == BasketState.IN_DOUBT
                ? basket
                : basket.covering(Pricing.covered(basket.basket(), rules.catalogue()));
    }

    private TapResult pay(CardSession session, TillBasket basket, Rules rules)
            throws CardGone, ReaderBroken, StorageFailed {
        CardState card = new CardState(
                session.state().newest().after(), session.state().entitlement().pointOfSale());
        Plan plan = Split.split(basket.basket(), rules.scheme(), seller.pointOfSale(), card);
        Long agreed = awaited.agreedCashCents();
        if (plan.shortfall() && (agreed == null || plan.cashCents() > agreed)) {
            return new TapResult.Shortfall(plan);
        }
        if (plan.cardCents() == 0) {
            if (agreed == null) {
                return new TapResult.Shortfall(plan);
            }
            return paid(entries.soldForCash(basket, rules, null));
        }
        Intention intention = entries.intend(basket, session, plan, rules, awaited.timeSeconds());
        DebitResult answer = session.debit(intention.debit(ledger));
        return switch (answer) {
            case DebitResult.Debited debited -> {
                CardProof before = session.proofOf(intention.newest(), debited.previousSignature());
                yield paid(entries.sold(intention, debited.proof(), before));
            }
            case DebitResult.Refused refused -> {
                TillBasket next = basket.to(BasketState.REFUSED, Said.of("refused-by-card"));
                entries.abandoned(intention, Body.Abandoned.REFUSED_BY_CARD, next);
                yield new TapResult.RefusedByCard(refused.statusWord());
            }
            case DebitResult.Unknown unknown -> new TapResult.InDoubt(entries.inDoubt(intention, unknown.answer()));
        };
    }

    private TapResult paid(TillBasket basket) {
        sold.add(basket);
        return new TapResult.Paid(basket);
    }

    /** All baskets sold by this presentation, older ones first. */
    List<TillBasket> sold() {
        return List.copyOf(sold);
    }

    private boolean ends(TapResult end) {
        result = end;
        return true;
    }
}
