package etal.protocol.ledger;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.card.Deltas;
import etal.protocol.cbor.Cbor;
import etal.protocol.cose.Hash;
import java.util.List;

/** What the card signs with its record: the hash of the whole intention. Stateless. */
public final class Intent {
    private static final String TAG = "etal/intent";
    /** Another word at the same place: no intent of a sale is one of a cancellation. */
    private static final String CANCELLING = "etal/cancel";

    private Intent() {}

    /** SHA-256 of the deterministic CBOR of {@code intent} in {@code etal.cddl}; 32 bytes. */
    public static byte[] hash(
            long terminal,
            long epoch,
            long sale,
            String seller,
            SchemeRef scheme,
            List<FundedLine> lines,
            byte[] detailsHash,
            Deltas deltas) {
        return Hash.sha256(encode(terminal, epoch, sale, seller, scheme, lines, detailsHash, deltas));
    }

    /**
     * SHA-256 of the deterministic CBOR of {@code cancel-intent} in {@code etal.cddl}; 32 bytes.
     *
     * @param saleHash SHA-256 of the whole entry of the sale that is cancelled: with it all that the sale said
     * @param deltas what comes back
     */
    public static byte[] cancelling(
            long terminal, long epoch, long sale, byte[] saleHash, int reason, byte[] detailsHash, Deltas deltas) {
        return Hash.sha256(encodeCancelling(terminal, epoch, sale, saleHash, reason, detailsHash, deltas));
    }

    /** The bytes that are hashed. */
    static byte[] encodeCancelling(
            long terminal, long epoch, long sale, byte[] saleHash, int reason, byte[] detailsHash, Deltas deltas) {
        return Cbor.encode(CBORObject.NewArray()
                .Add(CANCELLING)
                .Add(terminal)
                .Add(epoch)
                .Add(sale)
                .Add(saleHash)
                .Add(reason)
                .Add(detailsHash)
                .Add(Parts.deltas(deltas)));
    }

    /** The bytes that are hashed. */
    static byte[] encode(
            long terminal,
            long epoch,
            long sale,
            String seller,
            SchemeRef scheme,
            List<FundedLine> lines,
            byte[] detailsHash,
            Deltas deltas) {
        return Cbor.encode(CBORObject.NewArray()
                .Add(TAG)
                .Add(terminal)
                .Add(epoch)
                .Add(sale)
                .Add(seller)
                .Add(Parts.scheme(scheme))
                .Add(Parts.lines(lines))
                .Add(detailsHash)
                .Add(Parts.deltas(deltas)));
    }
}
