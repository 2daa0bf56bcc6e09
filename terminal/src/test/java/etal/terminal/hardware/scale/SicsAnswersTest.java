package etal.terminal.hardware.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a scale's answers mean, by the reference manual of MT-SICS. */
class SicsAnswersTest {
    private static Optional<String> take(SicsAnswers answers, String text) {
        return answers.take(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_weight_at_rest_is_read_in_grams_whatever_the_unit() {
        assertEquals(OptionalLong.of(352), SicsAnswers.gramsAtRest("S S      0.352 kg"));
        assertEquals(OptionalLong.of(1_255), SicsAnswers.gramsAtRest("S S       1255 g"));
        assertEquals(OptionalLong.of(100), SicsAnswers.gramsAtRest("S S     100.50 g"), "half a gram to the even one");
        assertEquals(OptionalLong.of(999_999), SicsAnswers.gramsAtRest("S S    999.999 kg"));
    }

    @Test
    void what_moves_is_overloaded_below_zero_or_in_another_unit_is_no_weight() {
        for (String none : List.of(
                "S D      0.352 kg",
                "S I",
                "S +",
                "S -",
                "ES",
                "S S      0.000 kg",
                "S S     -0.352 kg",
                "S S      0.352 lb",
                "S S   1000.000 kg",
                "S S 99999999999 g",
                "S S 0.352 kg 2.40 EUR",
                "",
                "S S . kg")) {
            assertEquals(OptionalLong.empty(), SicsAnswers.gramsAtRest(none), none);
        }
    }

    @Test
    void lines_come_in_pieces_and_the_last_whole_one_counts() {
        SicsAnswers answers = new SicsAnswers();
        assertEquals(Optional.empty(), take(answers, "S S      0.3"));
        assertEquals(Optional.of("S S      0.352 kg"), take(answers, "52 kg\r\n"));
        assertEquals(Optional.of("S I"), take(answers, "S D      0.352 kg\r\nS I\r\nS S"));
    }

    @Test
    void a_line_without_end_is_bounded_and_passed_over() {
        SicsAnswers answers = new SicsAnswers();
        assertEquals(Optional.empty(), take(answers, "9".repeat(100_000)));
        assertEquals(Optional.empty(), take(answers, "S S      0.352 kg\r\n"), "it is the end of the long one");
        assertEquals(Optional.of("S I"), take(answers, "S I\r\n"));
    }
}
