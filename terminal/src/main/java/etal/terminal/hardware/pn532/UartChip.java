package etal.terminal.hardware.pn532;

import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.wire.Wire;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A chip on a serial line (HSU). It wakes at 115,200 baud; after a restart of the program alone it still speaks at the rate
 * it was set to, so that one is tried too.
 */
final class UartChip implements ChipSource {
    /** Where the chip starts after power on. */
    static final int FIRST_BAUD = 115_200;

    /** The rates of SetSerialBaudRate (UM0701-02, 7.2.7), by their codes. */
    static final List<Integer> BAUDS =
            List.of(9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 1_288_000);

    /** Two edges that wake the chip and time for its oscillator; as zeros they are a frame's long preamble. */
    private static final byte[] WAKE_UP = wakeUp();

    private final Line line;
    private final int baud;
    private final Pn532Settings settings;

    /** Opens the serial line. */
    @FunctionalInterface
    interface Line {
        /** Opens it. */
        Wire.Uart open() throws ReaderBroken;
    }

    UartChip(Line line, int baud, Pn532Settings settings) {
        if (!BAUDS.contains(baud)) {
            throw new IllegalArgumentException("the chip has no rate of " + baud + " baud");
        }
        this.line = line;
        this.baud = baud;
        this.settings = settings;
    }

    private static byte[] wakeUp() {
        byte[] bytes = new byte[26];
        bytes[0] = 0x55;
        bytes[1] = 0x55;
        return bytes;
    }

    @Override
    public Chip open() throws ReaderBroken {
        Wire.Uart uart = line.open();
        try {
            Chip chip = new Chip(uart, settings);
            wake(uart, chip);
            ChipSource.configure(chip, settings);
            return chip;
        } catch (ReaderBroken broken) {
            uart.close();
            throw broken;
        }
    }

    private void wake(Wire.Uart uart, Chip chip) throws ReaderBroken {
        Set<Integer> tried = new LinkedHashSet<>(List.of(FIRST_BAUD, baud));
        for (int rate : tried) {
            uart.baud(rate);
            if (chip.wakes(WAKE_UP)) {
                if (rate != baud) {
                    hasten(uart, chip);
                }
                return;
            }
        }
        throw new ReaderBroken("no PN532 answers at " + tried + " baud");
    }

    private void hasten(Wire.Uart uart, Chip chip) throws ReaderBroken {
        var unused = chip.ask(Command.serialBaudRate(BAUDS.indexOf(baud)));
        // The chip changes its rate once its answer is acknowledged, and not before.
        uart.write(Frame.ack());
        uart.baud(baud);
        chip.synchronise();
    }
}
