package etal.terminal.sale;

import etal.port.Entropy;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Sealed;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.Verified;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.Writing;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the record a card brought along. Cards carry news: another terminal's record travels on to the hub,
 * sealed, so that this stall never learns what was bought there; a load made here whose answer was lost is recorded now.
 */
final class CarriedNews {
    private final LedgerId ledger;
    private final Verified sealTo;
    private final Entropy entropy;

    CarriedNews(LedgerId ledger, Verified sealTo, Entropy entropy) {
        this.ledger = ledger;
        this.sealTo = sealTo;
        this.entropy = entropy;
    }

    /**
     * Appends an own load that no entry holds yet.
     *
     * @return another terminal's record sealed to the hub; null if there is nothing to carry
     */
    byte @Nullable [] carry(Writing writing, @Nullable CardProof proof) throws SQLException {
        if (proof == null || known(writing, proof)) {
            return null;
        }
        CardRecord record = record(proof);
        boolean here = record.terminal() == ledger.terminal() && record.epoch() == ledger.epoch();
        return switch (record.tag()) {
            case FIRST -> null;
            case LOAD, ADDED, SET, BLOCKED -> {
                if (here) {
                    writing.append(Bodies.loadedHere(proof));
                    yield null;
                }
                yield seal(proof);
            }
            case DEBIT, CANCEL -> seal(proof);
        };
    }

    /** Whether an entry of this ledger holds the record already. */
    boolean known(Writing writing, CardProof proof) throws SQLException {
        return Sql.first(
                        writing.connection(),
                        "SELECT entry FROM card_record WHERE card = ? AND counter = ?",
                        row -> row.getLong(1),
                        certificate(proof).cardId(),
                        record(proof).counter())
                .isPresent();
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

    private static CardCertificate certificate(CardProof proof) {
        try {
            return CardCertificate.decode(proof.certificate());
        } catch (Malformed malformed) {
            throw new IllegalStateException("a verified certificate does not read", malformed);
        }
    }
}
