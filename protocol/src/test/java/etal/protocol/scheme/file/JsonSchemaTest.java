package etal.protocol.scheme.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import etal.protocol.reading.Fault;
import etal.protocol.scheme.Schemes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The published JSON Schema and the reader agree, in the judgement of a validator that knows neither of them. */
class JsonSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(ShippedSchemes.jsonSchema());
    private static final List<String> VALUES = List.of(
            "x",
            "-5",
            "12,50",
            "7",
            "0.5",
            "true",
            "[a]",
            "[7]",
            "{ a: 1 }",
            "[]",
            "{}",
            "null",
            "\"7\"",
            "2025-03",
            "9999999999",
            "a b",
            "Été");

    private static Set<ValidationMessage> judged(String yaml) {
        return SCHEMA.validate(json(yaml));
    }

    private static JsonNode json(String yaml) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    static List<String> ids() {
        return ShippedSchemes.ids();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void a_shipped_scheme_is_valid(String id) {
        assertEquals(Set.of(), judged(ShippedSchemes.yaml(id)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fund: 1 | fund: caisse",
                "fund: 1 | fund: 0",
                "id: dieulefit | id: Dieulefit",
                "kind: household | kind: foyer",
                "  furtherPerson: 50 | ''",
                "firstPerson: 100 | amount: 100",
                "firstPerson: 100 | firstPerson: \"100\"",
                "loadCap: 1500 | couleur: bleu",
                "coverage: 0 } | coverage: 101 }",
                "pointsOfSale: enrolled | pointsOfSale: tous",
                "zone: Europe/Paris | ''",
                "  furtherPersonPercent: 50 | ''",
                "incomeFrom: 0, | quotientFrom: 0,",
                "spendingOrder: [allocation, bonus] | spendingOrder: [bonus, bonus]",
                "holdsFrom: 2025-03-01 | holdsFrom: 1er mars 2025",
            })
    void a_wrong_file_is_refused_by_both(String text, String instead) {
        String yaml = Schemes.changed(text, instead);
        assertFalse(judged(yaml).isEmpty(), "by the JSON Schema");
        assertInstanceOf(SchemeReading.Faulty.class, SchemeFile.read(yaml, Schemes.FILE), "by the reader");
    }

    // The parts of an example stand in for those of the shortest scheme there can be.
    @Test
    void every_example_of_the_manual_is_valid() throws Exception {
        String base = """
                {"id":"essai","fund":1,"name":"Essai","version":1,"holdsFrom":"2025-03-01","zone":"Europe/Paris",
                "unit":{"code":"EUR","symbol":"E","decimals":2},"allocation":{"kind":"fixed","amount":100},
                "convention":{"pointsOfSale":"enrolled"},"card":{"loadCap":1000}}""";
        Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "schemes.md")));
        int examples = 0;
        while (example.find()) {
            String part = example.group(1);
            ObjectNode whole = (ObjectNode) JSON.readTree(base);
            whole.setAll((ObjectNode) json(part));
            assertEquals(Set.of(), SCHEMA.validate(whole), part);
            examples++;
        }
        assertTrue(examples > 25);
    }

    // One value or name of a shipped file changes: what the JSON Schema refuses, the reader must refuse too, or
    // people would be told that a file is wrong which works.
    @ParameterizedTest
    @MethodSource("ids")
    void what_the_json_schema_refuses_the_reader_refuses(String id) {
        long seed = id.hashCode();
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int round = 0; round < 80; round++) {
            String yaml = mutated(ShippedSchemes.yaml(id), random);
            try {
                if (!judged(yaml).isEmpty()) {
                    refused++;
                    assertInstanceOf(
                            SchemeReading.Faulty.class,
                            SchemeFile.read(yaml, Schemes.FILE),
                            () -> "seed " + seed + ": " + judged(yaml) + "\n" + yaml);
                }
            } catch (YamlEngineException noYaml) {
                assertInstanceOf(SchemeReading.Faulty.class, SchemeFile.read(yaml, Schemes.FILE), yaml);
            }
        }
        assertTrue(refused > 10, "the mutations must be able to do harm");
    }

    private static String mutated(String yaml, SplittableRandom random) {
        List<String> lines = new ArrayList<>(yaml.lines().toList());
        List<Integer> fields = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).contains(":") && !lines.get(at).strip().startsWith("#")) {
                fields.add(at);
            }
        }
        int at = fields.get(random.nextInt(fields.size()));
        String line = lines.get(at);
        String value = VALUES.get(random.nextInt(VALUES.size()));
        lines.set(
                at,
                switch (random.nextInt(5)) {
                    case 0 -> "";
                    case 1 -> line.replaceFirst("([a-zA-Z]+):", "inconnu:");
                    case 2 -> line.replaceFirst(": [^,{}]+([,}])", ": " + value + "$1");
                    default -> line.replaceFirst(": [^{}]+$", ": " + value);
                });
        return String.join("\n", lines) + "\n";
    }

    // Each mapping of each shipped file is given a field that nobody knows; the reader answers with those it knows.
    @Test
    void every_field_that_the_reader_knows_is_in_the_json_schema() throws Exception {
        Set<String> published = new TreeSet<>();
        fieldsOf(JSON.readTree(ShippedSchemes.jsonSchema()), published);
        Set<String> known = new TreeSet<>();
        for (String id : ShippedSchemes.ids()) {
            List<String> lines = ShippedSchemes.yaml(id).lines().toList();
            for (int at = 0; at < lines.size(); at++) {
                String stranger = lines.get(at).replaceFirst("^( *)(- )?([a-zA-Z]+:)", "$1$2zzz: 1\n$1$3");
                String inline = lines.get(at).replaceFirst("\\{ ", "{ zzz: 1, ");
                String changed = inline.equals(lines.get(at)) ? stranger : inline;
                List<String> all = new ArrayList<>(lines);
                all.set(at, changed.replace("\n" + indent(lines.get(at)), "\n" + after(lines.get(at))));
                known.addAll(knownNames(String.join("\n", all)));
            }
        }
        assertTrue(known.size() > 60, known::toString);
        known.removeAll(scored());
        known.removeAll(published);
        assertEquals(Set.of(), known);
    }

    /** The criteria of a fund's own grid are no words of ours. */
    private static List<String> scored() {
        return List.of(
                "acces", "horaires", "bio", "fraicheur", "prix-juste", "local", "democratie", "conditions-de-travail");
    }

    private static String indent(String line) {
        return line.replaceFirst("[^ ].*", "");
    }

    private static String after(String line) {
        return indent(line) + (line.strip().startsWith("- ") ? "  " : "");
    }

    private static List<String> knownNames(String yaml) {
        List<String> names = new ArrayList<>();
        if (SchemeFile.read(yaml, Schemes.FILE) instanceof SchemeReading.Faulty faulty) {
            for (Fault fault : faulty.faults()) {
                if (fault.field().endsWith("zzz")) {
                    names.addAll(List.of(fault.allowed().replace("one of ", "").split(" ")));
                }
            }
        }
        return names;
    }

    private static void fieldsOf(JsonNode schema, Set<String> names) {
        if (schema.has("properties")) {
            schema.get("properties").fieldNames().forEachRemaining(names::add);
        }
        schema.forEach(child -> fieldsOf(child, names));
    }

    @Test
    void every_field_of_the_json_schema_says_in_french_what_it_is() throws Exception {
        JsonNode properties = JSON.readTree(ShippedSchemes.jsonSchema()).get("properties");
        properties.forEach(field -> assertTrue(field.has("title") && field.has("description"), field::toString));
    }
}
