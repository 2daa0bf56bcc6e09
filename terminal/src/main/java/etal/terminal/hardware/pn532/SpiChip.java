package etal.terminal.hardware.pn532;

import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.wire.SpiWire;

/**
 * A chip on an SPI bus.
 *
 * @param bus opens the bus
 */
record SpiChip(Opening bus, Pn532Settings settings) implements ChipSource {
    /** Being selected wakes the chip; its oscillator needs 2 ms. As zeros they are a frame's long preamble. */
    private static final byte[] WAKE_UP = new byte[SpiWire.Bus.HERTZ / Byte.SIZE / 500];

    /** Opens the bus. */
    @FunctionalInterface
    interface Opening {
        /** Opens it. */
        SpiWire.Bus open() throws ReaderBroken;
    }

    @Override
    public Chip open() throws ReaderBroken {
        SpiWire wire = new SpiWire(bus.open());
        try {
            Chip chip = new Chip(wire, settings);
            if (!chip.wakes(WAKE_UP)) {
                throw new ReaderBroken("no PN532 answers on the bus");
            }
            ChipSource.configure(chip, settings);
            return chip;
        } catch (ReaderBroken broken) {
            wire.close();
            throw broken;
        }
    }
}
