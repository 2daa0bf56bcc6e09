package etal.fleet.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own sources. */
final class Sources {
    private Sources() {}

    /** A source file: its place below the project and its lines. */
    record Source(Path path, List<String> lines) {
        String name() {
            return Sources.top().relativize(path).toString();
        }
    }

    static Path top() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isRegularFile(at.resolve("etal"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException("the tests run outside the project");
        }
        return at;
    }

    static List<Path> modules() {
        try (Stream<Path> poms = Files.find(top(), 3, (path, attributes) -> path.endsWith("pom.xml"))) {
            return poms.map(pom -> java.util.Objects.requireNonNull(pom.getParent()))
                    .filter(module -> !module.equals(top()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The Java files below {@code part} of each module, such as {@code src/main/java}. */
    static List<Source> java(String part) {
        return modules().stream()
                .map(module -> module.resolve(part))
                .filter(Files::isDirectory)
                .flatMap(Sources::javaBelow)
                .toList();
    }

    private static Stream<Source> javaBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(Sources::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Source read(Path file) {
        try {
            return new Source(file, Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
