package etal.fleet.world.place;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The project in which the tests run, whose programs some of them start. Stateless. */
public final class Project {
    private Project() {}

    /** Its folder, the one with the script. */
    public static Path top() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(at.resolve("etal"))) {
            at = Objects.requireNonNull(at.getParent(), "the tests run outside the project");
        }
        return at;
    }

    /** The programs can be started: their libraries lie beside them. */
    static void assumeLaidOut() {
        for (String module : List.of("terminal", "hub", "provisioning")) {
            assumeTrue(
                    Files.isDirectory(top().resolve(module).resolve("target/lib")),
                    module + " has no libraries beside it: mvn package lays them there");
        }
    }
}
