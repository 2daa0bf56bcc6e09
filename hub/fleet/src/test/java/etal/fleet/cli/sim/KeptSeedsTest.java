package etal.fleet.cli.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Each seed that ever failed and was kept is played again, as it was kept. */
class KeptSeedsTest {
    private static List<Path> kept() throws IOException {
        Path directory = Path.of("src/test/resources/etal/fleet/seeds");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void what_failed_once_fails_no_more() throws IOException {
        var failing = new ArrayList<String>();
        for (Path file : kept()) {
            SeedFile seed = SeedFile.read(file);
            int code =
                    new CommandLine(new SimCommand()).execute(seed.arguments().toArray(String[]::new));
            if (code != 0) {
                failing.add(file.getFileName() + " (" + String.join("; ", seed.failed()) + ")");
            }
        }
        assertEquals(List.of(), failing);
    }
}
