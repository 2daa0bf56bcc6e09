package etal.hub.ingest;

import static etal.hub.ingest.SaleCheck.refusal;

import etal.hub.ingest.CardRecords.Outcome;
import etal.hub.ingest.SaleCheck.Refusal;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Sealed;
import etal.protocol.ledger.CardProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Records of other terminals that cards have carried, sealed so that no stall learns what was bought at another. */
final class SealedRecords {
    private final byte[] sealScalar;
    private final CardRecords records;

    SealedRecords(byte[] sealScalar, CardRecords records) {
        this.sealScalar = sealScalar.clone();
        this.records = records;
    }

    /** Opens and stores one; what is wrong with it, if anything. */
    Optional<Refusal> take(Connection connection, byte[] sealed, Received received) throws SQLException {
        CardProof proof;
        try {
            proof = CardProof.decode(Sealed.open(sealed, sealScalar));
        } catch (Malformed e) {
            return refusal(Reason.WRONG_CARRIED, String.valueOf(e.getMessage()));
        }
        return switch (records.take(connection, proof, "carried " + Sales.place(received), received)) {
            case Outcome.Stands stands -> Optional.empty();
            // Said of what was carried, so that it does not withhold the sale around it.
            case Outcome.Refused refused ->
                refusal(Reason.WRONG_CARRIED, refused.reason().code() + " " + refused.detail());
        };
    }

    /** Stores a record that stands open in the entry: a load made there. */
    Optional<Refusal> takeOpen(Connection connection, CardProof proof, Received received) throws SQLException {
        return switch (records.take(connection, proof, "load " + Sales.place(received), received)) {
            case Outcome.Stands stands -> Optional.empty();
            case Outcome.Refused refused -> refusal(refused.reason(), refused.detail());
        };
    }
}
