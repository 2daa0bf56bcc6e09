package etal.terminal.hardware;

import java.util.Map;
import java.util.Optional;

/** A pin of the 40-pin header that Raspberry Pi boards share: what stands behind each physical number. */
sealed interface HeaderPin {
    /** How many pins the header has. */
    int PINS = 40;

    /** A supply. */
    record Power(int millivolts) implements HeaderPin {}

    /** Ground. */
    record Ground() implements HeaderPin {}

    /** A general input or output at 3.3 V; 5 V on it destroys the board. */
    record Gpio(int bcm) implements HeaderPin {}

    /** Kept for the identification of add-on boards (GPIO 0 and 1). */
    record Reserved() implements HeaderPin {}

    Map<Integer, Integer> GPIO_BY_PHYSICAL = Map.ofEntries(
            Map.entry(3, 2),
            Map.entry(5, 3),
            Map.entry(7, 4),
            Map.entry(8, 14),
            Map.entry(10, 15),
            Map.entry(11, 17),
            Map.entry(12, 18),
            Map.entry(13, 27),
            Map.entry(15, 22),
            Map.entry(16, 23),
            Map.entry(18, 24),
            Map.entry(19, 10),
            Map.entry(21, 9),
            Map.entry(22, 25),
            Map.entry(23, 11),
            Map.entry(24, 8),
            Map.entry(26, 7),
            Map.entry(29, 5),
            Map.entry(31, 6),
            Map.entry(32, 12),
            Map.entry(33, 13),
            Map.entry(35, 19),
            Map.entry(36, 16),
            Map.entry(37, 26),
            Map.entry(38, 20),
            Map.entry(40, 21));

    /** What is behind a physical number from 1 to 40. */
    static HeaderPin at(int physical) {
        return switch (physical) {
            case 1, 17 -> new Power(3300);
            case 2, 4 -> new Power(5000);
            case 6, 9, 14, 20, 25, 30, 34, 39 -> new Ground();
            case 27, 28 -> new Reserved();
            default ->
                new Gpio(Optional.ofNullable(GPIO_BY_PHYSICAL.get(physical))
                        .orElseThrow(() -> new IllegalArgumentException("the header has no pin " + physical)));
        };
    }
}
