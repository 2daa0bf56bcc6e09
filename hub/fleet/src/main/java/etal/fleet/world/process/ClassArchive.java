package etal.fleet.world.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the virtual machine keeps the classes of one role as it laid them out in memory, so that the next start need not
 * read, check and link them again (JEP 350: dynamic class data sharing archives). It belongs to one finished build.
 *
 * <p>The first process of a role writes the archive when it ends in order; whatever is missing, broken off or made by another
 * JDK is passed over by the machine without a word and written anew. Stateless.
 */
final class ClassArchive {
    private ClassArchive() {}

    /** The options for the next process of {@code role}; none where the build's folder cannot be written. */
    static List<String> options(Path house, String role) {
        Path archives = house.resolve("archives");
        try {
            Files.createDirectories(archives);
            String share = "-XX:SharedArchiveFile=" + archives.resolve(role + "-" + Runtime.version() + ".jsa");
            // Else the machine would say on standard output why it passes an archive over.
            return writes(archives.resolve(role + ".writer"))
                    ? List.of("-Xlog:disable", share, "-XX:+AutoCreateSharedArchive")
                    : List.of("-Xlog:disable", share);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether the process that asks for a role is the first that does so, of all that live: only that one may write. */
    private static boolean writes(Path claim) throws IOException {
        if (Files.exists(claim) && lives(Files.readString(claim, StandardCharsets.US_ASCII))) {
            return false;
        }
        Files.writeString(claim, Long.toString(ProcessHandle.current().pid()), StandardCharsets.US_ASCII);
        return true;
    }

    private static boolean lives(String pid) {
        return pid.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(pid))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }
}
