package etal.fsck.place;

import etal.fsck.bytes.CborReader;
import etal.fsck.bytes.Damage;
import etal.fsck.bytes.ItemStream;
import etal.fsck.bytes.Value;
import etal.fsck.check.LedgerItems;
import etal.fsck.ledger.Checkpoint;
import etal.fsck.ledger.SignedMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A ledger file, {@code ID.etal}: a CBOR sequence, read item by item. For one use, by one thread. */
public final class LedgerFile implements LedgerItems {
    private static final int BYTE_STRING = 2;

    private final ItemStream items;

    private LedgerFile(ItemStream items) {
        this.items = items;
    }

    /** Opens a file. */
    public static LedgerFile open(Path file) throws IOException {
        return of(Files.newInputStream(file));
    }

    /** Reads a file's bytes from anywhere, and closes the stream in the end. */
    public static LedgerFile of(InputStream bytes) {
        return new LedgerFile(new ItemStream(bytes));
    }

    @Override
    public @Nullable Item next() throws Damage, IOException {
        byte[] item = items.next();
        if (item == null) {
            return null;
        }
        if ((item[0] & 0xff) >> 5 == BYTE_STRING && CborReader.read(item) instanceof Value.Bytes certificate) {
            return new Item(Kind.CERTIFICATE, -1, certificate.value());
        }
        boolean checkpoint = SignedMessage.read(item).type().equals(Checkpoint.TYPE);
        return new Item(checkpoint ? Kind.CHECKPOINT : Kind.ENTRY, -1, item);
    }

    @Override
    public void close() throws IOException {
        items.close();
    }
}
