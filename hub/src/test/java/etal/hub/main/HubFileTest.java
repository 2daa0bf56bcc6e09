package etal.hub.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.ConfigFault;
import etal.hub.members.PublishedRules;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.testkit.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fault in a file is one line that names file, line and field, and nothing has changed. */
class HubFileTest {
    private static final String BROKER = "ssl://127.0.0.1:8883";

    private static final String LISTS =
            "[{ file: catalogue.csv, holdsFrom: 2025-03-01 }, { file: may.csv, holdsFrom: 2025-05-01 }]";

    private final Path directory;
    private final HubDirectory files;

    HubFileTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        TestAuthority authority = new TestAuthority(7);
        files = new HubDirectory(directory, authority, HubDirectory.cards(authority));
    }

    @Test
    void the_files_of_a_fund_are_read_whole() throws Exception {
        HubFile file = HubFile.read(files.hubYaml(BROKER, "", ""));
        assertEquals(2, file.fund().pointsOfSale().size());
        assertEquals(63, file.fund().period());
        assertEquals(3, file.members().size());
        assertEquals("h2", file.members().get(1).household());
        assertEquals(0, file.fund().fundersCents());
        assertTrue(file.driven());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "period: 2025-04 => period: April => hub.yaml:14: period: April, a month such as 2025-04",
                "siren: \"900000003\" => siren: \"9\" => hub.yaml:11: pointsOfSale[0].siren: 9, 9 digits",
                "DE89370400440532013000 => DE88370400440532013000 => hub.yaml:12: pointsOfSale[1].iban: DE88370400440532013000, an IBAN",
                "id: 5 => id: 3 => hub.yaml:12: pointsOfSale[1].id: 3, a number that no other",
                "bic: \"PSSTFRPPMON\" => bic: \"X\" => hub.yaml:13: debtor.bic: X, a BIC",
                "fund: 1 => fund: 2 => hub.yaml:7: scheme: the rules of fund 1, those of fund 2",
                "clock: driven => clock: sun => hub.yaml:6: clock: sun, driven or system",
                "screen: 127.0.0.1:0 => screen: 0.0.0.0:80 => hub.yaml:5: screen: 0.0.0.0:80, 127.0.0.1:PORT",
                "period: => perlod: => hub.yaml:14: perlod: unknown field",
                "scheme: scheme.yaml => scheme: none.yaml => hub.yaml:7: scheme:",
                "period: 2025-04 => { => hub.yaml:",
            })
    void a_wrong_field_is_named(String original, String change, String complaint) throws Exception {
        Path file = files.hubYaml(BROKER, original, change);
        ConfigFault fault = assertThrows(ConfigFault.class, () -> HubFile.read(file));
        assertTrue(String.valueOf(fault.getMessage()).contains(complaint), fault::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "ledger: three, fromEntry: 3 => ledger: three, a terminal with its epoch, such as t3-e1",
                "ledger: t3-e1 => from: neither from nor fromEntry, one of them",
                "ledger: t3-e1, from: noon => from: noon, a moment such as 2025-04-02T16:00:00Z",
                "ledger: t3-e1, fromEntry: 3, from: noon => from: from and fromEntry, one of them",
                "ledger: t3-e1, fromEntry: 0 => fromEntry: 0, ",
                "ledger: t3-e1, fromEntry: 3, payable: later => payable: later, ",
            })
    void a_wrong_word_on_a_stolen_terminal_is_named(String stolen, String complaint) throws Exception {
        Path file =
                files.hubYaml(BROKER, "period: 2025-04", "period: 2025-04\nstolenTerminals: [ { " + stolen + " } ]");
        ConfigFault fault = assertThrows(ConfigFault.class, () -> HubFile.read(file));
        assertTrue(String.valueOf(fault.getMessage()).contains(complaint), fault::toString);
    }

    @Test
    void a_stolen_terminal_is_named_by_a_moment_or_an_entry_and_nothing_of_it_is_payable_unless_somebody_says_so()
            throws Exception {
        Path file = files.hubYaml(
                BROKER,
                "period: 2025-04",
                "period: 2025-04\nstolenTerminals: [ { ledger: t3-e1, from: \"2025-04-02T16:00:00Z\" },"
                        + " { ledger: t5-e2, fromEntry: 57, payable: true } ]");
        var stolen = HubFile.read(file).fund().stolen();
        assertEquals(1_743_609_600_000L, stolen.getFirst().fromMillis());
        assertEquals(57, stolen.getLast().fromEntry());
        assertTrue(!stolen.getFirst().payable() && stolen.getLast().payable());
    }

    @Test
    void rules_to_come_are_lists_of_files_with_their_dates() throws Exception {
        second("version: 2", "holdsFrom: 2025-05-01");
        files.write("may.csv", Files.readString(directory.resolve("catalogue.csv")));
        PublishedRules rules =
                HubFile.read(rulesYaml("[scheme.yaml, second.yaml]", LISTS)).rules();
        assertEquals(2, rules.schemes().size());
        assertEquals(
                "2025-05-01", rules.schemes().getLast().scheme().holdsFrom().toString());
        assertEquals("Optional[2025-05-01]", rules.lists().getLast().holdsFrom().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "holdsFrom: 2025-05-01 => version: 1 => second.yaml:N: version: 1, more than the 1 as in ",
                "version: 2 => holdsFrom: 2025-02-28 => second.yaml:N: holdsFrom: 2025-02-28, no day before the 2025-03-01 as in ",
                "version: 2 => id: other => second.yaml:N: id: other, dieulefit as in ",
                "version: 2 => zone: Europe/Lisbon => second.yaml:N: zone: Europe/Lisbon, Europe/Paris as in ",
                "version: 2 => fund: 2 => hub.yaml:7: scheme[1]: the rules of fund 2, those of fund 1",
                "version: 2 => version: two => second.yaml:N: version: ",
            })
    void a_version_that_does_not_follow_is_named(String version, String change, String complaint) throws Exception {
        second(version, change);
        Path file = rulesYaml("[scheme.yaml, second.yaml]", "catalogue.csv");
        ConfigFault fault = assertThrows(ConfigFault.class, () -> HubFile.read(file));
        int line = Files.readAllLines(directory.resolve("second.yaml")).indexOf(change) + 1;
        String expected = complaint.replace(":N:", ":" + line + ":");
        assertTrue(String.valueOf(fault.getMessage()).contains(expected), fault::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "scheme.yaml => [{ file: catalogue.csv, holdsFrom: soon }] => hub.yaml:8: catalogue[0].holdsFrom: soon, a day such as",
                "scheme.yaml => [{ file: catalogue.csv }] => hub.yaml:8: catalogue[0].holdsFrom: nothing, a text",
                "scheme.yaml => [{ file: none.csv, holdsFrom: 2025-03-01 }] => hub.yaml:8: catalogue[0].file:",
                "scheme.yaml => [{ file: catalogue.csv, holdsFrom: 2025-03-01 }, { file: catalogue.csv, holdsFrom: 2025-03-01 }] => hub.yaml:8: catalogue[1].holdsFrom: 2025-03-01, a day after 2025-03-01",
                "scheme.yaml => [] => hub.yaml:8: catalogue: an empty list, a file or a list of",
                "[] => catalogue.csv => hub.yaml:7: scheme: an empty list, a text or a list of texts",
                "[scheme.yaml, { a: b }] => catalogue.csv => hub.yaml:7: scheme[1]: a mapping of 1 fields, a text",
                "[scheme.yaml, none.yaml] => catalogue.csv => hub.yaml:7: scheme[1]:",
            })
    void a_wrong_list_of_rules_is_named(String schemes, String lists, String complaint) throws Exception {
        Path file = rulesYaml(schemes, lists);
        ConfigFault fault = assertThrows(ConfigFault.class, () -> HubFile.read(file));
        assertTrue(String.valueOf(fault.getMessage()).contains(complaint), fault::toString);
    }

    private Path rulesYaml(String schemes, String lists) throws Exception {
        Path file = files.hubYaml(BROKER, "scheme: scheme.yaml", "scheme: " + schemes);
        files.write("hub.yaml", Files.readString(file).replace("catalogue: catalogue.csv", "catalogue: " + lists));
        return file;
    }

    /** The scheme once more, each line of {@code lines} in the place of the line of that field. */
    private void second(String... lines) throws Exception {
        String yaml = Files.readString(directory.resolve("scheme.yaml"));
        for (String line : lines) {
            yaml = yaml.replaceFirst("(?m)^" + line.substring(0, line.indexOf(':')) + ": .*$", line);
        }
        files.write("second.yaml", yaml);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "\"household\": \"h2\" => \"house\": \"h2\" => members.json:3: members[1].house: unknown field",
                "\"card\": \"0000000000000002\" => \"card\": \"02\" => members.json:3: members[1].card: 1 bytes, 8 bytes in hexadecimal",
                "\"card\": \"0000000000000002\" => \"card\": \"0000000000000001\" => members.json:3: members[1].card: 0000000000000001, each card once",
                "\"entitlementCents\": 15000 => \"entitlementCents\": -1 => members.json:2: members[0].entitlementCents: -1",
                "\"persons\": 2 => \"persons\": 2, \"catchUpMonths\": 12 => members.json:2: members[0].catchUpMonths: 12",
                "\"persons\": 2 => \"persons\": 2, \"keepCents\": -1 => members.json:2: members[0].keepCents: -1",
                "\"persons\": 2 => \"persons\": 2, \"earnableCents\": 2147483648 => members.json:2: members[0].earnableCents: 2147483648",
                "\"persons\": 2 => \"persons\": 2, \"pointOfSale\": none => members.json:2: members[0].pointOfSale: none",
            })
    void a_wrong_member_is_named(String original, String change, String complaint) throws Exception {
        String members = Files.readString(directory.resolve("members.json"));
        files.write("members.json", members.replace(original, change));
        Path file = files.hubYaml(BROKER, "", "");
        ConfigFault fault = assertThrows(ConfigFault.class, () -> HubFile.read(file));
        assertTrue(String.valueOf(fault.getMessage()).contains(complaint), fault::toString);
    }

    @Test
    void what_a_card_may_load_is_read_whole_and_the_simple_case_needs_three_fields() throws Exception {
        Path file = files.hubYaml(BROKER, "", "");
        Entitlement simple = HubFile.read(file).members().getFirst().entitlement();
        assertEquals(Entitlement.monthly(15_000, Period.of(2025, 1), Period.of(2029, 12), 1), simple);
        String members = Files.readString(directory.resolve("members.json"));
        files.write(
                "members.json",
                members.replace(
                        "\"persons\": 2",
                        "\"persons\": 2, \"earnableCents\": 2500, \"keepCents\": 4000, \"pointOfSale\": 3, \"catchUpMonths\": 2"));
        assertEquals(
                new Entitlement(15_000, 2_500, 4_000, 3, Period.of(2025, 1), Period.of(2029, 12), 2, 1),
                HubFile.read(file).members().getFirst().entitlement());
    }

    @Test
    void the_command_shows_the_line_and_ends_with_2_and_makes_no_store() throws Exception {
        Path file = files.hubYaml(BROKER, "period: 2025-04", "period: 4");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Hub.run(
                Sentences.in("fr"),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "run",
                "--config",
                file.toString());
        assertEquals(2, code);
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("hub.yaml:14: period: 4"));
        assertFalse(Files.exists(directory.resolve("hub.db")));
    }

    @Test
    void init_makes_keys_and_store_once_and_status_counts() throws Exception {
        Path file = files.hubYaml(BROKER, "", "");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        byte[] before = Files.readAllBytes(directory.resolve("keys/ack.key"));
        assertEquals(0, Hub.run(Sentences.in("fr"), print, print, "init", "--config", file.toString()));
        assertEquals(0, Hub.run(Sentences.in("en_US.UTF-8"), print, print, "status", "--config", file.toString()));
        assertEquals(2, Hub.run(Sentences.in("fr"), print, print, "run"), "usage");
        assertEquals(
                java.util.Arrays.hashCode(before),
                java.util.Arrays.hashCode(Files.readAllBytes(directory.resolve("keys/ack.key"))),
                "kept");
        assertTrue(Files.readString(directory.resolve("keys/ack.pub")).startsWith("-----BEGIN PUBLIC KEY-----"));
        String said = out.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("Clés et base prêtes"), said);
        assertTrue(said.contains("0 entries of 0 terminals, 0 sales, 0 in quarantine."), said);
    }
}
