package etal.terminal.hardware.pn532;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.Field.Sighting;
import etal.terminal.hardware.pn532.wire.SpiWire;
import etal.terminal.hardware.pn532.wire.Spidev;
import etal.terminal.hardware.pn532.wire.Tty;
import etal.virtualcard.pn532.ChipPace;
import etal.virtualcard.pn532.EmulatedChip;
import etal.virtualcard.pn532.EmulatedField;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * SPI's framing (UM0701-02, 6.2.5) over an emulated bus: status 02, write 01, read 03, least significant bit first. No real bus
 * was there.
 */
class SpiWireTest {
    private final EmulatedField field = new EmulatedField();
    private final EmulatedBus bus = new EmulatedBus(EmulatedChip.onBus(field, ChipPace.instant()));
    private final Pn532Settings settings = Pn532Settings.standard();

    /** What a selected chip does with each operation. */
    private static class EmulatedBus implements SpiWire.Bus {
        final Deque<byte[]> said = new ArrayDeque<>();
        final List<Integer> operations = new ArrayList<>();
        final EmulatedChip chip;
        boolean closed;

        EmulatedBus(EmulatedChip chip) {
            this.chip = chip;
        }

        @Override
        public byte[] transfer(byte[] bytes) {
            int operation = Integer.reverse(bytes[0]) >>> 24;
            operations.add(operation);
            said.addAll(chip.say(System.nanoTime()));
            byte[] answer = new byte[bytes.length];
            switch (operation) {
                case 0x01 -> chip.hear(reversed(Arrays.copyOfRange(bytes, 1, bytes.length)), 0, System.nanoTime());
                case 0x02 -> answer[1] = (byte) (said.isEmpty() ? 0 : 0x80);
                case 0x03 -> {
                    Arrays.fill(answer, (byte) 0x5A);
                    byte[] frame = reversed(said.remove());
                    System.arraycopy(frame, 0, answer, 1, frame.length);
                }
                default -> throw new AssertionError("no such operation: " + operation);
            }
            return answer;
        }

        private static byte[] reversed(byte[] bytes) {
            byte[] reversed = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                reversed[i] = (byte) (Integer.reverse(bytes[i]) >>> 24);
            }
            return reversed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void the_chip_is_woken_configured_and_its_card_answers() throws Exception {
        EchoCard card = new EchoCard();
        field.lay(card);
        try (Field opened = new Field(new SpiChip(() -> bus, settings).open(), settings)) {
            Target target = assertInstanceOf(Sighting.Card.class, opened.look()).target();
            for (int length : new int[] {0, 100, 240, 255, 262, 700}) {
                byte[] apdu = EchoCard.command(length, length, length);
                assertArrayEquals(EchoCard.firstAnswer(apdu), opened.exchange(target, apdu));
            }
            field.lift();
            opened.reset();
            assertEquals(new Sighting.Empty(), opened.look());
        }
        assertTrue(bus.closed);
    }

    @Test
    void nothing_is_read_before_the_chip_says_that_it_has_something() throws ReaderBroken {
        SpiWire wire = new SpiWire(bus);
        assertEquals(0, wire.read(wire.nanos()).length);
        assertEquals(List.of(0x02), bus.operations);
        wire.write(Frame.of(Command.normalMode()));
        assertArrayEquals(Frame.ack(), Arrays.copyOf(wire.read(wire.nanos() + 1_000_000_000L), 6));
        assertEquals(List.of(0x02, 0x01, 0x02, 0x03), bus.operations);
    }

    @Test
    void a_bus_on_which_nothing_answers_is_broken_and_let_go() {
        EmulatedBus dead = new EmulatedBus(bus.chip) {
            @Override
            public byte[] transfer(byte[] bytes) {
                return new byte[bytes.length];
            }
        };
        assertThrows(ReaderBroken.class, () -> new SpiChip(() -> dead, settings).open());
        assertTrue(dead.closed);
    }

    @Test
    void what_is_no_bus_is_refused() {
        assertThrows(ReaderBroken.class, () -> Spidev.open(Path.of("/dev/spidev9.9")));
        assertThrows(ReaderBroken.class, () -> Spidev.open(Path.of("/dev/null")));
        assertThrows(ReaderBroken.class, () -> Tty.open(Path.of("/dev/ttyNONE")));
    }
}
