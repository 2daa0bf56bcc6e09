package etal.edge.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.money.Unit;
import etal.protocol.reading.Fault;
import etal.protocol.reading.Phrase;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.scheme.file.ShippedSchemes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Faults are told in the language of who wrote the file. */
class FaultLinesTest {
    private static final String TEXTS = "etal.protocol.reading.messages";
    private static final long SEED = 20250301;
    private static final List<String> WRECKS =
            List.of("x", "-5", "12,50", "[a]", "{ a: 1 }", "[]", "oui", "1e9", "\t", "\"");

    private static List<Fault> faults(String yaml) {
        return SchemeFile.read(yaml, "f.yaml") instanceof SchemeReading.Faulty faulty ? faulty.faults() : List.of();
    }

    @Test
    void a_fault_is_said_in_french_and_in_english() {
        String yaml = SchemeFile.dieulefit().replace("firstPerson: 100", "firstPerson: 12,50");
        Fault fault = faults(yaml).getFirst();
        assertEquals(
                "f.yaml:" + fault.line() + ": allocation.firstPerson: \"12,50\", un montant de 0.00 à 21474836.47; "
                        + "écrivez 12.50, avec un point pour les décimales",
                new FaultLines(Locale.FRENCH).line(fault));
        assertEquals(fault.toString(), new FaultLines(Locale.ENGLISH).line(fault));
    }

    @Test
    void every_phrase_about_a_wrecked_scheme_is_there_in_both_languages() {
        Speech french = Speech.of(TEXTS, Locale.FRENCH, Unit.EURO);
        Speech english = Speech.of(TEXTS, Locale.ENGLISH, Unit.EURO);
        TreeSet<String> keys = new TreeSet<>();
        SplittableRandom random = new SplittableRandom(SEED);
        for (String id : ShippedSchemes.ids()) {
            for (int wreck = 0; wreck < 40; wreck++) {
                faults(wrecked(ShippedSchemes.yaml(id), random)).stream()
                        .flatMap(fault -> Stream.concat(Stream.of(fault.what(), fault.may()), fault.hint().stream()))
                        .map(phrase -> phrase.said().key())
                        .filter(key -> !key.equals(Phrase.quoted("").said().key()))
                        .forEach(keys::add);
            }
        }
        assertTrue(keys.size() > 15, keys::toString);
        keys.forEach(key -> assertTrue(french.knows(key) && english.knows(key), () -> key + ", seed " + SEED));
    }

    @Test
    void the_english_of_the_bundle_is_the_english_of_the_reader() {
        Phrase phrase = Phrase.of("whole number from {0} to {1}", "1", "9");
        assertEquals(
                phrase.english(), Speech.of(TEXTS, Locale.ENGLISH, Unit.EURO).speak(phrase.said()));
    }

    /** One line loses its value, its name or its place. */
    private static String wrecked(String yaml, SplittableRandom random) {
        List<String> lines = new ArrayList<>(yaml.lines().toList());
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        String value = WRECKS.get(random.nextInt(WRECKS.size()));
        int colon = line.indexOf(": ");
        lines.set(
                at,
                switch (random.nextInt(4)) {
                    case 0 -> colon < 0 ? line : line.substring(0, colon + 2) + value;
                    case 1 -> line.replaceFirst("[a-zA-Z]+:", "inconnu:");
                    case 2 -> "";
                    default -> line.replaceFirst(": [^,}]+([,}])", ": " + value.replace("\\", "") + "$1");
                });
        return String.join("\n", lines);
    }
}
