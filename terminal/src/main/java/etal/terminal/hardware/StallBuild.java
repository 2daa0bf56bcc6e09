package etal.terminal.hardware;

import java.util.List;
import java.util.Optional;

/**
 * One way to build a stall: what to buy and how to wire it, from {@code hardware-docs/stall.yaml}. Immutable.
 *
 * @param revision grows with each change of parts or wires
 * @param currency ISO 4217
 */
public record StallBuild(
        String name, long revision, String currency, List<Part> parts, List<Wire> wires, List<Cable> cables) {
    /** The wires that the terminal itself drives: every build has them. */
    public static final List<String> DRIVEN = List.of("light-red", "light-green", "light-blue", "buzzer");

    public StallBuild {
        parts = List.copyOf(parts);
        wires = List.copyOf(wires);
        cables = List.copyOf(cables);
    }

    /**
     * Something to buy.
     *
     * @param id its name in wires and cables
     * @param priceCents indicative price of one
     */
    public record Part(String id, String name, long quantity, long priceCents, String note) {}

    /** Which way a signal goes, seen from the board. */
    public enum Direction {
        IN,
        OUT,
        BOTH,
        POWER,
        GROUND
    }

    /**
     * A wire from the board's header to a part.
     *
     * @param use what it is for, unique
     * @param physical the header's pin, 1 to 40
     * @param bcm the GPIO behind it; empty for power and ground
     * @param millivolts the level on it
     * @param through a part in series, if any
     */
    public record Wire(
            String use,
            int physical,
            Optional<Integer> bcm,
            Direction direction,
            int millivolts,
            String to,
            String pin,
            Optional<String> through) {}

    /** A cable between two sockets. */
    public record Cable(String from, String socket, String to, String plug, int millivolts) {}

    /** What all parts cost together. */
    public long totalCents() {
        long total = 0;
        for (Part part : parts) {
            total = Math.addExact(total, Math.multiplyExact(part.quantity(), part.priceCents()));
        }
        return total;
    }

    /** The GPIO of a wire of {@link #DRIVEN}. */
    public int gpio(String use) {
        return wires.stream()
                .filter(wire -> wire.use().equals(use))
                .findFirst()
                .flatMap(Wire::bcm)
                .orElseThrow(() -> new IllegalArgumentException("no build has a GPIO for " + use));
    }
}
