package etal.fleet.timing;

import etal.virtualcard.loader.Tally;
import etal.virtualcard.loader.Tally.Call;
import etal.virtualcard.loader.Tally.Work;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long a kind of card takes for each kind of work. Immutable.
 *
 * @param name as figures are named by it
 * @param prices of each kind of work; what is missing costs nothing of its own
 * @param instructionNanos one instruction of the applet's class files
 * @param commandNanos the operating system around one command
 * @param selectNanos what selecting an applet takes on top
 * @param waitingNanos the card asks for more time whenever it has computed so long
 * @param historicalBytes in its ATS
 */
public record Chip(
        String name,
        Map<Work, Price> prices,
        long instructionNanos,
        long commandNanos,
        long selectNanos,
        long waitingNanos,
        int historicalBytes) {
    /** Copies the prices. */
    public Chip {
        EnumMap<Work, Price> copy = new EnumMap<>(Work.class);
        copy.putAll(prices);
        prices = java.util.Collections.unmodifiableMap(copy);
    }

    /**
     * What one call costs.
     *
     * @param callNanos whatever its length
     * @param byteNanos for each byte on top
     */
    public record Price(long callNanos, long byteNanos) {
        long of(Call call) {
            return callNanos * call.times() + byteNanos * call.bytes();
        }
    }

    /** The card's computing for a command of that tally. */
    public Breakdown time(Tally tally, boolean select) {
        Breakdown time = Breakdown.of(Part.CARD_SYSTEM, commandNanos + (select ? selectNanos : 0))
                .with(Part.INSTRUCTIONS, tally.instructions() * instructionNanos);
        for (Call call : tally.calls()) {
            Price price = prices.get(call.work());
            if (price != null) {
                time = time.with(part(call.work()), price.of(call));
            }
        }
        return time;
    }

    private static Part part(Work work) {
        return switch (work) {
            case SIGNATURE_INIT, SIGN, VERIFY -> Part.SIGNATURES;
            case AGREEMENT_INIT, AGREE -> Part.AGREEMENT;
            case AES_KEY, AES_INIT, AES, MAC_INIT, MAC -> Part.AES;
            case DIGEST, RANDOM -> Part.HASH_AND_RANDOM;
            case UTIL -> Part.INSTRUCTIONS;
            case WRITE, TRANSACTION_WRITE, COMMIT, KEY_WRITE -> Part.MEMORY;
        };
    }
}
