package etal.terminal.order;

import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.card.Answers;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.MonthLoad;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.StatusWord;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.CardProof;
import etal.terminal.card.CardSession;
import etal.terminal.card.KeyResult;
import etal.terminal.card.LoadResult;
import etal.terminal.card.LogResult;
import etal.terminal.card.OrderResult;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the fund has for the card that lies there, handed over before it pays: keys first, because what follows may be signed
 * by them; the block order; the entitlement, because the load goes by it; the month; money last, because a load lets expire
 * what lies on the card above the voted carry-over. Nothing of it stands in a payment's way: what a card refuses, it goes on
 * without.
 *
 * <p>A word whose answer was lost is found at the next tap in the card's own state, and its record read from the ring.
 *
 * <p>Vouchers do not ask for the scheme's load cap: they bring back what is the member's already, and the hub, which knows
 * the cap and both sides of a transfer, has decided before it signed. The next load waits until there is room again.
 *
 * <p>One object per presentation, used from the loop only.
 */
public final class Delivery {
    /** More wait for the next tap: each costs the card a verification, and the member stands there with an arm held out. */
    private static final int KEY_UPDATES_MAX = 2;

    private static final int ADDITIONS_MAX = 2;

    /** What says that the terminal came at the wrong moment, and nothing of the order itself. */
    private static final Set<Integer> TRANSIENT =
            new TreeSet<>(Set.of(StatusWord.NOT_AUTHENTIC, StatusWord.NOT_NOW, StatusWord.OUT_OF_FUNDS));

    private final OrderBook book;
    private final CardEntries entries;
    private final Month month;
    private byte[] cardId = new byte[0];
    private List<CardOrder> orders = List.of();
    private int updates;
    private int additions;

    /** For one presentation of a card. */
    public Delivery(OrderBook book, CardEntries entries, Month month) {
        this.book = book;
        this.entries = entries;
        this.month = month;
    }

    /**
     * The month that a card may load.
     *
     * @param token null if none is to be loaded now
     * @param cap what a card may hold after a load
     * @param timeSeconds as the card signs it
     */
    public record Month(@Nullable PeriodToken token, LoadCap cap, long timeSeconds) {}

    /** Whether a card may hold that much after a load. */
    @FunctionalInterface
    public interface LoadCap {
        /** True if it may. */
        boolean allows(Balances after);
    }

    /** How the card stands afterwards. */
    public enum Outcome {
        /** It may pay. */
        GO_ON,
        /** It is blocked for good. */
        BLOCKED,
        /** It shall be blocked and does not take the order: it does not pay here. */
        DENIED,
        /** It gave an answer that proves nothing. */
        UNCLEAR
    }

    /** Whether the fund has ordered that this card be blocked. */
    public boolean blocks(CardSession session) throws StorageFailed {
        return orders(session).stream().anyMatch(CardOrder.Block.class::isInstance);
    }

    /** Whether anything waits for this card; what it has taken already is known only once its state is. */
    public boolean waits(CardSession session) throws StorageFailed {
        return !book.keysAbove(session.keyGeneration()).isEmpty()
                || orders(session).stream().anyMatch(order -> !entries.isRefused(session, order.hash()));
    }

    /** Read once for each presentation: it is looked at several times before the card pays. */
    private List<CardOrder> orders(CardSession session) throws StorageFailed {
        if (!session.is(cardId)) {
            orders = book.to(session.certificate().cardId());
            cardId = session.certificate().cardId();
        }
        return orders;
    }

    /** Hands over what waits. The card's state must have been read; afterwards it is what the card then holds. */
    public Outcome handOver(CardSession session) throws CardGone, ReaderBroken, StorageFailed {
        if (!bringNews(session)) {
            return Outcome.UNCLEAR;
        }
        if (session.blocked()) {
            return Outcome.BLOCKED;
        }
        takeKeys(session);
        boolean loaded = false;
        for (CardOrder order : orders(session)) {
            if (order instanceof CardOrder.Add && !loaded) {
                if (!load(session)) {
                    return Outcome.UNCLEAR;
                }
                loaded = true;
            }
            if (due(session, order) && !show(session, order)) {
                return Outcome.UNCLEAR;
            }
            if (order instanceof CardOrder.Block) {
                return session.blocked() ? Outcome.BLOCKED : Outcome.DENIED;
            }
        }
        return loaded || load(session) ? Outcome.GO_ON : Outcome.UNCLEAR;
    }

    /** Updates are not orders: no purse depends on them, so an answer that proves nothing is left for the next SELECT. */
    private void takeKeys(CardSession session) throws CardGone, ReaderBroken, StorageFailed {
        for (KeyUpdate update : book.keysAbove(session.keyGeneration())) {
            byte[] hash = Hash.sha256(update.encode());
            if (updates >= KEY_UPDATES_MAX || entries.isRefused(session, hash)) {
                return;
            }
            updates++;
            switch (session.keyUpdate(update)) {
                case KeyResult.Taken taken -> {}
                case KeyResult.Refused refused -> {
                    noteRefusal(session, hash, refused.statusWord());
                    return;
                }
                case KeyResult.Unclear unclear -> {
                    return;
                }
            }
        }
    }

    /** Whether the card would take it now, as far as its state tells. */
    private boolean due(CardSession session, CardOrder order) {
        Answers.CardState state = session.state();
        boolean fits = state.newest().after().plus(order.deltas()).fitsCard();
        boolean room = !(order instanceof CardOrder.Add) || additions < ADDITIONS_MAX;
        return state.awaits(order) && fits && room && !entries.isRefused(session, order.hash());
    }

    /** False when the card has to be looked at anew. */
    private boolean show(CardSession session, CardOrder order) throws CardGone, ReaderBroken, StorageFailed {
        additions += order instanceof CardOrder.Add ? 1 : 0;
        CardRecord newest = session.state().newest();
        return switch (session.order(order, month.timeSeconds())) {
            case OrderResult.Taken taken -> {
                CardProof before = session.proofOf(newest, taken.previousSignature());
                entries.made(session, taken.record(), taken.proof(), before);
                yield true;
            }
            case OrderResult.Refused refused -> {
                noteRefusal(session, order.hash(), refused.statusWord());
                yield true;
            }
            case OrderResult.Unclear unclear -> false;
        };
    }

    private void noteRefusal(CardSession session, byte[] hash, int statusWord) throws StorageFailed {
        if (!TRANSIENT.contains(statusWord)) {
            entries.refused(session, hash, statusWord);
        }
    }

    /** Loads the month if there is something to load; false when the card has to be looked at anew. */
    private boolean load(CardSession session) throws CardGone, ReaderBroken, StorageFailed {
        PeriodToken token = month.token();
        CardRecord newest = session.state().newest();
        if (token == null || !mayLoad(session.state(), token)) {
            return true;
        }
        return switch (session.load(token, month.timeSeconds())) {
            case LoadResult.Loaded loaded -> {
                CardProof before = session.proofOf(newest, loaded.previousSignature());
                entries.made(session, loaded.record(), loaded.proof(), before);
                yield true;
            }
            case LoadResult.Refused refused -> true;
            case LoadResult.Unclear unclear -> false;
        };
    }

    /** Whether something is due, and the card would then hold no more than the scheme allows. */
    private boolean mayLoad(Answers.CardState state, PeriodToken token) {
        Balances before = state.newest().after();
        return MonthLoad.of(state.entitlement(), before, state.newest().period(), token.period())
                .filter(load -> month.cap().allows(before.plus(load.deltas())))
                .isPresent();
    }

    /**
     * The newest record, where nobody may have heard of it: made here and its answer lost, or of an order that the hub still
     * believes to be waiting. Everything else travels with the next command's answer. False when the card has to be looked at
     * anew.
     */
    private boolean bringNews(CardSession session) throws CardGone, ReaderBroken, StorageFailed {
        CardRecord newest = session.state().newest();
        boolean here = entries.madeHere(newest) && isFundsWord(newest);
        boolean believedWaiting = orders(session).stream().anyMatch(order -> isOf(newest, order));
        // A blocked card signs nothing more that would bring its last record along.
        boolean last = session.blocked();
        if (!(here || believedWaiting || last) || entries.known(session, newest.counter())) {
            return true;
        }
        return switch (session.readLog(newest.counter())) {
            case LogResult.Found found -> {
                entries.brought(session, recordBefore(session, newest), found);
                yield true;
            }
            case LogResult.NotInRing gone -> true;
            case LogResult.Unclear unclear -> false;
        };
    }

    /** What the lost answer would have signed for: nobody else may have heard of it either. */
    private @Nullable CardProof recordBefore(CardSession session, CardRecord newest)
            throws CardGone, ReaderBroken, StorageFailed {
        long counter = newest.counter() - 1;
        if (counter == 0 || entries.known(session, counter)) {
            return null;
        }
        return switch (session.readLog(counter)) {
            case LogResult.Found found -> found.proof();
            case LogResult.NotInRing gone -> null;
            case LogResult.Unclear unclear -> throw new CardGone("the record before cannot be read");
        };
    }

    private static boolean isFundsWord(CardRecord record) {
        return switch (record.tag()) {
            case LOAD, ADDED, SET, BLOCKED -> true;
            case DEBIT, CANCEL, FIRST -> false;
        };
    }

    private static boolean isOf(CardRecord record, CardOrder order) {
        return record.tag() == order.recordTag() && Arrays.equals(record.intentHash(), order.hash());
    }
}
