package etal.terminal.hardware.printer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.ThreadLoop;
import etal.port.printer.Printer.Lost;
import etal.port.printer.Printer.State;
import etal.terminal.hardware.line.DeviceLine;
import etal.terminal.hardware.line.DeviceLine.Flow;
import etal.terminal.hardware.line.Line;
import etal.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A printer behind a device file: a real serial line of Linux, a pseudo-terminal. */
@Timeout(60)
class WiredPrinterTest {
    private static final Pace QUICK =
            new Pace(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofMillis(20), Duration.ofMillis(20));

    private final ThreadLoop loop = new ThreadLoop("loop", crash -> {
        throw new AssertionError(crash);
    });
    private final BlockingQueue<Lost> lost = new LinkedBlockingQueue<>();
    private final PrinterPty wire = new PrinterPty();

    WiredPrinterTest() throws IOException {}

    @AfterEach
    void put_away() throws IOException {
        wire.close();
        loop.close();
    }

    private QueuedPrinter start(Line.Opening opening) {
        QueuedPrinter started = QueuedPrinter.start(opening, loop, 32, true, QUICK);
        started.listen(lost::add);
        return started;
    }

    private static void becomes(QueuedPrinter printer, State wanted) {
        Await.until("the printer's state", Duration.ofSeconds(20), printer::state, wanted::equals);
    }

    /** All values of a byte, for a line that is not raw changes some. But for DLE, by which questions begin. */
    private static byte[] everyByte() {
        byte[] bytes = new byte[255 * 8];
        for (int i = 0; i < bytes.length; i++) {
            int value = i % 255;
            bytes[i] = (byte) (value < 0x10 ? value : value + 1);
        }
        return bytes;
    }

    private void prints(QueuedPrinter printer) throws Exception {
        becomes(printer, State.READY);
        wire.printer.open(true);
        becomes(printer, State.COVER_OPEN);
        wire.printer.open(false);
        becomes(printer, State.READY);
        byte[] receipt = everyByte();
        printer.print("t3-e1-000017", receipt);
        Await.until(
                "all is on paper",
                Duration.ofSeconds(20),
                wire.printer::paper,
                paper -> paper.length >= receipt.length);
        assertArrayEquals(receipt, wire.printer.paper());
        assertTrue(lost.isEmpty());
    }

    @Test
    void a_serial_printer_prints_every_byte_and_says_how_it_is() throws Exception {
        for (Flow flow : new Flow[] {Flow.NONE, Flow.HARDWARE}) {
            try (DeviceLine line = DeviceLine.serial(wire.device(), 38_400, flow)) {
                assertEquals(38_400, wire.baud());
            }
        }
        try (QueuedPrinter printer = start(() -> DeviceLine.serial(wire.device(), 19_200, Flow.NONE))) {
            prints(printer);
            assertEquals(19_200, wire.baud());
        }
    }

    @Test
    void a_printer_with_a_device_file_of_its_own_prints_without_being_set() throws Exception {
        // What a printer's own driver does by itself, the pseudo-terminal must be told.
        DeviceLine.serial(wire.device(), 9_600, Flow.NONE).close();
        try (QueuedPrinter printer = start(() -> DeviceLine.usb(wire.device()))) {
            prints(printer);
        }
    }

    @Test
    void paper_that_ends_in_the_middle_is_told_as_begun() throws Exception {
        try (QueuedPrinter printer = start(() -> DeviceLine.serial(wire.device(), 9_600, Flow.NONE))) {
            becomes(printer, State.READY);
            wire.printer.roll(100);
            printer.print("t3-e1-000017", everyByte());
            assertEquals(new Lost("t3-e1-000017", true), lost.poll(20, TimeUnit.SECONDS));
            becomes(printer, State.NO_PAPER);
        }
    }

    @Test
    void a_device_file_that_is_not_there_is_an_offline_printer() {
        try (QueuedPrinter printer = start(() -> DeviceLine.usb(Path.of("/dev/no-such-printer")))) {
            becomes(printer, State.OFFLINE);
        }
    }
}
