package etal.fleet.cli.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What runs of the simulation really came to, one small file for each kind of run, the newest of its kind: figures that a
 * report may show. Lines: first the command, then {@code name: figure}.
 */
public final class Records {
    private final Path directory;

    private Records(Path directory) {
        this.directory = directory;
    }

    /** Those of the project at that place. */
    public static Records of(Path top) {
        return new Records(top.resolve("target/sim"));
    }

    /** Those of the project that runs: its script says where it is; without it, of the folder here. */
    public static Records here() {
        return of(top());
    }

    static Path top() {
        return Path.of(Optional.ofNullable(System.getenv("ETAL_TOP")).orElse("."));
    }

    /**
     * Keeps what a run came to, in place of an older one of its kind.
     *
     * @param kind such as {@code seeds} or {@code mutants}: a word of small letters
     * @param command as somebody would type it
     * @param figures {@code name: figure} each
     */
    public void keep(String kind, String command, List<String> figures) throws IOException {
        Files.createDirectories(directory);
        List<String> lines = Stream.concat(Stream.of("command: " + command), figures.stream())
                .toList();
        Files.write(directory.resolve(kind + ".txt"), lines, StandardCharsets.UTF_8);
    }

    /** What the newest run of a kind came to; empty when none was recorded. */
    List<String> figures(String kind) throws IOException {
        Path file = directory.resolve(kind + ".txt");
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    }
}
