package etal.terminal.main;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** terminal.yaml: read, or one line that names file, line and field. */
final class TerminalFilesFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void a_terminals_configuration(byte[] in) {
        try {
            TerminalConfig config = TerminalConfig.of(
                    YamlConfig.of(new String(in, StandardCharsets.UTF_8), "F", Path.of("/somewhere")));
            assertTrue(config.fund() > 0);
        } catch (ConfigFault fault) {
            assertTrue(String.valueOf(fault.getMessage()).startsWith("F:"), fault.getMessage());
        }
    }
}
