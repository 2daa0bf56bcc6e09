package etal.terminal.sale;

import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.LedgerId;
import etal.protocol.split.Basket;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Details;
import etal.terminal.basket.Pricing;
import etal.terminal.basket.TillBasket;
import etal.terminal.card.CardSession;
import etal.terminal.card.DebitResult;
import etal.terminal.card.LogResult;
import etal.terminal.intent.DoubtTable;
import etal.terminal.intent.Intention;
import etal.terminal.order.Delivery;
import etal.terminal.rules.Rules;
import org.jspecify.annotations.Nullable;

/**
 * The undecided payments and cancellations of the card in the field, decided by what it shows. Lives as long as the card
 * lies there; used from the loop only.
 */
final class Undecided {
    /** What to do after one of them. */
    enum Next {
        /** The card can be asked on. */
        GO_ON,
        /** It did something: it has to be looked at anew, if there is anything left to do. */
        LOOK_AGAIN,
        /** It can do no more now. */
        STOP
    }

    /** What came of one of them: {@code result} is null where there is nothing to say. */
    record Decided(Next next, @Nullable TapResult result) {
        private static final Decided NOTHING = new Decided(Next.GO_ON, null);
        private static final Decided SETTLED = new Decided(Next.GO_ON, new TapResult.Decided());
    }

    private final SaleEntries entries;
    private final BasketBook baskets;
    private final Awaited awaited;
    private final Delivery delivery;
    private final LedgerId ledger;

    Undecided(SaleEntries entries, BasketBook baskets, Awaited awaited, Delivery delivery, LedgerId ledger) {
        this.entries = entries;
        this.baskets = baskets;
        this.awaited = awaited;
        this.delivery = delivery;
        this.ledger = ledger;
    }

    /** Decides one of them, as far as the card lets it. */
    Decided decide(CardSession session, Intention intention) throws CardGone, ReaderBroken, StorageFailed {
        return switch (DoubtTable.byCounter(intention, session.state().newest().counter())) {
            case ROLLED_BACK -> throw new IllegalStateException("a card below an intention was let through");
            case NOT_DEBITED -> {
                entries.closed(intention);
                yield Decided.SETTLED;
            }
            case SEND_AGAIN -> denied(session) ? neverSent(intention) : sendAgain(session, intention);
            case READ_RECORD -> readRecord(session, intention);
        };
    }

    private boolean denied(CardSession session) throws StorageFailed {
        return awaited.denied().holds(session.certificate().cardId()) || delivery.blocks(session);
    }

    /**
     * A denied card that was not debited is not debited now. Kept goods stay undecided, for their producer: taken off the
     * list the card still pays them, and until then the hub's operator decides. Nor is anything given back to it.
     */
    private Decided neverSent(Intention intention) throws StorageFailed {
        if (intention.verdict() != Intention.Verdict.KEPT) {
            entries.abandoned(
                    intention, Body.Abandoned.NOT_DEBITED, again(intention, BasketState.REFUSED, "card-denied"));
        }
        return Decided.NOTHING;
    }

    private Decided sendAgain(CardSession session, Intention intention) throws StorageFailed {
        if (!intention.cancels() && intention.verdict() != Intention.Verdict.KEPT && rulesChangedSince(intention)) {
            // The card has not paid: what it pays now it pays under the rules of now, which the member has to see
            // first.
            // Goods that were kept were sold then, and under the rules of then the hub takes them: it knows of the
            // doubt.
            entries.abandoned(intention, Body.Abandoned.NOT_DEBITED, again(intention, BasketState.OPEN, "try-again"));
            return new Decided(Next.STOP, new TapResult.Decided());
        }
        return switch (send(session, intention, ledger)) {
            case DebitResult.Debited debited -> {
                CardProof before = session.proofOf(intention.newest(), debited.previousSignature());
                yield new Decided(Next.LOOK_AGAIN, entries.done(intention, debited.proof(), before));
            }
            case DebitResult.Refused refused -> {
                String word = intention.cancels() ? refusedCancelling(refused.statusWord()) : "refused-by-card";
                entries.abandoned(
                        intention, Body.Abandoned.REFUSED_BY_CARD, again(intention, BasketState.REFUSED, word));
                yield new Decided(Next.STOP, new TapResult.RefusedByCard(refused.statusWord()));
            }
            case DebitResult.Unknown unknown ->
                new Decided(Next.STOP, new TapResult.InDoubt(again(intention, BasketState.IN_DOUBT, "in-doubt")));
        };
    }

    /** DEBIT or CANCEL, the same bytes at every try but for the MAC. */
    static DebitResult send(CardSession session, Intention intention, LedgerId ledger) {
        return intention.cancels() ? session.cancel(intention.cancel(ledger)) : session.debit(intention.debit(ledger));
    }

    /** What is said when a card will not take back. */
    static String refusedCancelling(int statusWord) {
        return switch (statusWord) {
            case etal.protocol.card.StatusWord.NOTHING_TO_CANCEL -> "cancel-too-late";
            case etal.protocol.card.StatusWord.OUT_OF_FUNDS -> "cancel-bonus-spent";
            default -> "cancel-refused";
        };
    }

    private boolean rulesChangedSince(Intention intention) throws StorageFailed {
        Rules rules = awaited.rules();
        if (rules == null || !rules.ref().equals(intention.scheme())) {
            return true;
        }
        Basket asked = asked(intention);
        return !Pricing.covered(asked, rules.catalogue()).fundedLines().equals(asked.fundedLines());
    }

    private static Basket asked(Intention intention) throws StorageFailed {
        try {
            return Details.decode(intention.details()).basket();
        } catch (Malformed malformed) {
            throw new StorageFailed("the lines of an intention do not read: the store is damaged", malformed);
        }
    }

    private Decided readRecord(CardSession session, Intention intention) throws CardGone, ReaderBroken, StorageFailed {
        return switch (session.readLog(intention.counterSeen() + 1)) {
            case LogResult.Found found -> new Decided(Next.GO_ON, byRecord(session, intention, found));
            // The hub decides, from what other terminals carry; the basket stays in doubt here.
            case LogResult.NotInRing gone -> Decided.NOTHING;
            case LogResult.Unclear unclear -> new Decided(Next.STOP, new TapResult.PresentAgain());
        };
    }

    private TapResult byRecord(CardSession session, Intention intention, LogResult.Found found)
            throws CardGone, ReaderBroken, StorageFailed {
        CardRecord record = found.record();
        return switch (DoubtTable.byRecord(intention, record, ledger)) {
            case SALE, CANCELLATION -> entries.done(intention, found.proof(), proofBefore(session, intention));
            case REFUND -> {
                entries.refundRequested(intention, found.proof(), proofBefore(session, intention));
                yield new TapResult.Decided();
            }
            case NEVER -> {
                if (intention.verdict() == Intention.Verdict.UNDONE) {
                    entries.closed(intention);
                } else {
                    entries.abandoned(
                            intention, Body.Abandoned.OTHER_RECORD, again(intention, BasketState.OPEN, "try-again"));
                }
                yield new TapResult.Decided();
            }
        };
    }

    /** The record before the intention's, which the lost answer would have signed for: unheard, it might never come to the hub. */
    private static @Nullable CardProof proofBefore(CardSession session, Intention intention)
            throws CardGone, ReaderBroken {
        if (intention.newest().tag() == CardRecord.Tag.FIRST) {
            return null;
        }
        return switch (session.readLog(intention.counterSeen())) {
            case LogResult.Found found -> found.proof();
            case LogResult.NotInRing gone -> null;
            case LogResult.Unclear unclear -> throw new CardGone("the record before cannot be read");
        };
    }

    /**
     * Its basket, to go on from here: one that can be paid anew is covered as the rules of now say. Of a cancellation the
     * basket stays paid, or in doubt.
     */
    private TillBasket again(Intention intention, BasketState state, String key) throws StorageFailed {
        TillBasket basket = baskets.find(intention.basketKey())
                .orElseThrow(() -> new StorageFailed("an intention has no basket: the store is damaged"));
        boolean doubtful = state == BasketState.IN_DOUBT;
        if (intention.cancels()) {
            return doubtful
                    ? basket.to(BasketState.CANCEL_IN_DOUBT, Said.of("cancel-in-doubt"))
                    : basket.to(BasketState.PAID, Said.of(key.equals("try-again") ? "cancel-not-done" : key));
        }
        TillBasket next = basket.to(state, Said.of(key));
        Rules rules = awaited.rules();
        return rules == null || doubtful ? next : next.covering(Pricing.covered(next.basket(), rules.catalogue()));
    }
}
