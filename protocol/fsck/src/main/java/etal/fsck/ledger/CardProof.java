package etal.fsck.ledger;

import etal.fsck.bytes.Damage;
import etal.fsck.bytes.Fields;
import etal.fsck.bytes.Value;
import etal.fsck.trust.P256;
import etal.fsck.trust.Trust;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A card's record with its signature and the card's certificate, as a ledger holds them.
 *
 * @param fund the fund that issued the card
 * @param authority the number of the key that certified it
 * @param card the card's id, hexadecimal
 */
public record CardProof(
        long fund, int authority, String card, PublicKey key, byte[] certificate, CardRecord record, byte[] signature) {
    private static final int CERTIFICATE_BYTES = 114;
    private static final int CERTIFIED_BYTES = 50;

    static CardProof read(Value value) throws Damage {
        Fields fields = Fields.of("the card's proof", value, List.of(1, 2, 3), List.of());
        byte[] certificate = fields.bytes(1, CERTIFICATE_BYTES);
        if (certificate[0] != 1) {
            throw new Damage("the card's certificate is none");
        }
        ByteBuffer in = ByteBuffer.wrap(certificate);
        try {
            return new CardProof(
                    Integer.toUnsignedLong(in.getInt(1)),
                    certificate[5] & 0xff,
                    HexFormat.of().formatHex(certificate, 6, 14),
                    P256.key(Arrays.copyOfRange(certificate, 14, 47)),
                    certificate,
                    CardRecord.read(fields.bytes(2, CardRecord.BYTES)),
                    fields.bytes(3, 64));
        } catch (Damage damage) {
            throw damage.in("card " + HexFormat.of().formatHex(certificate, 6, 14));
        }
    }

    /** Why the card is none of the fund's, or null when it is one. */
    public @Nullable String faultOfCard(Trust trust) {
        PublicKey issuer = trust.cardAuthority(authority);
        if (issuer == null) {
            return "card " + card + ": certified by a key " + authority + " that the trust file does not hold";
        }
        byte[] certified = Arrays.copyOf(certificate, CERTIFIED_BYTES);
        byte[] seal = Arrays.copyOfRange(certificate, CERTIFIED_BYTES, CERTIFICATE_BYTES);
        return P256.verifyLowS(issuer, certified, seal)
                ? null
                : "card " + card + ": the signature on its certificate does not hold";
    }

    /** Why the record is none of the card's, or null when it is one. */
    public @Nullable String faultOfRecord() {
        return P256.verify(key, record.bytes(), signature)
                ? null
                : "card " + card + ": the signature on its record does not hold";
    }
}
