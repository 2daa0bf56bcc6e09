package etal.fleet.timing;

import java.util.List;

/**
 * How long a tap lies in the field: from the reader's REQA, which the card is the first to hear, to the last answer's last
 * byte at the terminal. Pure: the same exchanges take the same time.
 */
public final class TapTime {
    private TapTime() {}

    /** The card is found, without any command yet. */
    public static Breakdown activation(Chip chip, Pn532 reader) {
        long air = Air.activationNanos(chip.historicalBytes());
        long own = Pn532.COMMAND_NANOS + Air.activationPairs() * Pn532.PAIR_NANOS + Pn532.DRIVER_NANOS;
        // The card starts up before it answers RATS; the least is one command's worth.
        long card = chip.commandNanos();
        return Breakdown.of(Part.ACTIVATION, air + own + card + reader.foundLineNanos(5 + chip.historicalBytes()));
    }

    /** One command. */
    public static Breakdown exchange(Exchange exchange, Chip chip, Pn532 reader) {
        Breakdown card = chip.time(exchange.tally(), exchange.select());
        long waits = card.totalNanos() / chip.waitingNanos();
        int pairs = Air.pairs(exchange.commandBytes(), exchange.answerBytes());
        return card.with(
                        Part.AIR,
                        Air.exchangeNanos(exchange.commandBytes(), exchange.answerBytes())
                                + waits * Air.waitingTimeNanos())
                .with(Part.WIRE, reader.exchangeLineNanos(exchange.commandBytes(), exchange.answerBytes()))
                .with(Part.READER, Pn532.COMMAND_NANOS + (pairs + waits) * Pn532.PAIR_NANOS + Pn532.DRIVER_NANOS);
    }

    /**
     * The whole tap.
     *
     * @param terminalNanos the terminal's own work between being told of the card and its last command
     */
    public static Breakdown of(List<Exchange> exchanges, Chip chip, Pn532 reader, long terminalNanos) {
        Breakdown sum = activation(chip, reader).with(Part.TERMINAL, terminalNanos);
        for (Exchange exchange : exchanges) {
            sum = sum.plus(exchange(exchange, chip, reader));
        }
        return sum;
    }
}
