package etal.fleet.world.live;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where everything of one day lies. */
public record DayDirectory(Path root) {
    /** The directory's lock is held by another run. */
    public static final class Busy extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        Busy(Path root) {
            super("another run is using " + root);
        }
    }

    private static final String LOCK = "lock";
    /** All that a day broken off at its very beginning leaves. */
    private static final List<String> BEFORE_THE_PLAN = List.of(LOCK, "plan.json.next");

    /** Why no day may be laid into {@code root}: somebody's other files are there. Changes nothing. */
    public static Optional<String> objection(Path root) throws IOException {
        if (root.toString().isEmpty()) {
            return Optional.of("--out: an empty name, the folder of a day");
        }
        var directory = new DayDirectory(root.toAbsolutePath().normalize());
        if (Files.isRegularFile(root)) {
            return Optional.of(root + " is a file; --out names a folder");
        }
        if (!Files.isDirectory(root) || Files.exists(directory.plan())) {
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

    /** Creates what is missing; keys of a day lie below, so that only its owner may look inside. */
    public static DayDirectory open(Path root) throws IOException {
        var directory = new DayDirectory(root.toAbsolutePath().normalize());
        Files.createDirectories(directory.root);
        Files.setPosixFilePermissions(directory.root, PosixFilePermissions.fromString("rwx------"));
        return directory;
    }

    /** Makes the folders of the day. */
    void layOut(Iterable<Integer> stalls) throws IOException {
        for (Path below : List.of(hub(), broker(), cards(), receipts(), ledgers(), logs(), registrar())) {
            Files.createDirectories(below);
        }
        for (int stall : stalls) {
            Files.createDirectories(terminal(stall));
        }
    }

    /** Removes everything but the lock, which the caller holds. */
    public void empty() throws IOException {
        try (Stream<Path> below = Files.walk(root)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(root) && !path.equals(root.resolve(LOCK))) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Holds the directory for this run alone, until the channel is closed or the process ends in any way. */
    public FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new Busy(root);
        }
        channel.close();
        throw new Busy(root);
    }

    /** The root certificate and the fund's other public keys. */
    public Path trust() {
        return root.resolve("trust.pem");
    }

    /** What this day sells and from which seed, so that a later run on the same directory goes on with the same. */
    public Path plan() {
        return root.resolve("plan.json");
    }

    /** The certificate authority; its root key is used only while the day is set up. */
    public Path ca() {
        return root.resolve("ca");
    }

    /** The hub's folder. */
    public Path hub() {
        return root.resolve("hub");
    }

    /** The broker's folder. */
    public Path broker() {
        return root.resolve("broker");
    }

    /** The registrar's folder. */
    public Path registrar() {
        return root.resolve("registrar");
    }

    /** One terminal's folder. */
    public Path terminal(int number) {
        return root.resolve("terminals").resolve("t" + number);
    }

    /** The cards' memory. */
    public Path cards() {
        return root.resolve("cards");
    }

    /** What the printers printed. */
    public Path receipts() {
        return root.resolve("receipts");
    }

    /** The ledgers in their open form. */
    public Path ledgers() {
        return root.resolve("ledgers");
    }

    /** What the processes said on standard error. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The payment file. */
    public Path payouts() {
        return root.resolve("payouts.xml");
    }

    /** The hub's reconciliation. */
    public Path reconciliation() {
        return root.resolve("reconciliation.json");
    }
}
