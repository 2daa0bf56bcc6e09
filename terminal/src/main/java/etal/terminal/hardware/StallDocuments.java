package etal.terminal.hardware;

import etal.terminal.hardware.StallBuild.Cable;
import etal.terminal.hardware.StallBuild.Direction;
import etal.terminal.hardware.StallBuild.Part;
import etal.terminal.hardware.StallBuild.Wire;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The documents of a build: its bill of materials and its wiring table, in Markdown. Stateless. */
public final class StallDocuments {
    private static final String ORIGIN =
            "\n<!-- Made from stall.yaml. Change that file, then refresh this one. -->\n\n";

    private StallDocuments() {}

    /** The bill of materials, {@code BOM.md}. */
    public static String billOfMaterials(StallBuild build) {
        StringBuilder text =
                new StringBuilder("# What to buy: " + build.name() + ", revision " + build.revision() + "\n");
        text.append(ORIGIN).append("| part | quantity | each | together | note |\n|---|---|---|---|---|\n");
        for (Part part : build.parts()) {
            text.append(row(
                    part.name(),
                    String.valueOf(part.quantity()),
                    price(part.priceCents(), build.currency()),
                    price(part.quantity() * part.priceCents(), build.currency()),
                    part.note()));
        }
        text.append("\nAll together about ").append(price(build.totalCents(), build.currency()));
        return text.append(", indicative, VAT included, without delivery.\n").toString();
    }

    /** The wiring table, {@code WIRING.md}. */
    public static String wiring(StallBuild build) {
        StringBuilder text =
                new StringBuilder("# How to wire it: " + build.name() + ", revision " + build.revision() + "\n");
        text.append(ORIGIN)
                .append("Board off and unplugged while wiring. No GPIO bears more than 3.3 V.\n\n")
                .append(
                        "| pin | GPIO | level | direction | to | its pin | through | use |\n|---|---|---|---|---|---|---|---|\n");
        List<Wire> inOrder = build.wires().stream()
                .sorted(Comparator.comparingInt(Wire::physical))
                .toList();
        for (Wire wire : inOrder) {
            text.append(row(
                    String.valueOf(wire.physical()),
                    wire.bcm().map(String::valueOf).orElse("-"),
                    wire.direction() == Direction.GROUND ? "ground" : volts(wire.millivolts()),
                    wire.direction().name().toLowerCase(Locale.ROOT),
                    wire.to(),
                    wire.pin(),
                    wire.through().orElse("-"),
                    wire.use()));
        }
        text.append("\n## Cables\n\n| from | socket | to | plug | level |\n|---|---|---|---|---|\n");
        for (Cable cable : build.cables()) {
            text.append(row(cable.from(), cable.socket(), cable.to(), cable.plug(), volts(cable.millivolts())));
        }
        return text.toString();
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String price(long cents, String currency) {
        return String.format(Locale.ROOT, "%d.%02d %s", cents / 100, cents % 100, currency);
    }

    private static String volts(int millivolts) {
        return String.format(Locale.ROOT, "%d.%d V", millivolts / 1000, millivolts % 1000 / 100);
    }
}
