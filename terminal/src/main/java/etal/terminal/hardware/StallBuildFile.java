package etal.terminal.hardware;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.terminal.hardware.StallBuild.Cable;
import etal.terminal.hardware.StallBuild.Direction;
import etal.terminal.hardware.StallBuild.Part;
import etal.terminal.hardware.StallBuild.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a stall's build and refuses one that would not work or would break the board: pins that do not exist or are used
 * twice, GPIO numbers that are not behind their pins, 5 V on a GPIO. Every complaint names its line.
 */
public final class StallBuildFile {
    private static final int GPIO_MILLIVOLTS_MAX = 3300;
    private static final int SUPPLY_MILLIVOLTS_MAX = 5000;
    private static final String STANDARD = "/stall.yaml";

    private final Set<String> parts = new LinkedHashSet<>();
    private final Set<String> uses = new LinkedHashSet<>();
    private final Set<Integer> pins = new LinkedHashSet<>();

    private StallBuildFile() {}

    /** Reads a build from a file. */
    public static StallBuild read(Path file) throws ConfigFault {
        return new StallBuildFile().build(YamlConfig.read(file));
    }

    /** The build that comes with the terminal, {@code hardware-docs/stall.yaml}. */
    public static StallBuild standard() {
        try (InputStream in = StallBuildFile.class.getResourceAsStream(STANDARD)) {
            if (in == null) {
                throw new IllegalStateException("the terminal comes without its build");
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8), "stall.yaml");
        } catch (IOException failure) {
            throw new UncheckedIOException("the terminal's own build cannot be read", failure);
        } catch (ConfigFault fault) {
            throw new IllegalStateException("the terminal's own build is faulty", fault);
        }
    }

    /** Reads a build from a text, called {@code file} in complaints. */
    static StallBuild of(String text, String file) throws ConfigFault {
        return new StallBuildFile().build(YamlConfig.of(text, file, Path.of(".")));
    }

    private StallBuild build(YamlConfig config) throws ConfigFault {
        config.onlyFields("name", "revision", "currency", "header", "parts", "wires", "cables");
        config.oneOf("header", "raspberry-pi-40");
        List<Part> bought = new ArrayList<>();
        for (YamlConfig each : config.sections("parts")) {
            bought.add(part(each));
        }
        List<Wire> wires = new ArrayList<>();
        for (YamlConfig each : config.sections("wires")) {
            wires.add(wire(each));
        }
        List<Cable> cables = new ArrayList<>();
        for (YamlConfig each : config.sections("cables")) {
            cables.add(cable(each));
        }
        for (String driven : StallBuild.DRIVEN) {
            if (wires.stream().noneMatch(wire -> drives(wire, driven))) {
                throw config.fault("wires", "no wire on a GPIO for " + driven, String.join(", ", StallBuild.DRIVEN));
            }
        }
        return new StallBuild(
                config.text("name"),
                config.number("revision", 1, 9999),
                config.text("currency"),
                bought,
                wires,
                cables);
    }

    private static boolean drives(Wire wire, String driven) {
        return wire.use().equals(driven) && wire.direction() == Direction.OUT;
    }

    private Part part(YamlConfig config) throws ConfigFault {
        config.onlyFields("id", "name", "quantity", "priceCents", "note");
        String id = config.text("id");
        if (!parts.add(id)) {
            throw config.fault("id", id + " a second time", "an id of its own");
        }
        return new Part(
                id,
                config.text("name"),
                config.number("quantity", 1, 1000),
                config.number("priceCents", 0, 10_000_000),
                config.text("note", ""));
    }

    private Wire wire(YamlConfig config) throws ConfigFault {
        config.onlyFields("use", "physical", "bcm", "direction", "millivolts", "to", "pin", "through");
        String use = config.text("use");
        if (!uses.add(use)) {
            throw config.fault("use", use + " a second time", "a use of its own");
        }
        int physical = (int) config.number("physical", 1, HeaderPin.PINS);
        if (!pins.add(physical)) {
            throw config.fault("physical", "pin " + physical + " a second time", "a pin of its own");
        }
        Direction direction = Direction.valueOf(config.oneOf("direction", "in", "out", "both", "power", "ground")
                .toUpperCase(Locale.ROOT));
        Wire wire = new Wire(
                use,
                physical,
                config.has("bcm") ? Optional.of((int) config.number("bcm", 0, 27)) : Optional.empty(),
                direction,
                (int) config.number("millivolts", 0, SUPPLY_MILLIVOLTS_MAX),
                known(config, "to"),
                config.text("pin"),
                config.has("through") ? Optional.of(known(config, "through")) : Optional.empty());
        requireFit(config, wire);
        return wire;
    }

    private static void requireFit(YamlConfig config, Wire wire) throws ConfigFault {
        switch (HeaderPin.at(wire.physical())) {
            case HeaderPin.Power power -> {
                requireBare(config, wire, Direction.POWER);
                requireLevel(config, wire, power.millivolts());
            }
            case HeaderPin.Ground ground -> {
                requireBare(config, wire, Direction.GROUND);
                requireLevel(config, wire, 0);
            }
            case HeaderPin.Reserved reserved ->
                throw config.fault("physical", "pin " + wire.physical(), "a pin that is not kept for add-on boards");
            case HeaderPin.Gpio gpio -> requireGpio(config, wire, gpio.bcm());
        }
    }

    private static void requireGpio(YamlConfig config, Wire wire, int bcm) throws ConfigFault {
        if (wire.direction() == Direction.POWER || wire.direction() == Direction.GROUND) {
            throw config.fault("direction", "supply on pin " + wire.physical(), "in, out or both: it is a GPIO");
        }
        if (wire.bcm().isEmpty() || wire.bcm().get() != bcm) {
            String found = wire.bcm().map(number -> "GPIO " + number).orElse("nothing");
            throw config.fault("bcm", found, bcm + ", which is behind pin " + wire.physical());
        }
        if (wire.millivolts() > GPIO_MILLIVOLTS_MAX) {
            throw config.fault(
                    "millivolts", String.valueOf(wire.millivolts()), "at most 3300 on a GPIO: more breaks the board");
        }
    }

    private static void requireBare(YamlConfig config, Wire wire, Direction direction) throws ConfigFault {
        if (wire.direction() != direction) {
            String only = direction.name().toLowerCase(Locale.ROOT);
            throw config.fault(
                    "direction", wire.direction().name().toLowerCase(Locale.ROOT), only + " on pin " + wire.physical());
        }
        if (wire.bcm().isPresent()) {
            throw config.fault("bcm", "GPIO " + wire.bcm().get(), "none behind pin " + wire.physical());
        }
    }

    private static void requireLevel(YamlConfig config, Wire wire, int millivolts) throws ConfigFault {
        if (wire.millivolts() != millivolts) {
            throw config.fault(
                    "millivolts", String.valueOf(wire.millivolts()), millivolts + " on pin " + wire.physical());
        }
    }

    private Cable cable(YamlConfig config) throws ConfigFault {
        config.onlyFields("from", "socket", "to", "plug", "millivolts");
        return new Cable(known(config, "from"), config.text("socket"), known(config, "to"), config.text("plug"), (int)
                config.number("millivolts", 0, SUPPLY_MILLIVOLTS_MAX));
    }

    private String known(YamlConfig config, String field) throws ConfigFault {
        String id = config.text(field);
        if (!parts.contains(id)) {
            throw config.fault(field, id, "the id of a part");
        }
        return id;
    }
}
