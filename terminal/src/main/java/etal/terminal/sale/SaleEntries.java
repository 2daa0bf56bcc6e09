package etal.terminal.sale;

import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Intent;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.split.Plan;
import etal.protocol.split.TariffSide;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Details;
import etal.terminal.basket.Paying;
import etal.terminal.basket.TillBasket;
import etal.terminal.card.CardSession;
import etal.terminal.intent.Bodies;
import etal.terminal.intent.Intention;
import etal.terminal.intent.IntentionBook;
import etal.terminal.intent.Undoing;
import etal.terminal.ledger.Ledger;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import etal.terminal.ledger.Writing;
import etal.terminal.order.CardEntries;
import etal.terminal.order.CarriedNews;
import etal.terminal.rules.Rules;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything a payment makes durable, one transaction each: the entries and, with them, intention, basket and counters.
 * Used from the loop only.
 */
final class SaleEntries {
    private static final int EVIDENCE_MAX = 100;

    private final Ledger ledger;
    private final BasketBook baskets;
    private final Seller seller;
    private final Entropy entropy;
    private final CarriedNews news;
    private final CancelEntries cancels;
    private final Set<String> rolledBack = new TreeSet<>();

    SaleEntries(Ledger ledger, BasketBook baskets, Seller seller, CarriedNews news, Entropy entropy) {
        this.ledger = ledger;
        this.baskets = baskets;
        this.seller = seller;
        this.entropy = entropy;
        this.news = news;
        this.cancels = new CancelEntries(ledger, baskets, entropy, news);
    }

    /** What cancellations make durable. */
    CancelEntries cancels() {
        return cancels;
    }

    /** The card has done what was intended: the sale, or its cancellation. */
    TapResult done(Intention intention, CardProof proof, @Nullable CardProof before) throws StorageFailed {
        Undoing undoing = intention.undoing();
        return undoing == null
                ? new TapResult.Paid(sold(intention, proof, before))
                : new TapResult.Cancelled(cancels.cancelled(intention, undoing, proof, before));
    }

    /** The basket in a state that survives, without an entry. */
    TillBasket keep(TillBasket basket) throws StorageFailed {
        ledger.store().inTransaction(connection -> {
            BasketBook.write(connection, basket);
            return basket;
        });
        return baskets.show(basket);
    }

    /** The stall gives a basket up of which nothing was asked of any card. */
    TillBasket givenUp(TillBasket basket) throws StorageFailed {
        return keep(basket.to(BasketState.ABANDONED, Said.of("abandoned")));
    }

    /** From here on these rules hold, unless they do already. */
    void begin(Rules rules) throws StorageFailed {
        ledger.commit(writing -> {
            apply(writing, rules);
            return rules;
        });
    }

    /** The intention, durable when this returns: only then may DEBIT be sent. {@code timeSeconds} is when the rules were chosen. */
    Intention intend(TillBasket basket, CardSession session, Plan plan, Rules rules, long timeSeconds)
            throws StorageFailed {
        byte[] salt = entropy.bytes(Details.SALT_LENGTH);
        byte[] details = basket.details(plan.cardCents(), plan.cashCents()).encode();
        LedgerId id = ledger.identity().id();
        return ledger.commit(writing -> {
            apply(writing, rules);
            long sale = nextSale(writing.connection());
            byte[] intentHash = Intent.hash(
                    id.terminal(),
                    id.epoch(),
                    sale,
                    seller.siren(),
                    rules.ref(),
                    basket.basket().fundedLines(),
                    Details.hash(salt, details),
                    plan.deltas());
            Intention intention = new Intention(
                    null,
                    sale,
                    basket.key(),
                    session.certificate().cardId(),
                    session.certificate().encode(),
                    session.state().newest(),
                    plan.deltas(),
                    rules.ref(),
                    salt,
                    details,
                    timeSeconds,
                    intentHash,
                    writing.head().hash(),
                    Intention.Phase.OPEN,
                    Intention.Verdict.NONE);
            IntentionBook.write(writing.connection(), intention);
            CardEntries.seen(writing.connection(), intention.cardId(), intention.counterSeen());
            return intention;
        });
    }

    /** The card has paid: entry, intention closed, basket paid. */
    private TillBasket sold(Intention intention, CardProof proof, @Nullable CardProof before) throws StorageFailed {
        TillBasket basket = basketOf(intention);
        return baskets.show(ledger.commit(writing -> {
            Details details = Details.stored(intention.details());
            byte[] sealed = news.carry(writing, before);
            Body.Sale sale = Bodies.sale(
                    intention.sale(),
                    seller.siren(),
                    intention.scheme(),
                    details.basket().fundedLines(),
                    Details.hash(intention.salt(), intention.details()),
                    proof,
                    sealed,
                    chosen(details),
                    details.paying().cardMostCents());
            CardEntries.seen(writing.connection(), intention.cardId(), intention.counterSeen() + 1);
            return enter(writing, sale, basket, details, intention.salt());
        }));
    }

    /**
     * Sold without a card; an undecided intention of the basket is given up with it. The fund pays nothing, so the lines
     * are none of its business: they stay in the details, with the seller.
     */
    TillBasket soldForCash(TillBasket basket, Rules rules, @Nullable Intention undone) throws StorageFailed {
        byte[] salt = entropy.bytes(Details.SALT_LENGTH);
        Paying paying = basket.paying().upTo(OptionalLong.empty());
        Details details = basket.paying(paying).details(0, basket.basket().totalCents());
        return baskets.show(ledger.commit(writing -> {
            if (undone != null) {
                writing.append(new Body.Abandoned(undone.sale(), Body.Abandoned.GIVEN_UP_UNDONE));
            }
            apply(writing, rules);
            Body.Sale sale = Bodies.sale(
                    nextSale(writing.connection()),
                    seller.siren(),
                    rules.ref(),
                    List.of(),
                    Details.hash(salt, details.encode()),
                    null,
                    null,
                    chosen(details),
                    OptionalLong.empty());
            return enter(writing, sale, basket, details, salt);
        }));
    }

    private static @Nullable PriceChosen chosen(Details details) {
        return details.basket().tariff().flatMap(TariffSide::forLedger).orElse(null);
    }

    private static TillBasket enter(Writing writing, Body.Sale sale, TillBasket basket, Details details, byte[] salt)
            throws SQLException {
        SignedEntry entry = writing.append(sale);
        Sql.update(
                writing.connection(),
                "INSERT INTO details(entry, salt, blob) VALUES(?, ?, ?)",
                entry.entry().number(),
                salt,
                details.encode());
        TillBasket paid = basket.paying(details.paying())
                .divided(details.cardCents(), details.cashCents())
                .sold(sale.sale(), entry.entry().number())
                .to(BasketState.PAID, Said.of("paid"));
        BasketBook.write(writing.connection(), paid);
        return paid;
    }

    /** The intention came to nothing; its basket goes on in the state given. */
    TillBasket abandoned(Intention intention, int reason, TillBasket next) throws StorageFailed {
        return baskets.show(ledger.commit(writing -> {
            writing.append(new Body.Abandoned(intention.sale(), reason, intention.cancels()));
            BasketBook.write(writing.connection(), next);
            return next;
        }));
    }

    /** The outcome is unknown, and the ledger says so once. */
    TillBasket inDoubt(Intention intention, byte @Nullable [] answer) throws StorageFailed {
        TillBasket doubtful = intention.cancels()
                ? basketOf(intention).to(BasketState.CANCEL_IN_DOUBT, Said.of("cancel-in-doubt"))
                : basketOf(intention).to(BasketState.IN_DOUBT, Said.of("in-doubt"));
        return baskets.show(ledger.commit(writing -> {
            Details details = Details.stored(intention.details());
            TillBasket divided = doubtful.divided(details.cardCents(), details.cashCents());
            writing.append(Bodies.inDoubt(intention, answer));
            BasketBook.write(writing.connection(), divided);
            return divided;
        }));
    }

    /** What was open when the power went: its outcome is unknown. */
    void openInDoubt(IntentionBook intentions) throws StorageFailed {
        for (Intention intention : intentions.undecided()) {
            if (intention.phase() == Intention.Phase.OPEN) {
                inDoubt(intention, null);
            }
        }
    }

    /** The goods were kept: whatever the card says later decides, and nothing else. */
    TillBasket kept(Intention intention) throws StorageFailed {
        TillBasket kept = basketOf(intention).to(BasketState.IN_DOUBT, Said.of("kept"));
        return baskets.show(ledger.commit(writing -> {
            IntentionBook.decide(writing.connection(), intention.sale(), Intention.Verdict.KEPT);
            BasketBook.write(writing.connection(), kept);
            return kept;
        }));
    }

    /** Given up, and the card shows now that nothing happened: nothing is left to decide. */
    void closed(Intention intention) throws StorageFailed {
        ledger.commit(writing -> {
            IntentionBook.close(writing.connection(), intention);
            return intention;
        });
    }

    /** Undone at the stall, and yet debited: the hub owes the member. */
    void refundRequested(Intention intention, CardProof proof, @Nullable CardProof before) throws StorageFailed {
        ledger.commit(writing -> {
            news.carryAlone(writing, before);
            return writing.append(new Body.RefundRequest(intention.sale(), proof));
        });
    }

    /** A card whose counter went back: the evidence stays, once per run however often the card is shown. */
    void rolledBack(String evidence) throws StorageFailed {
        if (rolledBack.size() >= EVIDENCE_MAX || !rolledBack.add(evidence)) {
            return;
        }
        ledger.commit(
                writing -> writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.CARD_ROLLED_BACK, evidence)));
    }

    /** The highest counter this terminal has seen on a card; 0 if it never met it. */
    long highestSeen(byte[] cardId) throws StorageFailed {
        return ledger.store()
                .inTransaction(connection -> Sql.first(
                                connection,
                                "SELECT counter FROM card_seen WHERE card = ?",
                                row -> row.getLong(1),
                                cardId)
                        .orElse(0L));
    }

    private TillBasket basketOf(Intention intention) throws StorageFailed {
        return baskets.find(intention.basketKey())
                .orElseThrow(() -> new StorageFailed("an intention has no basket: the store is damaged"));
    }

    private static void apply(Writing writing, Rules rules) throws SQLException {
        if (!rules.are(writing.rules())) {
            writing.append(rules.applied());
        }
    }

    private static long nextSale(Connection connection) throws SQLException {
        long sale = TerminalStore.counter(connection, TerminalStore.SALE) + 1;
        TerminalStore.setCounter(connection, TerminalStore.SALE, sale);
        return sale;
    }
}
