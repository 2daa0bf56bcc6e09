package etal.edge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class YamlConfigTest {
    private static final String TERMINAL = """
            terminal: 3
            name: Chèvrerie du Lavoir   # a comment
            seller: { siren: "012345678", vat: franchise }
            trust: ../trust.pem
            broker: ssl://127.0.0.1:8883
            screen: 127.0.0.1:0
            clock: driven
            dry: true
            nothing:
            pointsOfSale:
              - { id: 1, name: Miel }
              - { id: x, name: Pain }
            tags: [a, b]
            """;

    @TempDir
    Path directory;

    @Test
    void fields_are_read_as_what_they_are() throws ConfigFault {
        YamlConfig config = config(TERMINAL);
        assertEquals(3, config.number("terminal", 1, 100));
        assertEquals("Chèvrerie du Lavoir", config.text("name"));
        assertEquals("012345678", config.section("seller").text("siren"));
        assertEquals(Path.of("/day/trust.pem"), config.path("trust"));
        assertEquals(URI.create("ssl://127.0.0.1:8883"), config.uri("broker", "ssl"));
        assertEquals(0, config.loopback("screen").getPort());
        assertEquals("driven", config.oneOf("clock", "driven", "system"));
        assertTrue(config.flag("dry", false));
        assertEquals("b", config.text("nothing", "b"));
        assertEquals(List.of("a", "b"), config.texts("tags"));
        assertEquals(2, config.sections("pointsOfSale").size());
        assertEquals(7, config.number("absent", 0, 9, 7));
    }

    @Test
    void every_complaint_names_file_line_field_found_and_allowed() throws ConfigFault {
        YamlConfig config = config(TERMINAL);
        assertFault("t.yaml:1: terminal: 3, a whole number from 5 to 9", () -> config.number("terminal", 5, 9));
        assertFault(
                "t.yaml:2: name: Chèvrerie du Lavoir, a whole number from 0 to 1", () -> config.number("name", 0, 1));
        assertFault(
                "t.yaml:3: seller.vat: franchise, normal or forfait",
                () -> config.section("seller").oneOf("vat", "normal", "forfait"));
        assertFault("t.yaml:1: epoch: nothing, a text", () -> config.text("epoch"));
        assertFault("t.yaml:9: nothing: nothing, a text", () -> config.text("nothing"));
        assertFault("t.yaml:3: seller: a mapping of 2 fields, a text", () -> config.text("seller"));
        assertFault(
                "t.yaml:12: pointsOfSale[1].id: x, a whole number from 1 to 9",
                () -> config.sections("pointsOfSale").get(1).number("id", 1, 9));
        assertFault("t.yaml:5: broker: ssl://127.0.0.1:8883, tcp://HOST:PORT", () -> config.uri("broker", "tcp"));
    }

    @Test
    void servers_are_not_opened_to_the_world() throws ConfigFault {
        for (String address :
                List.of("0.0.0.0:80", "192.168.1.4:80", "127.0.0.1", "127.0.0.1:70000", "example.org:1")) {
            YamlConfig config = config("screen: " + address);
            assertFault("t.yaml:1: screen: " + address + ", 127.0.0.1:PORT", () -> config.loopback("screen"));
        }
    }

    @Test
    void a_mistyped_field_is_not_passed_over() throws ConfigFault {
        YamlConfig config = config("terminal: 3\nscren: 127.0.0.1:0\n");
        assertFault("t.yaml:2: scren: unknown field, terminal, screen", () -> config.onlyFields("terminal", "screen"));
    }

    @Test
    void what_is_no_yaml_is_named_with_its_line() {
        assertFault("t.yaml:2: a: given twice, each field once", () -> config("a: 1\na: 2\n"));
        assertFault("t.yaml:2: YAML: ", () -> config("a: [1\nb: 2\n"));
        assertFault("t.yaml:1: the file: a list of 1, a mapping of fields", () -> config("- a"));
        assertFault("t.yaml:1: the file: nothing, a mapping of fields", () -> config(""));
    }

    @Test
    void a_file_that_is_not_there_or_not_utf_8_is_named() throws Exception {
        assertFault("none.yaml:1: the file: not there", () -> YamlConfig.read(directory.resolve("none.yaml")));
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        assertFault("latin.yaml:1: the file: not UTF-8", () -> YamlConfig.read(latin));
    }

    private static YamlConfig config(String text) throws ConfigFault {
        return YamlConfig.of(text, "t.yaml", Path.of("/day/terminals"));
    }

    private static void assertFault(String line, Executable reading) {
        String message = String.valueOf(assertThrows(ConfigFault.class, reading).getMessage());
        assertTrue(message.contains(line), message);
    }
}
