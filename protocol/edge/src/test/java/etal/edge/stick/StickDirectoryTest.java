package etal.edge.stick;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import etal.port.stick.Stick.Read;
import etal.port.stick.Stick.Trouble;
import etal.port.stick.Stick.Written;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stick that has been in anybody's hands. */
class StickDirectoryTest {
    private static final String NAME = "etal-1-t3-e1-aller.bundle";
    private static final byte[] SALES = {1, 2, 3};
    private static final int MAX = 1_000;

    @TempDir
    Path media;

    @Test
    void what_was_written_is_read_again_and_only_whole_files_lie_there() throws IOException {
        StickDirectory stick = plugged();

        assertInstanceOf(Written.Done.class, stick.write(NAME, new byte[] {9}));
        assertInstanceOf(Written.Done.class, stick.write(NAME, SALES));

        assertArrayEquals(SALES, content(stick));
        assertEquals(List.of(NAME), names());
    }

    @Test
    void without_a_stick_nothing_is_written_beside_it() {
        StickDirectory none = new StickDirectory(media.resolve("stick"));

        assertEquals(new Written.Failed(Trouble.ABSENT), none.write(NAME, SALES));
        assertEquals(new Read.Failed(Trouble.ABSENT), none.read(NAME, MAX));
        assertFalse(Files.exists(media.resolve("stick")));
    }

    @Test
    void a_stick_without_an_answer_is_no_trouble() throws IOException {
        assertInstanceOf(Read.Nothing.class, plugged().read(NAME, MAX));
    }

    @Test
    void a_link_on_it_is_neither_read_nor_written_through() throws IOException {
        StickDirectory stick = plugged();
        Path secret = Files.write(media.resolve("signing.key"), new byte[] {42});
        Files.createSymbolicLink(on(NAME), secret);
        Files.createSymbolicLink(on("." + NAME + ".part"), secret);

        assertEquals(new Read.Failed(Trouble.UNFIT), stick.read(NAME, MAX));
        assertInstanceOf(Written.Done.class, stick.write(NAME, SALES));

        assertArrayEquals(new byte[] {42}, Files.readAllBytes(secret), "what the link pointed to is as it was");
        assertFalse(Files.isSymbolicLink(on(NAME)), "the link itself is gone");
        assertArrayEquals(SALES, content(stick));
    }

    @Test
    void a_folder_that_is_a_link_is_no_stick() throws IOException {
        Path store = Files.createDirectory(media.resolve("store"));
        Files.createSymbolicLink(media.resolve("stick"), store);
        StickDirectory stick = new StickDirectory(media.resolve("stick"));

        assertEquals(new Written.Failed(Trouble.ABSENT), stick.write(NAME, SALES));
        try (Stream<Path> there = Files.list(store)) {
            assertEquals(0, there.count());
        }
    }

    @Test
    void a_huge_file_is_not_read() throws IOException {
        StickDirectory stick = plugged();
        try (RandomAccessFile huge = new RandomAccessFile(on(NAME).toFile(), "rw")) {
            huge.setLength(1L << 40);
        }

        assertEquals(new Read.Failed(Trouble.UNFIT), stick.read(NAME, MAX));
    }

    @Test
    void a_pipe_or_a_folder_under_that_name_keeps_nobody_waiting() throws Exception {
        StickDirectory stick = plugged();
        Process made = new ProcessBuilder("mkfifo", on(NAME).toString()).start();
        assertTrue(made.waitFor(10, TimeUnit.SECONDS));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertEquals(new Read.Failed(Trouble.UNFIT), stick.read(NAME, MAX)));
        Files.delete(on(NAME));
        Files.createDirectories(on(NAME).resolve("deep"));
        Files.createDirectories(on("." + NAME + ".part").resolve("deep"));

        assertEquals(new Read.Failed(Trouble.UNFIT), stick.read(NAME, MAX));
        assertEquals(new Written.Failed(Trouble.BROKEN), stick.write(NAME, SALES));
    }

    @Test
    void a_full_stick_keeps_what_it_had() throws Exception {
        StickDirectory stick = plugged();
        Path folder = media.resolve("stick");
        boolean mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString())
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
        assumeTrue(mounted, "a small file system can be mounted");
        try {
            assertInstanceOf(Written.Done.class, stick.write(NAME, SALES));
            assertEquals(new Written.Failed(Trouble.FULL), stick.write(NAME, new byte[128 * 1024]));
            assertArrayEquals(SALES, content(stick));
            assertEquals(List.of(NAME), names());
        } finally {
            new ProcessBuilder("umount", folder.toString()).start().waitFor();
        }
    }

    @Test
    void no_name_leads_out_of_the_folder() throws IOException {
        StickDirectory stick = plugged();
        for (String name : List.of("../x", "/etc/passwd", "", ".x", "a/b")) {
            assertThrows(IllegalArgumentException.class, () -> stick.read(name, MAX));
            assertThrows(IllegalArgumentException.class, () -> stick.write(name, SALES));
        }
    }

    private StickDirectory plugged() throws IOException {
        return new StickDirectory(Files.createDirectory(media.resolve("stick")));
    }

    private Path on(String name) {
        return media.resolve("stick").resolve(name);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> there = Files.list(media.resolve("stick"))) {
            return there.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] content(StickDirectory stick) {
        return assertInstanceOf(Read.Content.class, stick.read(NAME, MAX)).bytes();
    }
}
