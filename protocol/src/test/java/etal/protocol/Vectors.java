package etal.protocol;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Public test vectors that lie beside the project: {@code ETAL_DATA}, or {@code ../shared/data} from its root. */
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

    /** One file. */
    public static JsonNode parse(Path file) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(file));
    }

    private static Path data() {
        String said = System.getenv("ETAL_DATA");
        // Tests run in protocol/, one below the root.
        Path data = said != null ? Path.of(said) : Path.of("..", "..", "shared", "data");
        assumeTrue(Files.isDirectory(data.resolve("vectors")), "the public vectors are not at " + data);
        return data;
    }
}
