package etal.protocol.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Mutations;
import etal.protocol.cbor.Malformed;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LedgerFileTest {
    @Test
    void a_file_reads_back_sort_by_sort() throws Malformed {
        LedgerFile file = SampleLedger.file();
        LedgerFile read = LedgerFile.decode(file.encode());
        assertEquals(4, read.certificates().size());
        assertEquals(1, read.checkpoints().size());
        assertEquals(30, read.entries().size());
        assertArrayEquals(file.encode(), read.encode());
    }

    @Test
    void sorts_out_of_order_and_a_file_without_entries_are_refused() {
        LedgerFile file = SampleLedger.file();
        byte[] entry = file.entries().get(0);
        byte[] checkpoint = file.checkpoints().get(0);
        assertThrows(Malformed.class, () -> LedgerFile.decode(new byte[0]));
        assertThrows(
                Malformed.class,
                () -> LedgerFile.decode(new LedgerFile(List.of(), List.of(checkpoint), List.of()).encode()));
        assertThrows(
                Malformed.class,
                () -> LedgerFile.decode(new LedgerFile(List.of(), List.of(entry), List.of(checkpoint)).encode()));
    }

    @Test
    void only_malformed_comes_out_of_changed_files() {
        int accepted = Mutations.feed(
                List.of(SampleLedger.file().encode()),
                5_000,
                input -> assertArrayEquals(input, LedgerFile.decode(input).encode()));
        assertTrue(accepted > 100, "accepted " + accepted);
    }
}
