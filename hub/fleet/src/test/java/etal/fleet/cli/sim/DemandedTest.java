package etal.fleet.cli.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a run of seeds need not meet is met by a test that is there, and is something that can be met. */
class DemandedTest {
    private static final int DEPTH = 12;

    private static Path top() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(at.resolve("etal"))) {
            at = Objects.requireNonNull(at.getParent(), "the tests run outside the project");
        }
        return at;
    }

    /** The names of all test classes, folders of what was built left out. */
    private static Set<String> tests() throws IOException {
        try (Stream<Path> files =
                Files.find(top(), DEPTH, (path, attributes) -> path.toString().endsWith("Test.java"))) {
            return files.filter(path -> path.toString().contains("/src/test/java/"))
                    .map(path -> String.valueOf(path.getFileName()).replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void every_test_that_stands_in_for_a_seed_is_there() throws IOException {
        Set<String> there = tests();
        List<String> missing =
                Demanded.tests().stream().filter(test -> !there.contains(test)).toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void what_is_excused_could_happen() {
        assertEquals(List.of(), Demanded.unknown());
    }
}
