package etal.fsck.check;

import etal.fsck.bytes.Damage;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The items of one ledger as they lie somewhere: certificates, checkpoints, entries, each in order. */
public interface LedgerItems extends Closeable {
    /**
     * The next item, or null at the end.
     *
     * @throws Damage when what lies there is no item
     * @throws IOException when it cannot be read
     */
    @Nullable
    Item next() throws Damage, IOException;

    /**
     * One item.
     *
     * @param number under which number it lies, -1 where the place does not say
     * @param bytes a certificate in DER, or a whole signed message
     */
    record Item(Kind kind, long number, byte[] bytes) {}

    /** What an item is, in the order in which they must come. */
    enum Kind {
        CERTIFICATE,
        CHECKPOINT,
        ENTRY
    }
}
