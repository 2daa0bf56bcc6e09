package etal.terminal.hardware;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.edge.config.ConfigFault;
import java.nio.charset.StandardCharsets;

/** A stall's build file: read, or one line that names file, line and field. */
final class StallBuildFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void a_stalls_build(byte[] in) {
        try {
            StallBuildFile.of(new String(in, StandardCharsets.UTF_8), "F");
        } catch (ConfigFault fault) {
            assertTrue(String.valueOf(fault.getMessage()).startsWith("F:"), fault.getMessage());
        }
    }
}
