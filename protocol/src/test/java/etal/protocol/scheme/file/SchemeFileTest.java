package etal.protocol.scheme.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Seeds;
import etal.protocol.reading.Fault;
import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Schemes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the file holds, the answer is a scheme or its faults, soon. */
class SchemeFileTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private static Fault onlyFault(String yaml) {
        SchemeReading reading = assertTimeoutPreemptively(SOON, () -> SchemeFile.read(yaml, Schemes.FILE));
        List<Fault> faults =
                assertInstanceOf(SchemeReading.Faulty.class, reading).faults();
        assertEquals(1, faults.size(), faults::toString);
        return faults.getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "# nothing\n",
                "just words",
                "- a\n- list\n",
                "null",
                "a: [",
                "\t",
                "a: b: c",
                "%YAML 9.9\n---\na: b",
                "*unknown",
                "\0",
                "? [a]\n: {b",
                "'",
                "a: &x",
                "--- a\n--- b\n",
                "!!binary x",
                "\uFEFF",
                "@",
                "`",
                "a: !<",
                "\uD800"
            })
    void what_is_no_scheme_at_all_is_a_fault(String yaml) {
        SchemeReading reading = SchemeFile.read(yaml, Schemes.FILE);
        List<Fault> faults =
                assertInstanceOf(SchemeReading.Faulty.class, reading).faults();
        assertFalse(faults.isEmpty());
    }

    @Test
    void broken_yaml_is_named_with_its_line() {
        Fault fault = onlyFault("id: dieulefit\nfund: 1\nname: [never closed\nversion: 1\n");
        assertEquals("yaml", fault.field());
        assertEquals(4, fault.line());
    }

    @Test
    void half_a_character_is_refused_wherever_it_stands() {
        assertEquals(
                "half a character",
                onlyFault("# " + "x".repeat(1_021) + "\uD83E").found());
        assertEquals(2, onlyFault("id: a\nname: \uDE00b\n").line());
    }

    @Test
    void a_file_saved_in_another_encoding_is_refused_at_its_first_foreign_character() {
        byte[] latin = "id: a\nname: Épicerie\n".getBytes(StandardCharsets.ISO_8859_1);
        Fault fault = onlyFault(new String(latin, StandardCharsets.UTF_8));
        assertEquals(2, fault.line());
        assertEquals("a character that is not UTF-8", fault.found());
    }

    @Test
    void an_alias_bomb_is_refused_at_its_first_anchor() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 30; level++) {
            String below = "*a" + (level - 1);
            bomb.append("a" + level + ": &a" + level + " [" + below + ", " + below + ", " + below + "]\n");
        }
        Fault fault = onlyFault(bomb.toString());
        assertEquals(1, fault.line());
        assertEquals("an anchor or alias", fault.found());
    }

    @Test
    void a_tree_that_contains_itself_is_refused() {
        assertEquals("an anchor or alias", onlyFault("a: &a\n  b: *a\n").found());
    }

    @Test
    void depth_size_and_count_are_bounded() {
        assertEquals("more than 10 levels", onlyFault("[".repeat(100_000)).found());
        assertEquals("more than 10 levels", onlyFault("{a: ".repeat(10_000)).found());
        assertEquals("1000000 characters", onlyFault("#".repeat(1_000_000)).found());
        assertEquals(
                "more than 20000 elements", onlyFault("- x\n".repeat(32_000)).found());
    }

    @Test
    void a_second_document_is_refused_because_nobody_would_read_it() {
        Fault fault = onlyFault(SchemeFile.dieulefit() + "---\nfund: 2\n");
        assertEquals("a second document", fault.found());
    }

    @Test
    void found_text_is_shown_on_one_line_and_cut() {
        Fault fault =
                onlyFault(Schemes.changed("id: dieulefit", "id: \"a\\nb\\u2028c\\u202Ed" + "x".repeat(500) + "\""));
        assertTrue(fault.found().startsWith("\"a?b?c?dx"), fault::found);
        assertTrue(fault.found().length() < 70);
        assertEquals(1, fault.toString().lines().count());
    }

    @Test
    void any_damage_to_the_file_gives_a_scheme_or_faults() {
        String sound = SchemeFile.dieulefit();
        Seeds.each(1_500, random -> {
            String damaged = damage(random, sound);
            SchemeReading reading = SchemeFile.read(damaged, Schemes.FILE);
            if (reading instanceof SchemeReading.Faulty faulty) {
                int lines = (int) damaged.lines().count();
                assertFalse(faulty.faults().isEmpty());
                for (Fault fault : faulty.faults()) {
                    assertTrue(fault.line() >= 1 && fault.line() <= lines + 1, fault::toString);
                }
            } else if (reading instanceof SchemeReading.Read read) {
                // What was read can be reckoned with.
                Scheme scheme = read.scheme();
                Household four = new Household(List.of(40, 38, 9, 3), List.of("handicap"));
                assertTrue(scheme.allocation().amountCents(four, YearMonth.of(2025, 4)) >= 0);
                Contribution.Range range = scheme.contribution().range(four, 5_000_000, Integer.MAX_VALUE);
                assertTrue(range.leastCents() >= 0 && range.holds(range.mostCents()));
                assertTrue(scheme.convention().coveragePercent("pain", List.of("bio"), 100, 3) <= 100);
            }
        });
    }

    private static final String INSERTED = ":-[]{}#&*!|>'\"%@`,?\t\n 0a€\u2028\uD83E\0";

    private static String damage(SplittableRandom random, String sound) {
        StringBuilder text = new StringBuilder(sound);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(text.length() - 50);
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, at + random.nextInt(50));
                case 1 -> text.insert(at, INSERTED.charAt(random.nextInt(INSERTED.length())));
                case 2 -> text.setCharAt(at, INSERTED.charAt(random.nextInt(INSERTED.length())));
                default -> text.insert(at, text.substring(at, at + random.nextInt(50)));
            }
        }
        return text.toString();
    }
}
