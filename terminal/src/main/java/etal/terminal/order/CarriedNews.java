package etal.terminal.order;

import etal.port.Entropy;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Sealed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.Verified;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.Writing;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the record a card brought along. Cards carry news: another terminal's record travels on to the hub,
 * sealed, so that this stall never learns what was bought there; a load made or an order taken here whose answer was lost is
 * recorded now. Used from the loop only.
 */
public final class CarriedNews {
    private final LedgerId ledger;
    private final Verified sealTo;
    private final Entropy entropy;

    /** @param sealTo the hub's certificate that others' records are sealed to */
    public CarriedNews(LedgerId ledger, Verified sealTo, Entropy entropy) {
        this.ledger = ledger;
        this.sealTo = sealTo;
        this.entropy = entropy;
    }

    /**
     * Appends an own load, or an order taken here, that no entry holds yet.
     *
     * @return another terminal's record sealed to the hub; null if there is nothing to carry
     */
    public byte @Nullable [] carry(Writing writing, @Nullable CardProof proof) throws SQLException {
        if (proof == null
                || known(writing.connection(), cardId(proof), record(proof).counter())) {
            return null;
        }
        CardRecord record = record(proof);
        return switch (record.tag()) {
            case FIRST -> null;
            case LOAD, ADDED, SET, BLOCKED -> {
                if (madeHere(record)) {
                    writing.append(made(proof));
                    yield null;
                }
                yield seal(proof);
            }
            case DEBIT, CANCEL -> seal(proof);
        };
    }

    /** Like {@link #carry}, and what is sealed gets an entry of its own, once for each record. */
    public void carryAlone(Writing writing, @Nullable CardProof proof) throws SQLException {
        byte[] sealed = carry(writing, proof);
        if (sealed != null && proof != null) {
            long entry = writing.append(sealed(sealed)).entry().number();
            // The entry does not show whose record it holds, so nothing else remembers that it has been carried.
            Sql.update(
                    writing.connection(),
                    "INSERT OR IGNORE INTO card_record(card, counter, entry) VALUES(?, ?, ?)",
                    cardId(proof),
                    record(proof).counter(),
                    entry);
        }
    }

    /** Whether an entry of this ledger holds the record already. */
    static boolean known(Connection connection, byte[] cardId, long counter) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT entry FROM card_record WHERE card = ? AND counter = ?",
                        row -> row.getLong(1),
                        cardId,
                        counter)
                .isPresent();
    }

    /** Whether the card made that record at this terminal. */
    boolean madeHere(CardRecord record) {
        return record.terminal() == ledger.terminal() && record.epoch() == ledger.epoch();
    }

    /** The entry of a record made here. NullAway does not see a nullable component through a class file. */
    @SuppressWarnings("NullAway")
    static Body.RecordCarried made(CardProof here) {
        return new Body.RecordCarried(here, null);
    }

    /** The entry of a record made elsewhere. */
    @SuppressWarnings("NullAway")
    private static Body.RecordCarried sealed(byte[] sealed) {
        return new Body.RecordCarried(null, sealed);
    }

    private byte[] seal(CardProof proof) {
        return Sealed.seal(proof.encode(), sealTo.leafPublicKey65(), sealTo.leafHash(), entropy::fill);
    }

    private static CardRecord record(CardProof proof) {
        try {
            return CardRecord.decode(proof.record());
        } catch (Malformed malformed) {
            throw new IllegalStateException("a verified record does not read", malformed);
        }
    }

    private static byte[] cardId(CardProof proof) {
        try {
            return CardCertificate.decode(proof.certificate()).cardId();
        } catch (Malformed malformed) {
            throw new IllegalStateException("a verified certificate does not read", malformed);
        }
    }
}
