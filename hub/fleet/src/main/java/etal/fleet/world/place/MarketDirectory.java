package etal.fleet.world.place;

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
import java.util.stream.Stream;

/** Where everything of one market lies. */
public record MarketDirectory(Path root) {
    /** The file whose lock says that somebody is using the directory. */
    public static final String LOCK = "lock";

    /** The directory's lock is held by another run. */
    public static final class Busy extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        Busy(Path root) {
            super("another run is using " + root);
        }
    }

    /** Creates what is missing; keys of a market lie below, so that only its owner may look inside. */
    public static MarketDirectory open(Path root) throws IOException {
        var directory = new MarketDirectory(root.toAbsolutePath().normalize());
        Files.createDirectories(directory.root);
        Files.setPosixFilePermissions(directory.root, PosixFilePermissions.fromString("rwx------"));
        return directory;
    }

    /** Makes the folders of the market. */
    void layOut(Iterable<Integer> stalls) throws IOException {
        for (Path below : List.of(hub(), broker(), cards(), receipts(), logs(), registrar(), temporary())) {
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

    /** The certificate authority; its root key is used only while the market is set up. */
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

    /** The cards' memory, and the list of those that were issued. */
    public Path cards() {
        return root.resolve("cards");
    }

    /** What the printers printed. */
    public Path receipts() {
        return root.resolve("receipts");
    }

    /** What the processes need for a moment; one that is killed leaves it there. */
    Path temporary() {
        return root.resolve("tmp");
    }

    /** What the processes said on standard error. */
    public Path logs() {
        return root.resolve("logs");
    }
}
