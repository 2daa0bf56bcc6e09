package etal.fsck.ledger;

import etal.fsck.bytes.Damage;
import etal.fsck.bytes.Digest;
import etal.fsck.bytes.Fields;
import java.util.List;

/**
 * The hub's acknowledgement of all entries up to a number.
 *
 * @param hash SHA-256 of the whole checkpoint
 * @param number the entry acknowledged
 * @param head SHA-256 of that entry
 * @param generation the hub's; one restored from a backup raises it and may acknowledge less than before
 */
public record Checkpoint(
        Digest hash, LedgerName ledger, long number, Digest head, long generation, SignedMessage message) {
    /** The type of the signed message. */
    public static final String TYPE = "etal/checkpoint";

    /** The acknowledgement that {@code bytes} are. */
    public static Checkpoint read(byte[] bytes) throws Damage {
        SignedMessage message = SignedMessage.read(bytes, TYPE);
        Fields fields = Fields.of("the checkpoint", message.payload(), List.of(1, 2, 3, 4, 5, 6), List.of());
        fields.uint(5);
        return new Checkpoint(
                Digest.of(bytes),
                new LedgerName(fields.uint(1), fields.uint(2)),
                fields.uint(3),
                fields.digest(4),
                fields.uint(6),
                message);
    }
}
