package etal.fleet.world.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.world.place.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDirectoryTest {
    private final Progress silent =
            new Progress(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));

    @TempDir
    Path base = Path.of("");

    @Test
    void it_is_its_owners_alone_and_gone_at_the_end() throws Exception {
        Path root;
        try (DemoDirectory demo = DemoDirectory.make(base, silent)) {
            root = demo.market().root();
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root)));
            Files.createDirectories(demo.market().receipts());
            Files.writeString(demo.market().receipts().resolve("t1-e1-000001.escpos"), "paper");
        }
        assertFalse(Files.exists(root));
    }

    @Test
    void what_a_killed_demo_left_goes_and_what_a_living_one_has_stays() throws Exception {
        Path killed = Files.createDirectories(base.resolve("demo-1234").resolve("hub"));
        Path somebodys = Files.createDirectories(base.resolve("notes"));
        try (DemoDirectory living = DemoDirectory.make(base, silent);
                DemoDirectory next = DemoDirectory.make(base, silent)) {
            assertFalse(Files.exists(killed));
            assertTrue(Files.exists(living.market().root()));
            assertTrue(Files.exists(next.market().root()));
            assertTrue(Files.exists(somebodys));
        }
    }
}
