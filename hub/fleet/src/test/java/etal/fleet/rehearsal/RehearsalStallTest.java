package etal.fleet.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package is the same bytes each time it is made, so this stall is too. */
class RehearsalStallTest {
    @Test
    void it_is_made_twice_and_the_same(@TempDir Path folder) throws IOException {
        RehearsalStall.make(folder.resolve("first"));
        RehearsalStall.make(folder.resolve("second"));

        Map<String, Integer> first = files(folder.resolve("first"));
        assertEquals(first, files(folder.resolve("second")));
        assertEquals(
                List.of(
                        "keys/agreement.key",
                        "keys/chain.pem",
                        "keys/ledger-begun",
                        "keys/signing.key",
                        "stick/t1-e1.entries",
                        "terminal.db",
                        "terminal.yaml",
                        "trust.pem"),
                List.copyOf(first.keySet()));
    }

    private static Map<String, Integer> files(Path folder) throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path file : below.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
