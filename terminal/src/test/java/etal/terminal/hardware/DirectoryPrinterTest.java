package etal.terminal.hardware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.port.printer.Printer;
import etal.port.printer.PrinterFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryPrinterTest {
    @Test
    void a_receipt_lies_whole_under_its_name_and_nothing_else_remains(@TempDir Path dir) throws Exception {
        Path receipts = dir.resolve("market/receipts");
        Printer printer = new DirectoryPrinter(receipts);
        assertEquals(Printer.State.READY, printer.state());
        printer.print("t3-e1-000017", new byte[] {0x1b, 0x40});
        printer.print("t3-e1-000017", new byte[] {0x1b, 0x40, 0x0a});
        assertArrayEquals(new byte[] {0x1b, 0x40, 0x0a}, Files.readAllBytes(receipts.resolve("t3-e1-000017.escpos")));
        try (Stream<Path> files = Files.list(receipts)) {
            assertEquals(List.of(receipts.resolve("t3-e1-000017.escpos")), files.toList());
        }
    }

    @Test
    void a_name_that_leaves_the_directory_is_refused(@TempDir Path dir) {
        Printer printer = new DirectoryPrinter(dir);
        assertThrows(IllegalArgumentException.class, () -> printer.print("../keys", new byte[1]));
    }

    @Test
    void where_nothing_can_be_written_the_printer_has_failed(@TempDir Path dir) throws Exception {
        Path file = Files.createFile(dir.resolve("not-a-directory"));
        Printer printer = new DirectoryPrinter(file.resolve("receipts"));
        assertThrows(PrinterFailed.class, () -> printer.print("t3-e1-000017", new byte[1]));
    }
}
