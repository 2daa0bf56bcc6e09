package etal.fsck.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What lies under a path: ledger files, databases and receipts, each in the order of its name.
 *
 * @param ledgers {@code *.etal}, or whatever file was named itself
 * @param databases {@code terminal.db} and {@code hub.db}, or whatever {@code .db} was named itself
 * @param receipts {@code .escpos} and {@code .txt} in directories called {@code receipts}, or named themselves
 */
public record Found(List<Path> ledgers, List<Path> databases, List<Path> receipts) {
    private static final String TRUST = "trust.pem";
    private static final int DEPTH_MAX = 32;

    /** Looks under {@code path}; links to directories are not followed. */
    public static Found under(Path path) throws IOException {
        Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (!Files.isDirectory(path)) {
            found.addNamed(path);
            return found;
        }
        try (Stream<Path> files = Files.walk(path, DEPTH_MAX)) {
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing(Path::toString))
                    .forEach(found::addSeen);
        } catch (UncheckedIOException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
        return found;
    }

    /** The trust file beside {@code path} or in a directory above it. */
    public static Optional<Path> trustFor(Path path) {
        Path start = path.toAbsolutePath().normalize();
        @Nullable Path directory = Files.isDirectory(start) ? start : start.getParent();
        for (; directory != null; directory = directory.getParent()) {
            if (Files.isRegularFile(directory.resolve(TRUST))) {
                return Optional.of(directory.resolve(TRUST));
            }
        }
        return Optional.empty();
    }

    private void addNamed(Path file) {
        String name = name(file);
        if (name.endsWith(".db")) {
            databases.add(file);
        } else if (isReceipt(name)) {
            receipts.add(file);
        } else {
            ledgers.add(file);
        }
    }

    private void addSeen(Path file) {
        String name = name(file);
        @Nullable Path directory = file.toAbsolutePath().normalize().getParent();
        if (name.endsWith(".etal")) {
            ledgers.add(file);
        } else if (name.equals("terminal.db") || name.equals("hub.db")) {
            databases.add(file);
        } else if (isReceipt(name) && directory != null && name(directory).equals("receipts")) {
            receipts.add(file);
        }
    }

    private static boolean isReceipt(String name) {
        return name.endsWith(".escpos") || name.endsWith(".txt");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
