package etal.fleet.world.open;

import etal.fleet.world.place.MarketDirectory;
import etal.fleet.world.place.Progress;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The private directory of one open demo: new at its start, gone at its end. What a killed demo has left is removed at the
 * next start; a living one holds the lock of its directory.
 */
final class DemoDirectory implements Closeable {
    private static final String PREFIX = "demo-";

    private final MarketDirectory market;
    private final FileChannel lock;

    private DemoDirectory(MarketDirectory market, FileChannel lock) {
        this.market = market;
        this.lock = lock;
    }

    /** A new one below {@code base}, where all of them lie; removes those of the dead. */
    static DemoDirectory make(Path base, Progress progress) throws IOException {
        Files.createDirectories(base);
        // One demo at a time looks around here: a directory just made is not yet locked, and not dead either.
        try (FileChannel door =
                        FileChannel.open(base.resolve("door"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var locked = door.lock()) {
            for (Path left : all(base)) {
                removeIfDead(new MarketDirectory(left), progress);
            }
            MarketDirectory market = MarketDirectory.open(Files.createTempDirectory(base, PREFIX));
            return new DemoDirectory(market, market.lock());
        }
    }

    private static List<Path> all(Path base) throws IOException {
        try (Stream<Path> below = Files.list(base)) {
            return below.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .sorted()
                    .toList();
        }
    }

    private static void removeIfDead(MarketDirectory left, Progress progress) {
        try (FileChannel dead = left.lock()) {
            remove(left);
        } catch (MarketDirectory.Busy living) {
            // Another demo is running: what is there is its own.
            return;
        } catch (IOException e) {
            progress.say(left.root() + " is left of an earlier demo and cannot be removed: " + e.getMessage());
        }
    }

    private static void remove(MarketDirectory market) throws IOException {
        market.empty();
        Files.deleteIfExists(market.root().resolve(MarketDirectory.LOCK));
        Files.deleteIfExists(market.root());
    }

    MarketDirectory market() {
        return market;
    }

    /** Removes it with everything in it; nobody may be using it any more. */
    @Override
    public void close() throws IOException {
        try (lock) {
            remove(market);
        }
    }
}
