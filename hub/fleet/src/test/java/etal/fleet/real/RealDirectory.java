package etal.fleet.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A test's own directory below {@code target/}, on a real disk; kept when the test fails, for whoever looks for the reason. */
public final class RealDirectory implements AutoCloseable {
    private final Path path;

    private RealDirectory(Path path) {
        this.path = path;
    }

    /** Makes it, empty. */
    public static RealDirectory make(String name) throws IOException {
        String top = System.getenv("ETAL_REAL");
        Path path = Path.of(top == null ? "target/real" : top).toAbsolutePath().resolve(name);
        delete(path);
        return new RealDirectory(Files.createDirectories(path));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Deletes a directory with what is in it. */
    public static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> below = Files.walk(path)) {
                List<Path> deepestFirst =
                        below.sorted(Comparator.reverseOrder()).toList();
                for (Path one : deepestFirst) {
                    Files.delete(one);
                }
            }
        }
    }

    /** Makes a copy of all files of a directory. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> below = Files.walk(from)) {
            for (Path one : below.sorted().toList()) {
                Files.copy(one, to.resolve(from.relativize(one)));
            }
        }
    }

    @Override
    public void close() {
        // What lies there is small, and the next run of the test empties it.
    }
}
