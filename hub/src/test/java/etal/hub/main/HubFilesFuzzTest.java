package etal.hub.main;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.edge.config.ConfigFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** hub.yaml and members.json: read, or one line that names file, line and field. */
final class HubFilesFuzzTest {
    @TempDir
    private Path directory = Path.of("");

    private interface Reading {
        void read(Path file) throws ConfigFault;
    }

    @FuzzTest(maxDuration = "5m")
    void members(byte[] in) throws IOException {
        orNamed(in, file -> assertFalse(MembersFile.read(file).isEmpty()));
    }

    @FuzzTest(maxDuration = "5m")
    void a_hubs_configuration(byte[] in) throws IOException {
        orNamed(in, HubFile::read);
    }

    private void orNamed(byte[] in, Reading reading) throws IOException {
        Path file = directory.resolve("input");
        Files.write(file, in);
        try {
            reading.read(file);
        } catch (ConfigFault fault) {
            assertTrue(String.valueOf(fault.getMessage()).startsWith(directory.toString()), fault.getMessage());
        }
    }
}
