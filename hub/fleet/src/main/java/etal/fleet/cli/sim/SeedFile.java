package etal.fleet.cli.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A seed that failed once, kept so that it is played for ever: one file of three kinds of lines, {@code seed: N},
 * {@code options: ...} and {@code failed: ...}, which says what was wrong. Immutable.
 *
 * @param options of {@code ./etal sim}, the seed left out
 */
record SeedFile(long seed, String options, List<String> failed) {
    private static final String SEED = "seed: ";
    private static final String OPTIONS = "options: ";
    private static final String FAILED = "failed: ";

    /** Where they are kept, below the project's top. */
    static Path directory(Path top) {
        return top.resolve("hub/fleet/src/test/resources/etal/fleet/seeds");
    }

    /** Reads one. @throws IOException when it is none */
    static SeedFile read(Path file) throws IOException {
        long seed = -1;
        String options = "";
        var failed = new ArrayList<String>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (line.startsWith(SEED)) {
                seed = Long.parseLong(line.substring(SEED.length()));
            } else if (line.startsWith(OPTIONS)) {
                options = line.substring(OPTIONS.length());
            } else if (line.startsWith(FAILED)) {
                failed.add(line.substring(FAILED.length()));
            } else {
                throw new IOException(file + ": " + line);
            }
        }
        if (seed < 0) {
            throw new IOException(file + ": no seed");
        }
        return new SeedFile(seed, options, List.copyOf(failed));
    }

    /** Keeps it, under a name that follows from what it says. */
    Path keep(Path directory) throws IOException {
        var lines = new ArrayList<String>();
        lines.add(SEED + seed);
        lines.add(OPTIONS + options);
        failed.forEach(each -> lines.add(FAILED + each));
        Files.createDirectories(directory);
        String which = options.replaceAll("[^a-z0-9]+", "-").replaceAll("^-only-|-(without|until)-.*|-$", "");
        Path file = directory.resolve(which.toLowerCase(Locale.ROOT) + "-" + seed + ".txt");
        Files.write(file, lines, StandardCharsets.UTF_8);
        return file;
    }

    /** The command's arguments that play it. */
    List<String> arguments() {
        var arguments = new ArrayList<>(List.of(options.strip().split(" +")));
        arguments.addAll(List.of("--seed", Long.toString(seed)));
        return arguments;
    }
}
