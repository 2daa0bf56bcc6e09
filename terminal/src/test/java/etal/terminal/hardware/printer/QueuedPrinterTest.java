package etal.terminal.hardware.printer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.ThreadLoop;
import etal.port.printer.Printer;
import etal.port.printer.Printer.Lost;
import etal.port.printer.Printer.State;
import etal.port.printer.PrinterFailed;
import etal.terminal.hardware.line.TcpLine;
import etal.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A printer at a port of the network: what it prints, what it says, and what happens when it stops in the middle. */
@Timeout(60)
class QueuedPrinterTest {
    /** Patient where a busy machine may be late, quick where only waiting would be tested. */
    private static final Pace QUICK =
            new Pace(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofMillis(20), Duration.ofMillis(20));

    private static final byte[] RECEIPT =
            "a receipt of forty-two characters a line\n".repeat(40).getBytes(StandardCharsets.US_ASCII);

    private final ThreadLoop loop = new ThreadLoop("loop", crash -> {
        throw new AssertionError(crash);
    });
    private final BlockingQueue<Lost> lost = new LinkedBlockingQueue<>();
    /** On before the till is, or a look in between would find nobody there. */
    private final PrinterSocket socket = new PrinterSocket().on();

    private final QueuedPrinter printer = start(true, QUICK);

    QueuedPrinterTest() throws IOException {}

    private QueuedPrinter start(boolean answers, Pace pace) {
        QueuedPrinter started = QueuedPrinter.start(
                () -> TcpLine.connect("127.0.0.1", socket.port(), Duration.ofSeconds(2)), loop, 42, answers, pace);
        started.listen(lost::add);
        return started;
    }

    @AfterEach
    void put_away() throws IOException {
        printer.close();
        socket.close();
        loop.close();
    }

    private static void await(String what, Supplier<Boolean> state) {
        Await.until(what, Duration.ofSeconds(20), state, seen -> seen);
    }

    private void becomes(Printer which, State state) {
        await("the printer is " + state, () -> which.state() == state);
    }

    private void printed(byte[] paper) {
        await("all is on paper", () -> socket.printer.paper().length >= paper.length);
        assertArrayEquals(paper, socket.printer.paper());
    }

    private Lost nextLost() throws InterruptedException {
        Lost next = lost.poll(20, TimeUnit.SECONDS);
        assertTrue(next != null, "a loss is told");
        return next;
    }

    // till                        printer
    //  | ------ DLE EOT 1 ---------> |
    //  | <----- 12 ----------------- |   the same with 2 and 4
    //  | ------ receipt -----------> |
    //  | ------ DLE EOT 1 ---------> |   while it prints out of its memory
    @Test
    void a_receipt_is_printed_once_and_whole() throws Exception {
        becomes(printer, State.READY);
        printer.print("t3-e1-000017", RECEIPT);
        printed(RECEIPT);
        assertTrue(lost.isEmpty());
    }

    @Test
    void what_the_printer_lacks_is_said_and_taken_back() throws Exception {
        socket.printer.low(true);
        becomes(printer, State.PAPER_LOW);
        socket.printer.roll(0);
        becomes(printer, State.NO_PAPER);
        assertThrows(PrinterFailed.class, () -> printer.print("t3-e1-000017", RECEIPT));
        socket.printer.open(true);
        becomes(printer, State.COVER_OPEN);
        socket.printer.open(false);
        socket.printer.error(true);
        socket.printer.roll(Integer.MAX_VALUE);
        becomes(printer, State.OFFLINE);
        socket.printer.error(false);
        socket.printer.low(false);
        becomes(printer, State.READY);
        assertEquals(0, socket.printer.paper().length, "what was refused is not printed later");
    }

    @Test
    void paper_that_ends_in_the_middle_is_told_as_begun() throws Exception {
        becomes(printer, State.READY);
        socket.printer.roll(100);
        printer.print("t3-e1-000017", RECEIPT);
        assertEquals(new Lost("t3-e1-000017", true), nextLost());
        becomes(printer, State.NO_PAPER);
        assertEquals(100, socket.printer.paper().length);
    }

    @Test
    void a_printer_that_takes_no_more_bytes_keeps_nobody_waiting() throws Exception {
        becomes(printer, State.READY);
        socket.stuck();
        byte[] long_ = new byte[16 << 20];
        printer.print("t3-e1-000017", long_);
        printer.print("t3-e1-000018", RECEIPT);
        assertEquals("the loop runs", loop.call(() -> "the loop runs"));
        assertEquals(new Lost("t3-e1-000017", true), nextLost());
        assertEquals(new Lost("t3-e1-000018", false), nextLost(), "what waited behind it is not printed an hour later");
        becomes(printer, State.OFFLINE);
    }

    @Test
    void a_line_cut_in_the_middle_is_told_and_taken_up_again() throws Exception {
        becomes(printer, State.READY);
        socket.hangUpAfter(500);
        byte[] whole = new byte[1 << 20];
        printer.print("t3-e1-000017", whole);
        Lost told = nextLost();
        assertEquals("t3-e1-000017", told.name());
        assertTrue(told.begun());
        becomes(printer, State.READY);
        printer.print("t3-e1-000018", RECEIPT);
        int before = socket.printer.paper().length;
        await("the next is on paper", () -> socket.printer.paper().length >= RECEIPT.length);
        assertTrue(before < whole.length);
        assertTrue(lost.isEmpty());
    }

    @Test
    void a_printer_that_is_not_there_is_offline_and_taken_up_when_it_comes() throws Exception {
        socket.off();
        becomes(printer, State.OFFLINE);
        assertThrows(PrinterFailed.class, () -> printer.print("t3-e1-000017", RECEIPT));
        socket.on();
        becomes(printer, State.READY);
        socket.off();
        becomes(printer, State.OFFLINE);
        socket.on();
        becomes(printer, State.READY);
        printer.print("t3-e1-000017", RECEIPT);
        printed(RECEIPT);
    }

    @Test
    void more_than_a_few_receipts_do_not_wait() throws Exception {
        becomes(printer, State.READY);
        socket.stuck();
        printer.print("t3-e1-000001", new byte[16 << 20]);
        assertThrows(PrinterFailed.class, () -> {
            for (int i = 0; i <= QueuedPrinter.WAITING_MAX + 1; i++) {
                printer.print("t3-e1-00001" + i, RECEIPT);
            }
        });
    }

    @Test
    void a_printer_that_falls_silent_is_offline_and_one_that_never_speaks_prints_if_so_configured() throws Exception {
        becomes(printer, State.READY);
        printer.close();
        socket.printer.mute(true);
        Pace impatient =
                new Pace(Duration.ofMillis(50), Duration.ofSeconds(3), Duration.ofMillis(20), Duration.ofMillis(20));
        try (QueuedPrinter asked = start(true, impatient)) {
            becomes(asked, State.OFFLINE);
        }
        try (QueuedPrinter unasked = start(false, impatient)) {
            await("it is taken for ready", () -> {
                try {
                    unasked.print("t3-e1-000017", RECEIPT);
                    return true;
                } catch (PrinterFailed notYet) {
                    return false;
                }
            });
            printed(RECEIPT);
        }
    }
}
