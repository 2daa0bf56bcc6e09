package etal.edge.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual's examples: the good ones are read, the bad ones are refused in the words the manual shows. */
class ManualTest {
    private static final Path MANUAL = Path.of("..", "docs", "schemes.md");
    private static final Pattern BLOCK = Pattern.compile("```(yaml|yaml-faux|text)\n(.*?)```", Pattern.DOTALL);
    private static final String BASE = """
            id: essai
            fund: 1
            name: Essai
            version: 1
            holdsFrom: 2025-03-01
            zone: Europe/Paris
            unit: { code: EUR, symbol: €, decimals: 2 }
            allocation: { kind: fixed, amount: 100 }
            convention: { pointsOfSale: enrolled }
            card: { loadCap: 1000 }
            """;

    private record Block(String kind, String text) {}

    private static List<Block> blocks() throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(MANUAL));
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    /** A whole file: the example's parts take the place of the base's. */
    private static String whole(String example) {
        Map<String, String> parts = parts(BASE);
        parts.putAll(parts(example));
        return String.join("", parts.values());
    }

    private static Map<String, String> parts(String yaml) {
        Map<String, String> parts = new LinkedHashMap<>();
        String name = "";
        for (String line : yaml.lines().toList()) {
            name = line.matches("[a-zA-Z]+:.*") ? line.substring(0, line.indexOf(':')) : name;
            parts.merge(name, line + "\n", String::concat);
        }
        return parts;
    }

    @Test
    void every_example_is_read() throws IOException {
        List<Block> good =
                blocks().stream().filter(block -> block.kind().equals("yaml")).toList();
        assertTrue(good.size() > 25, () -> good.size() + " examples");
        for (Block block : good) {
            SchemeReading reading = SchemeFile.read(whole(block.text()), "manuel");
            assertInstanceOf(SchemeReading.Read.class, reading, () -> block.text() + reading);
        }
    }

    @Test
    void every_wrong_example_is_refused_in_the_words_of_the_manual() throws IOException {
        FaultLines lines = new FaultLines(Locale.FRENCH);
        List<Block> blocks = blocks();
        int wrong = 0;
        for (int at = 0; at + 1 < blocks.size(); at++) {
            if (blocks.get(at).kind().equals("yaml-faux")) {
                wrong++;
                SchemeReading reading = SchemeFile.read(whole(blocks.get(at).text()), "manuel");
                String said = lines.line(assertInstanceOf(SchemeReading.Faulty.class, reading)
                        .faults()
                        .getFirst());
                assertEquals(blocks.get(at + 1).text().strip(), said.replaceFirst("^manuel:[0-9]+: ", ""));
            }
        }
        assertTrue(wrong > 3);
    }
}
