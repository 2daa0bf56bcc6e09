package etal.edge.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.ShippedSchemes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules as an assembly reads them. */
class RulesSpokenTest {
    private static List<String> lines(String id, Locale locale) {
        return new RulesSpoken(ShippedSchemes.scheme(id), locale).lines();
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = RulesSpokenTest.class.getResourceAsStream("/rules/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no golden text " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static List<String> ids() {
        return ShippedSchemes.ids();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dieulefit", "vitalim", "ivry"})
    void a_scheme_is_told_word_for_word(String id) throws IOException {
        assertEquals(golden(id + ".txt"), String.join("\n", lines(id, Locale.FRENCH)));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void every_scheme_is_told_in_both_languages_without_a_hole(String id) {
        for (Locale locale : List.of(Locale.FRENCH, Locale.ENGLISH)) {
            for (String line : lines(id, locale)) {
                assertFalse(line.contains("{") || line.contains("null"), line);
                assertTrue(line.isEmpty() || !line.startsWith("- ") || line.matches(".*[.)%0-9a-zé»\"]$"), line);
            }
        }
    }

    @Test
    void both_languages_have_the_same_texts() {
        TreeSet<String> french = new TreeSet<>(bundle(Locale.FRENCH).keySet());
        TreeSet<String> english = new TreeSet<>(bundle(Locale.ENGLISH).keySet());
        assertEquals(french, english);
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                "etal.protocol.explain.messages",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    @Test
    void what_a_file_holds_is_never_taken_for_a_place_in_a_sentence() {
        Scheme scheme = ShippedSchemes.scheme("vitalim");
        Speech speech = new RulesSpoken(scheme, Locale.FRENCH).speech();
        assertTrue(speech.say("explain.funding.allocation", "{1} {2}", 5, "x").contains("« {1} {2} »"));
    }

    @Test
    void days_months_and_lists_are_said_as_people_say_them() {
        List<String> lines = lines("dieulefit", Locale.FRENCH);
        assertTrue(lines.contains("- C'est la version 1 ; elle vaut à partir du 1er mars 2025."), lines::toString);
        assertTrue(String.join("\n", lines("gers", Locale.FRENCH)).contains("juillet 2024 à juin 2025"));
        assertTrue(lines("dieulefit", Locale.ENGLISH).contains("- This is version 1; it holds from 1 March 2025."));
    }
}
