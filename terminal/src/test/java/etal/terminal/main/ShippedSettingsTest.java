package etal.terminal.main;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The package's {@code /etc/etal/terminal.yaml}: all that can be set stands there, explained, and reads when switched on. */
class ShippedSettingsTest {
    private static final Path SHIPPED = Path.of("src", "main", "debian", "terminal.yaml");
    private static final Path PLACE = Path.of("/etc/etal");
    private static final String OFF = "#= ";

    private final List<String> lines = read();

    @Test
    void it_reads_as_it_is_shipped() throws ConfigFault {
        TerminalConfig config = config(String.join("\n", lines));

        assertEquals(Path.of("/var/lib/etal"), config.directory());
        assertEquals(Path.of("/etc/etal/trust.pem"), config.trust());
        assertFalse(config.drivenClock());
    }

    @Test
    void every_setting_stands_there() {
        for (String field : TerminalConfig.FIELDS) {
            Pattern set = Pattern.compile("(" + OFF + ")?" + field + ": .*");
            assertTrue(lines.stream().anyMatch(line -> set.matcher(line).matches()), field);
        }
    }

    @Test
    void every_setting_that_is_switched_off_reads_when_it_is_switched_on() {
        List<String> off = lines.stream().filter(line -> line.startsWith(OFF)).toList();
        assertFalse(off.isEmpty());
        for (String line : off) {
            String on = line.substring(OFF.length());
            String field = on.substring(0, on.indexOf(':'));
            String text = String.join(
                            "\n",
                            lines.stream()
                                    .filter(other -> !other.startsWith(field + ":"))
                                    // Only a later epoch has one before it.
                                    .map(other ->
                                            field.equals("before") && other.equals("epoch: 1") ? "epoch: 2" : other)
                                    .toList())
                    + "\n" + on + "\n";
            assertDoesNotThrow(() -> config(text), line);
        }
    }

    @Test
    void every_setting_has_its_words_above_it() {
        for (int i = 1; i < lines.size(); i++) {
            boolean setting = !lines.get(i).isBlank() && !lines.get(i).startsWith("# ");
            assertTrue(!setting || lines.get(i - 1).startsWith("#") || explained(i), lines.get(i));
        }
    }

    /** Another way of setting what the line before sets. */
    private boolean explained(int line) {
        String field = lines.get(line).replace(OFF, "");
        return lines.get(line - 1).startsWith(field.substring(0, Math.max(0, field.indexOf(':'))));
    }

    private static TerminalConfig config(String text) throws ConfigFault {
        return TerminalConfig.of(YamlConfig.of(text, "terminal.yaml", PLACE));
    }

    private static List<String> read() {
        try {
            return Files.readAllLines(SHIPPED, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
