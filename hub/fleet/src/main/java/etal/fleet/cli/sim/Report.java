package etal.fleet.cli.sim;

import etal.fleet.world.cards.fault.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code RELIABILITY.md}: what recorded runs came to, and nothing that no run came to. The same records give the same file. */
final class Report {
    private static final long SECONDS_A_YEAR = 365L * 24 * 3_600;
    private static final List<String> WITH_SEEDS = List.of("seeds", "nightly", "season");

    private final Records records;
    private final List<String> lines = new ArrayList<>();

    private Report(Records records) {
        this.records = records;
    }

    /** Writes it. */
    static Path write(Path top) throws IOException {
        List<String> lines = new Report(Records.of(top)).told();
        return Files.write(top.resolve("RELIABILITY.md"), lines, StandardCharsets.UTF_8);
    }

    private List<String> told() throws IOException {
        lines.add("# What the simulation has played");
        lines.add("");
        lines.add(
                "Written by `./etal sim --report` from the newest recorded run of each kind. How the simulation works, what it");
        lines.add("holds together and what is not in it: hub/fleet/docs/sim.md.");
        for (String kind : WITH_SEEDS) {
            seeds(kind);
        }
        for (String kind : List.of("enumerate", "mutants")) {
            plain(kind);
        }
        versions();
        return lines;
    }

    private void versions() {
        lines.add("");
        lines.add("## Played with");
        lines.add("");
        lines.add("Java " + Runtime.version().feature() + " (" + System.getProperty("java.vm.name") + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                + "; libraries as pinned in pom.xml.");
    }

    private static Map<String, String> byName(List<String> figures) {
        var byName = new LinkedHashMap<String, String>();
        for (String figure : figures) {
            int colon = figure.lastIndexOf(": ");
            if (colon > 0) {
                byName.put(figure.substring(0, colon), figure.substring(colon + 2));
            }
        }
        return byName;
    }

    private boolean begun(String kind, List<String> figures) {
        if (figures.isEmpty()) {
            return false;
        }
        lines.add("");
        lines.add("## " + kind.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + kind.substring(1));
        lines.add("");
        lines.add("`" + figures.getFirst().substring("command: ".length()) + "`");
        lines.add("");
        return true;
    }

    private void plain(String kind) throws IOException {
        List<String> figures = records.figures(kind);
        if (begun(kind, figures)) {
            figures.stream().skip(1).forEach(figure -> lines.add("- " + figure));
        }
    }

    private void seeds(String kind) throws IOException {
        List<String> figures = records.figures(kind);
        if (!begun(kind, figures)) {
            return;
        }
        Map<String, String> byName = byName(figures.subList(1, figures.size()));
        long seconds = Long.parseLong(byName.getOrDefault("simulated seconds", "0"));
        lines.add(byName.get("seeds") + " seeds, " + byName.get("violations") + " violations, " + years(seconds)
                + " simulated years (the calendar's leaps left out), " + byName.get("faults") + " faults, trace `"
                + byName.get("trace") + "`.");
        lines.add("");
        lines.add("| fault | times |");
        lines.add("|---|---:|");
        for (Fault fault : Fault.values()) {
            lines.add("| " + fault.words() + " | " + sum(byName, "fault " + fault.words()) + " |");
        }
        table(byName, "card says ", "word of a card");
        table(byName, "till says ", "the till said");
        table(byName, "quarantine ", "laid aside by the hub");
        table(byName, "errand ", "errand");
        table(byName, "not met ", "not met, left to a test", "test");
    }

    private static BigDecimal years(long seconds) {
        return BigDecimal.valueOf(seconds).divide(BigDecimal.valueOf(SECONDS_A_YEAR), 2, RoundingMode.HALF_EVEN);
    }

    private static long sum(Map<String, String> byName, String begin) {
        return byName.entrySet().stream()
                .filter(each -> each.getKey().equals(begin) || each.getKey().startsWith(begin + " "))
                .mapToLong(each -> Long.parseLong(each.getValue()))
                .sum();
    }

    private void table(Map<String, String> byName, String begin, String title) {
        table(byName, begin, title, "times");
    }

    private void table(Map<String, String> byName, String begin, String title, String other) {
        if (byName.keySet().stream().noneMatch(name -> name.startsWith(begin))) {
            return;
        }
        lines.add("");
        lines.add("| " + title + " | " + other + " |");
        lines.add("|---|---:|");
        byName.forEach((name, count) -> {
            if (name.startsWith(begin)) {
                lines.add("| " + name.substring(begin.length()) + " | " + count + " |");
            }
        });
    }
}
