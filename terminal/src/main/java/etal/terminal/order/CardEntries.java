package etal.terminal.order;

import etal.port.StorageFailed;
import etal.protocol.card.CardRecord;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.terminal.card.CardSession;
import etal.terminal.card.LogResult;
import etal.terminal.ledger.Ledger;
import etal.terminal.ledger.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a card did here beside paying, made durable: loads, orders taken, and what its newest record tells. One transaction
 * each. Used from the loop only.
 */
public final class CardEntries {
    private static final int REFUSALS_MAX = 1_000;
    private static final int HASH_CHARS = 16;

    private final Ledger ledger;
    private final CarriedNews news;
    private final Set<String> refused = new TreeSet<>();

    /** Into that ledger. */
    public CardEntries(Ledger ledger, CarriedNews news) {
        this.ledger = ledger;
        this.news = news;
    }

    /** The card loaded its month or took an order here; the record before it travels on if it is news. */
    void made(CardSession session, CardRecord record, CardProof proof, @Nullable CardProof before)
            throws StorageFailed {
        byte[] cardId = session.certificate().cardId();
        ledger.commit(writing -> {
            news.carryAlone(writing, before);
            seen(writing.connection(), cardId, record.counter());
            return writing.append(CarriedNews.made(proof));
        });
    }

    /** The card's newest record, out of its ring, and the one before it: each that is news travels on. */
    void brought(CardSession session, @Nullable CardProof before, LogResult.Found newest) throws StorageFailed {
        byte[] cardId = session.certificate().cardId();
        ledger.commit(writing -> {
            news.carryAlone(writing, before);
            news.carryAlone(writing, newest.proof());
            seen(writing.connection(), cardId, newest.record().counter());
            return writing.head();
        });
    }

    /** Records out of the card's ring that the hub asked for: each that no entry holds yet travels on. */
    void wanted(List<CardProof> proofs) throws StorageFailed {
        ledger.commit(writing -> {
            for (CardProof proof : proofs) {
                news.carryAlone(writing, proof);
            }
            return writing.head();
        });
    }

    /** Whether an entry of this ledger holds that record already. */
    boolean known(CardSession session, long counter) throws StorageFailed {
        byte[] cardId = session.certificate().cardId();
        return ledger.store().inTransaction(connection -> CarriedNews.known(connection, cardId, counter));
    }

    /** Whether the card made that record at this terminal. */
    boolean madeHere(CardRecord record) {
        return news.madeHere(record);
    }

    /**
     * A card does not take what the fund has for it. The hub is told, and the card is not asked again before this terminal
     * starts anew or the card has newer keys.
     */
    void refused(CardSession session, byte[] hash, int statusWord) throws StorageFailed {
        if (refused.size() < REFUSALS_MAX && refused.add(refusal(session, hash))) {
            String note = "card " + Hash.hex(session.certificate().cardId()) + ": "
                    + Hash.hex(hash).substring(0, HASH_CHARS) + ": " + Integer.toHexString(statusWord);
            ledger.commit(writing -> writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.ORDER_REFUSED, note)));
        }
    }

    /** Whether the card, with the keys it has, has refused that since this terminal started. */
    boolean isRefused(CardSession session, byte[] hash) {
        return refused.contains(refusal(session, hash));
    }

    private static String refusal(CardSession session, byte[] hash) {
        return Hash.hex(session.certificate().cardId()) + " " + session.keyGeneration() + " " + Hash.hex(hash);
    }

    /** Notes a card's counter: below it, the card is not what it was. */
    public static void seen(Connection connection, byte[] cardId, long counter) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO card_seen(card, counter) VALUES(?, ?) ON CONFLICT(card) DO UPDATE"
                        + " SET counter = max(counter, excluded.counter)",
                cardId,
                counter);
    }
}
