package etal.fsck.ledger;

import etal.fsck.bytes.Damage;
import etal.fsck.bytes.Digest;
import etal.fsck.bytes.Fields;
import java.util.List;

/**
 * One entry.
 *
 * @param hash SHA-256 of the whole entry
 * @param previous SHA-256 of the entry before, zero for the first
 */
public record Entry(Digest hash, LedgerName ledger, long number, Digest previous, Body body, SignedMessage message) {
    /** The type of the signed message. */
    public static final String TYPE = "etal/entry";

    /** The entry that {@code bytes} are. */
    public static Entry read(byte[] bytes) throws Damage {
        SignedMessage message = SignedMessage.read(bytes, TYPE);
        Fields fields = Fields.of("the entry", message.payload(), List.of(1, 2, 3, 4, 5, 6, 7, 8), List.of());
        fields.uint(5);
        fields.truth(6);
        return new Entry(
                Digest.of(bytes),
                new LedgerName(fields.uint(1), fields.uint(2)),
                fields.uint(3),
                fields.digest(4),
                BodyReader.read(fields.uint(7), fields.value(8)),
                message);
    }
}
