package etal.edge.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Any configuration file: read, or one line that names file, line and field. */
final class ConfigFuzzTest {
    private interface Field {
        void read(YamlConfig config) throws ConfigFault;
    }

    @FuzzTest(maxDuration = "5m")
    void any_file_and_any_field(byte[] in) {
        YamlConfig config;
        try {
            config = YamlConfig.of(new String(in, StandardCharsets.UTF_8), "F", Path.of("/somewhere"));
        } catch (ConfigFault fault) {
            named(fault);
            return;
        }
        orNamed(config, yaml -> yaml.onlyFields("a", "section"));
        orNamed(config, yaml -> yaml.text("a"));
        orNamed(config, yaml -> yaml.texts("a"));
        orNamed(config, yaml -> yaml.number("a", -5, 5_000_000_000L, 0));
        orNamed(config, yaml -> yaml.flag("a", true));
        orNamed(config, yaml -> yaml.path("a"));
        orNamed(config, yaml -> yaml.uri("a", "ssl"));
        orNamed(config, yaml -> yaml.loopback("a"));
        orNamed(config, yaml -> yaml.sections("a").forEach(section -> section.has("b")));
        orNamed(config, yaml -> yaml.section("section").text("b"));
    }

    private static void orNamed(YamlConfig config, Field field) {
        try {
            field.read(config);
        } catch (ConfigFault fault) {
            named(fault);
        }
    }

    private static void named(ConfigFault fault) {
        assertTrue(String.valueOf(fault.getMessage()).startsWith("F:"), fault.getMessage());
        assertTrue(String.valueOf(fault.getMessage()).indexOf('\n') < 0, "one line");
    }
}
