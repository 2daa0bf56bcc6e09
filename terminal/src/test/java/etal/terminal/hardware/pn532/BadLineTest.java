package etal.terminal.hardware.pn532;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.Field.Sighting;
import etal.virtualcard.pn532.ChipPace;
import etal.virtualcard.pn532.EmulatedChip;
import etal.virtualcard.pn532.EmulatedField;
import etal.virtualcard.pn532.LineFaults;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of exchanges over lines that lose, double, change and delay bytes, in time that jumps: the waits are the real
 * ones.
 *
 * <pre>
 *   loop        driver                    line                chip       card
 *    |-- APDU ---&gt;|-- InDataExchange ------ ? -----------------&gt;|          |
 *    |            |&lt;----------------------- ? ------------- ACK |-- APDU --&gt;|
 *    |            |&lt;----------------------- ? ---------- answer |&lt;- answer -|
 *    |&lt;- the very answer, or CardGone, or ReaderBroken; never another's, never a second execution
 * </pre>
 */
class BadLineTest {
    private static final int EXCHANGES = 2_000;
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private final EmulatedField field = new EmulatedField();
    private final EchoCard card = new EchoCard();
    private int answered;
    private int gone;
    private int broken;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void every_answer_is_the_answer_to_this_very_command_and_no_command_is_executed_twice(long seed) {
        LineFaults faults = new LineFaults(seed, 80);
        EmulatedWire wire = new EmulatedWire(new EmulatedChip(field, ChipPace.instant()), faults);
        field.lay(card);

        exchange(wire, new Random(seed), seed);

        assertTrue(card.executed().values().stream().allMatch(times -> times == 1), "seed " + seed);
        assertTrue(answered > EXCHANGES * 7 / 10, "seed " + seed + ": only " + answered + " answered");
        assertTrue(gone > 0, "seed " + seed + ": nothing was lost on a bad line");
        assertEquals(LineFaults.Fault.values().length, faults.done().size(), "seed " + seed);
        assertTrue(wire.nanos() < HOUR_NANOS, "seed " + seed + ": hung for " + wire.nanos() + " ns");
    }

    @Test
    void on_a_good_line_nothing_is_ever_lost() {
        EmulatedWire wire = new EmulatedWire(new EmulatedChip(field, ChipPace.instant()), LineFaults.none());
        field.lay(card);

        exchange(wire, new Random(0), 0);

        assertEquals(EXCHANGES, answered);
        assertEquals(0, gone + broken);
    }

    private void exchange(EmulatedWire wire, Random random, long seed) {
        Pn532Settings settings = Pn532Settings.standard();
        int number = 0;
        while (number < EXCHANGES) {
            try {
                Field opened = new Field(new UartChip(() -> wire, 921_600, settings).open(), settings);
                while (number < EXCHANGES) {
                    if (opened.look() instanceof Sighting.Card(Target target)) {
                        number = serve(opened, target, number, random, seed);
                    }
                    opened.reset();
                }
            } catch (ReaderBroken chipLost) {
                broken++;
                assertTrue(broken < EXCHANGES, "seed " + seed + ": " + chipLost.getMessage());
            }
        }
    }

    /** Exchanges until the card is gone, or the work done. */
    private int serve(Field opened, Target target, int from, Random random, long seed) throws ReaderBroken {
        int number = from;
        try {
            while (number < EXCHANGES) {
                byte[] apdu = EchoCard.command(++number, random.nextInt(300), random.nextInt(270));
                byte[] answer = opened.exchange(target, apdu);
                assertArrayEquals(EchoCard.firstAnswer(apdu), answer, "seed " + seed + ", command " + number);
                assertEquals(1, card.executed(apdu), "seed " + seed + ", command " + number);
                answered++;
                if (number % 7 == 0 && !opened.stillThere()) {
                    return number;
                }
            }
        } catch (CardGone lost) {
            gone++;
        }
        return number;
    }
}
