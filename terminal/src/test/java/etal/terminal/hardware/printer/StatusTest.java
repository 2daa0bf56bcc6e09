package etal.terminal.hardware.printer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.port.printer.Printer.State;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the bits of a printer's answers mean: Epson's table of {@code DLE EOT n}. */
class StatusTest {
    @Test
    void a_printer_with_paper_and_a_closed_cover_is_ready() {
        assertEquals(State.READY, Status.state(0x12, 0x12, 0x12));
        assertEquals(State.READY, Status.state(0x16, 0x12, 0x12), "the drawer's bit is nothing to us");
    }

    @Test
    void the_first_thing_to_see_to_is_said() {
        assertEquals(State.PAPER_LOW, Status.state(0x12, 0x12, 0x1E));
        assertEquals(State.NO_PAPER, Status.state(0x1A, 0x32, 0x7E));
        assertEquals(State.NO_PAPER, Status.state(0x12, 0x12, 0x72));
        assertEquals(State.COVER_OPEN, Status.state(0x1A, 0x16, 0x7E));
        assertEquals(State.OFFLINE, Status.state(0x1A, 0x12, 0x12));
        assertEquals(State.OFFLINE, Status.state(0x12, 0x52, 0x12));
    }

    @Test
    void flow_control_and_unasked_status_are_no_answers() {
        assertEquals(OptionalInt.empty(), Status.answer(new byte[] {0x11, 0x13, 0x14, 0x00, 0x0F, (byte) 0xFF}));
        assertEquals(OptionalInt.of(0x1E), Status.answer(new byte[] {0x13, 0x1E, 0x12}));
        assertEquals(OptionalInt.empty(), Status.answer(new byte[0]));
    }
}
