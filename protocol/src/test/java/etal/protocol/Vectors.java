package etal.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import etal.protocol.cose.Hash;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Public test vectors that lie beside the project: {@code ETAL_DATA}, or {@code ../shared/data} from its root. Each file
 * must be, to the byte, the one that {@code outside-vectors.sha256} names: other vectors are other claims.
 */
public final class Vectors {
    private Vectors() {}

    /** The file of that path within the data; the test is named as not run if the data are not there. */
    public static JsonNode json(String path) throws IOException {
        return parse(data().resolve(path));
    }

    /** The JSON files of a directory, by name. */
    public static List<Path> files(String directory) throws IOException {
        try (Stream<Path> files = Files.list(data().resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** One file, whose bytes must be those pinned. */
    public static JsonNode parse(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String name = data().resolve("vectors").relativize(file).toString().replace(File.separatorChar, '/');
        assertEquals(pins().get(name), Hash.hex(Hash.sha256(bytes)), "other vectors than those pinned: " + name);
        return new ObjectMapper().readTree(bytes);
    }

    /** The SHA-256 of each file, in hex, by its path below {@code vectors}. */
    public static SortedMap<String, String> pins() throws IOException {
        SortedMap<String, String> pins = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream("outside-vectors.sha256"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] parts = line.split("  ", 2);
                pins.put(parts[1], parts[0]);
            }
        }
        return pins;
    }

    private static Path data() {
        String said = System.getenv("ETAL_DATA");
        // Tests run in protocol/, one below the root.
        Path data = said != null ? Path.of(said) : Path.of("..", "..", "shared", "data");
        assumeTrue(Files.isDirectory(data.resolve("vectors")), "the public vectors are not at " + data);
        return data;
    }
}
