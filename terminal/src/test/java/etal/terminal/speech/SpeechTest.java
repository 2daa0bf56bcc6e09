package etal.terminal.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Said;
import etal.protocol.money.Unit;
import etal.terminal.card.CardRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every sentence exists in French and in English and takes the same arguments. */
class SpeechTest {
    private static final Pattern SAID = Pattern.compile(
            "(?:Said\\.of\\(|Answer\\.refused\\(Answer\\.Kind\\.[A-Z_]+,|refused\\(|say\\(Signal\\.Outcome\\.[A-Z_]+,)"
                    + "\\s*\"([a-z0-9_-]+)\"");
    private static final Pattern SPOKEN = Pattern.compile("speech\\.(?:word|say)\\(\"([a-z0-9_-]+)\"");
    private static final Pattern ARGUMENT = Pattern.compile("\\{[0-9][^}]*}");

    @Test
    void both_languages_say_the_same_things() {
        ResourceBundle french = bundle(Locale.FRENCH);
        ResourceBundle english = bundle(Locale.ENGLISH);

        assertEquals(new TreeSet<>(french.keySet()), new TreeSet<>(english.keySet()));
        for (String key : new TreeSet<>(french.keySet())) {
            assertEquals(arguments(french.getString(key)), arguments(english.getString(key)), key);
        }
    }

    @Test
    void every_sentence_of_the_core_exists() throws IOException {
        ResourceBundle french = bundle(Locale.FRENCH);
        int found = 0;
        for (Path source : sources("src/main/java/etal/terminal")) {
            Matcher said = SAID.matcher(Files.readString(source));
            while (said.find()) {
                found++;
                if (!said.group(1).endsWith("-")) {
                    assertTrue(french.containsKey(said.group(1)), source + " says " + said.group(1));
                }
            }
        }
        assertTrue(found > 30, "only " + found + " sentences found: the pattern looks past them");
        for (CardRefusal refusal : CardRefusal.values()) {
            assertTrue(french.containsKey("card-" + refusal.name().toLowerCase(Locale.ROOT)), refusal.name());
        }
    }

    @Test
    void every_word_of_the_screen_exists() throws IOException {
        ResourceBundle french = bundle(Locale.FRENCH);
        int found = 0;
        for (Path source : sources("src/main/java/etal/terminal/screen", "src/main/jte")) {
            Matcher spoken = SPOKEN.matcher(Files.readString(source));
            while (spoken.find()) {
                found++;
                assertTrue(
                        spoken.group(1).endsWith("-") || french.containsKey(spoken.group(1)),
                        source + " says " + spoken.group(1));
            }
        }
        assertTrue(found > 30, "only " + found + " words found: the pattern looks past them");
    }

    @Test
    void amounts_are_spoken_in_the_readers_way() {
        Said shortfall = Said.of("shortfall", 1250L);

        assertTrue(TillSpeech.in(Locale.FRENCH, Unit.EURO).speak(shortfall).contains("12,50\u00A0€"));
        assertTrue(TillSpeech.in(Locale.ENGLISH, Unit.EURO).speak(shortfall).contains("€12.50"));
        assertFalse(TillSpeech.in(Locale.FRENCH, Unit.EURO).speak(shortfall).contains("{"));
    }

    private static List<Path> sources(String... folders) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(Files::isRegularFile).sorted().forEach(sources::add);
            }
        }
        return sources;
    }

    private static List<String> arguments(String sentence) {
        return ARGUMENT.matcher(sentence)
                .results()
                .map(found -> found.group())
                .sorted()
                .toList();
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle("etal.terminal.speech.messages", locale);
    }
}
