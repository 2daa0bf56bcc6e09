package etal.protocol.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of a draw is what docs/tirage.md tells people to compute. */
class DrawOrderTest {
    private static final String SEED = "7 12 23 31 48";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_shell_commands_of_the_page_give_the_same_order() throws Exception {
        String csv = "household,adults,children,contribution,group\n"
                + IntStream.rangeClosed(1, 30)
                        .mapToObj("F%02d,1,,100,\n"::formatted)
                        .reduce("", String::concat)
                + "Élise & co,2,4 9,110,\nfoyer 7 bis,1,,50,\n";
        Files.writeString(folder.resolve("candidats.csv"), csv);
        List<String> ids = csv.lines().skip(1).map(line -> line.split(",")[0]).toList();

        List<String> byProgram = DrawOrder.of(SEED, ids).stream()
                .map(drawn -> drawn.hash() + "  " + drawn.id())
                .toList();

        assertEquals(byProgram, shell(commandsOfThePage()));
    }

    @Test
    void a_hash_is_the_one_that_sha256sum_prints() {
        // printf 'etal/draw7 12 23 31 48\0F01' | sha256sum
        assertEquals(
                "8ab5946841618a0494374a1b9bd3f5913bbd9736645c2f462c19f8d58c1e497f",
                DrawOrder.of(SEED, List.of("F01")).getFirst().hash());
    }

    @Test
    void the_order_in_the_file_changes_nothing_and_another_seed_everything() {
        List<String> ids = IntStream.range(0, 50).mapToObj(n -> "F" + n).toList();
        assertEquals(DrawOrder.of(SEED, ids), DrawOrder.of(SEED, ids.reversed()));
        assertNotEquals(DrawOrder.of(SEED, ids), DrawOrder.of(SEED + " ", ids));
    }

    @Test
    void over_many_seeds_each_candidate_is_first_about_as_often() {
        List<String> ids = List.of("F1", "F2", "F3", "F4");
        Map<String, Integer> first = new HashMap<>();
        for (int seed = 0; seed < 4_000; seed++) {
            first.merge(DrawOrder.of(Integer.toString(seed), ids).getFirst().id(), 1, Integer::sum);
        }
        // 1,000 expected; the standard deviation is 27.
        ids.forEach(id -> assertTrue(Math.abs(first.getOrDefault(id, 0) - 1_000) < 150, first.toString()));
    }

    @Test
    void a_zero_byte_cannot_move_the_border_between_seed_and_id() {
        assertThrows(IllegalArgumentException.class, () -> DrawOrder.of("a\0b", List.of("c")));
        assertThrows(IllegalArgumentException.class, () -> DrawOrder.of("a", List.of("b\0c")));
    }

    private static String commandsOfThePage() throws Exception {
        String page = Files.readString(Path.of("docs/tirage.md"));
        int begin = page.indexOf("```sh\n") + "```sh\n".length();
        String commands = page.substring(begin, page.indexOf("```", begin));
        assertTrue(commands.contains("graine='" + SEED + "'"), commands);
        return commands;
    }

    private List<String> shell(String commands) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new ArrayList<>();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), String.join("\n", lines));
        return lines;
    }
}
