package etal.fleet.world.live;

import etal.fleet.world.place.MarketDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a day lies: its market, and beside it what the day itself began with and ends with. */
public record DayDirectory(MarketDirectory market) {
    /** All that a day broken off at its very beginning leaves. */
    private static final List<String> BEFORE_THE_PLAN = List.of(MarketDirectory.LOCK, "plan.json.next");

    /** Why no day may be laid into {@code root}: somebody's other files are there. Changes nothing. */
    public static Optional<String> objection(Path root) throws IOException {
        if (root.toString().isEmpty()) {
            return Optional.of("--out: an empty name, the folder of a day");
        }
        if (Files.isRegularFile(root)) {
            return Optional.of(root + " is a file; --out names a folder");
        }
        var directory = new MarketDirectory(root.toAbsolutePath().normalize());
        if (!Files.isDirectory(root) || Files.exists(new DayDirectory(directory).plan())) {
            return Optional.empty();
        }
        try (Stream<Path> there = Files.list(root)) {
            return there.filter(
                            path -> !BEFORE_THE_PLAN.contains(path.getFileName().toString()))
                    .sorted()
                    .findFirst()
                    .map(path -> root + " holds no day, but " + path.getFileName() + "; choose another --out");
        }
    }

    /** Creates what is missing. */
    public static DayDirectory open(Path root) throws IOException {
        return new DayDirectory(MarketDirectory.open(root));
    }

    private Path root() {
        return market.root();
    }

    /** What this day sells and from which seed, so that a later run on the same directory goes on with the same. */
    Path plan() {
        return root().resolve("plan.json");
    }

    /** The ledgers in their open form. */
    Path ledgers() {
        return root().resolve("ledgers");
    }

    /** The payment file. */
    Path payouts() {
        return root().resolve("payouts.xml");
    }

    /** The hub's reconciliation. */
    Path reconciliation() {
        return root().resolve("reconciliation.json");
    }
}
