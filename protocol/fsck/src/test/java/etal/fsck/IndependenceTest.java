package etal.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checker's classes name nothing of the programs it checks, nor the libraries they stand on. */
class IndependenceTest {
    private static final List<String> BARRED = List.of(
            "etal/protocol",
            "etal/port",
            "etal/edge",
            "org/bouncycastle",
            "com/upokecenter",
            "etal.protocol",
            "bouncycastle");

    @Test
    void the_checker_shares_nothing_with_the_writer() throws Exception {
        Path classes = Path.of(
                Fsck.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertFalse(all.isEmpty());
            assertEquals(
                    List.of(),
                    all.stream().filter(IndependenceTest::namesBarred).toList());
        }
    }

    @Test
    void the_same_search_finds_a_class_that_does() throws Exception {
        Path classes = Path.of(TestLedger.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertEquals(true, namesBarred(classes.resolve("etal/fsck/TestLedger.class")));
    }

    /** A class file holds the names of all it uses in its constant pool, as plain text. */
    private static boolean namesBarred(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return BARRED.stream().anyMatch(text::contains);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
