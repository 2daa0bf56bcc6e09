package etal.terminal.hardware.pn532;

import etal.port.ReaderBroken;

/** Where a chip is had, as often as it must be: wired, awake and configured. */
@FunctionalInterface
interface ChipSource {
    /**
     * Opens the wire and starts the chip.
     *
     * @throws ReaderBroken when no PN532 answers there now
     */
    Chip open() throws ReaderBroken;

    /**
     * Configures a chip that is awake.
     *
     * @throws ReaderBroken when it is no PN532, or does not answer
     */
    static void configure(Chip chip, Pn532Settings settings) throws ReaderBroken {
        byte[] firmware = chip.ask(Command.firmwareVersion());
        if (firmware.length < 1 || firmware[0] != PN532) {
            throw new ReaderBroken("what answers is no PN532");
        }
        var unused = chip.ask(Command.normalMode());
        unused = chip.ask(Command.usualParameters());
        unused = chip.ask(Command.timings());
        unused = chip.ask(Command.retries(settings.passiveRetries()));
        unused = chip.ask(Command.releaseAll());
        unused = chip.ask(Command.field(true));
    }

    /** IC number in the answer to GetFirmwareVersion. */
    byte PN532 = 0x32;
}
