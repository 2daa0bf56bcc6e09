package etal.fleet.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Both languages say everything. */
class TextsTest {
    private final ResourceBundle french = texts(Locale.FRENCH);
    private final ResourceBundle english = texts(Locale.ENGLISH);

    @Test
    void both_languages_have_the_same_texts() {
        assertEquals(new TreeSet<>(french.keySet()), new TreeSet<>(english.keySet()));
    }

    @Test
    void no_text_is_empty_and_both_take_the_same_arguments() {
        for (String key : new TreeSet<>(french.keySet())) {
            assertFalse(french.getString(key).isBlank(), key);
            assertEquals(
                    french.getString(key).contains("{0}"),
                    english.getString(key).contains("{0}"),
                    key);
        }
    }

    private static ResourceBundle texts(Locale locale) {
        return ResourceBundle.getBundle(
                "etal.fleet.table.messages",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
