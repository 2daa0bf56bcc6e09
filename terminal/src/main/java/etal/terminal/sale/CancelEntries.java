package etal.terminal.sale;

import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.Intent;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import etal.terminal.basket.BasketBook;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Details;
import etal.terminal.basket.TillBasket;
import etal.terminal.card.CardSession;
import etal.terminal.intent.Bodies;
import etal.terminal.intent.Intention;
import etal.terminal.intent.IntentionBook;
import etal.terminal.intent.Undoing;
import etal.terminal.ledger.Ledger;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.Writing;
import etal.terminal.order.CardEntries;
import etal.terminal.order.CarriedNews;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Everything the cancellation of a sale makes durable, one transaction each. The sale's entry stays; the cancellation is an
 * entry of its own. Used from the loop only.
 */
final class CancelEntries {
    private final Ledger ledger;
    private final BasketBook baskets;
    private final Entropy entropy;
    private final CarriedNews news;

    CancelEntries(Ledger ledger, BasketBook baskets, Entropy entropy, CarriedNews news) {
        this.ledger = ledger;
        this.baskets = baskets;
        this.entropy = entropy;
        this.news = news;
    }

    /**
     * A sale as its entry has it.
     *
     * @param hash SHA-256 of the whole entry
     * @param cardId the card that paid; empty where none did
     * @param paid what it did; {@link Deltas#NONE} where none did
     */
    record Sold(Body.Sale sale, byte[] hash, long timeMillis, byte[] cardId, Deltas paid) {}

    /** The sale of a basket that was sold. @throws StorageFailed when it cannot be read, or the basket names another entry */
    Sold soldIn(TillBasket basket) throws StorageFailed {
        try {
            SignedEntry signed = SignedEntry.decode(
                    ledger.from(basket.entry(), 1, Integer.MAX_VALUE).getFirst());
            Entry entry = signed.entry();
            if (!(entry.body() instanceof Body.Sale sale)) {
                throw new StorageFailed("entry " + entry.number() + " is no sale: the store is damaged");
            }
            CardProof card = sale.card();
            return new Sold(
                    sale,
                    signed.hash(),
                    entry.timeMillis(),
                    card == null
                            ? new byte[0]
                            : CardCertificate.decode(card.certificate()).cardId(),
                    card == null
                            ? Deltas.NONE
                            : CardRecord.decode(card.record()).deltas());
        } catch (Malformed malformed) {
            throw new StorageFailed("an entry does not read: the store is damaged", malformed);
        }
    }

    /** The intention, durable when this returns: only then may CANCEL be sent. */
    Intention intend(TillBasket basket, CardSession session, int reason, long timeSeconds) throws StorageFailed {
        Sold sold = soldIn(basket);
        byte[] salt = entropy.bytes(Details.SALT_LENGTH);
        byte[] details = details(basket);
        Deltas back = sold.paid().negated();
        LedgerId id = ledger.identity().id();
        byte[] intentHash = Intent.cancelling(
                id.terminal(), id.epoch(), basket.sale(), sold.hash(), reason, Details.hash(salt, details), back);
        return ledger.commit(writing -> {
            Intention intention = new Intention(
                    new Undoing(sold.hash(), reason),
                    basket.sale(),
                    basket.key(),
                    session.certificate().cardId(),
                    session.certificate().encode(),
                    session.state().newest(),
                    back,
                    sold.sale().scheme(),
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

    /** The card has taken it back: entry, intention closed, basket cancelled. */
    TillBasket cancelled(Intention intention, Undoing undoing, CardProof proof, @Nullable CardProof before)
            throws StorageFailed {
        TillBasket basket = basketOf(intention);
        return baskets.show(ledger.commit(writing -> {
            byte[] sealed = news.carry(writing, before);
            CardEntries.seen(writing.connection(), intention.cardId(), intention.counterSeen() + 1);
            Body.Cancellation cancellation = Bodies.cancellation(
                    intention.sale(), undoing, Details.hash(intention.salt(), intention.details()), proof, sealed);
            return enter(writing, cancellation, basket, intention.details(), intention.salt());
        }));
    }

    /** A sale that no card paid: nothing but the till's own word. */
    TillBasket cancelledForCash(TillBasket basket, int reason) throws StorageFailed {
        Undoing undoing = new Undoing(soldIn(basket).hash(), reason);
        byte[] salt = entropy.bytes(Details.SALT_LENGTH);
        byte[] details = details(basket);
        return baskets.show(ledger.commit(writing -> {
            Body.Cancellation cancellation =
                    Bodies.cancellation(basket.sale(), undoing, Details.hash(salt, details), null, null);
            return enter(writing, cancellation, basket, details, salt);
        }));
    }

    private static TillBasket enter(
            Writing writing, Body.Cancellation cancellation, TillBasket basket, byte[] details, byte[] salt)
            throws SQLException {
        SignedEntry entry = writing.append(cancellation);
        Sql.update(
                writing.connection(),
                "INSERT INTO details(entry, salt, blob) VALUES(?, ?, ?)",
                entry.entry().number(),
                salt,
                details);
        TillBasket cancelled = basket.to(BasketState.CANCELLED, Said.of("cancelled"));
        BasketBook.write(writing.connection(), cancelled);
        return cancelled;
    }

    /** What is given back: all that was bought, by card and in cash as it was paid. */
    private static byte[] details(TillBasket basket) {
        return basket.details(basket.cardCents(), basket.cashCents()).encode();
    }

    private TillBasket basketOf(Intention intention) throws StorageFailed {
        return baskets.find(intention.basketKey())
                .orElseThrow(() -> new StorageFailed("an intention has no basket: the store is damaged"));
    }
}
