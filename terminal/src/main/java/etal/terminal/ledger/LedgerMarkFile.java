package etal.terminal.ledger;

import etal.edge.keys.PrivateFile;
import etal.port.StorageFailed;
import etal.protocol.ledger.LedgerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mark as a small file in the directory of the keys, which names the ledger. */
public final class LedgerMarkFile implements LedgerMark {
    private final Path file;
    private final LedgerId ledger;

    /** In this directory of keys. */
    public LedgerMarkFile(Path keys, LedgerId ledger) {
        this.file = keys.resolve("ledger-begun");
        this.ledger = ledger;
    }

    @Override
    public boolean begun() {
        return Files.exists(file);
    }

    @Override
    public void begin() throws StorageFailed {
        PrivateFile.write(file, (ledger + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
