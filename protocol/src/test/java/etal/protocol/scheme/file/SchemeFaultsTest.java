package etal.protocol.scheme.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.reading.Fault;
import etal.protocol.scheme.Schemes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that a person got wrong: the line, the field, what stands there and what may. */
class SchemeFaultsTest {
    private static List<Fault> faults(String yaml) {
        return assertInstanceOf(SchemeReading.Faulty.class, SchemeFile.read(yaml, Schemes.FILE))
                .faults();
    }

    private static int lineOf(String yaml, String text) {
        return (int) yaml.substring(0, yaml.indexOf(text)).lines().count() + (yaml.startsWith(text) ? 1 : 0);
    }

    /** Replaces one text, and expects exactly one fault, on the line where the new text begins. */
    private static void assertFault(String text, String instead, String field, String found, String allowed) {
        String yaml = Schemes.changed(text, instead);
        List<Fault> faults = faults(yaml);
        assertEquals(1, faults.size(), faults::toString);
        String[] lines = yaml.split("\n", -1);
        Fault fault = faults.getFirst();
        assertEquals(field, fault.field());
        assertEquals(found, fault.found());
        assertEquals(allowed, fault.allowed());
        String firstLine = instead.strip().lines().findFirst().orElse("");
        assertTrue(lines[fault.line() - 1].contains(firstLine), () -> fault + " is not on the line of " + firstLine);
    }

    @Test
    void a_fault_prints_as_file_line_field_found_allowed() {
        String yaml = Schemes.changed("firstPerson: 100", "firstPerson: beaucoup");
        int line = lineOf(yaml, "beaucoup");
        assertEquals(
                "regle.yaml:" + line + ": allocation.firstPerson: \"beaucoup\", amount from 0.00 to 21474836.47",
                faults(yaml).getFirst().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fund: 1 | fund: 0 | fund | \"0\" | whole number from 1 to 4294967295",
                "fund: 1 | fund: '1' | fund | \"1\" | whole number from 1 to 4294967295",
                "fund: 1 | fund: 1.5 | fund | \"1.5\" | whole number from 1 to 4294967295",
                "fund: 1 | fund: 99999999999999999999 | fund | \"99999999999999999999\" | whole number from 1 to 4294967295",
                "fund: 1 | fund: [1] | fund | a list | whole number from 1 to 4294967295",
                "version: 1 | version: -1 | version | \"-1\" | whole number from 1 to 1000000",
                "id: dieulefit | id: Dieulefit | id | \"Dieulefit\" | small letters, digits and hyphens, at most 40",
                "id: dieulefit | id: 12 | id | \"12\" | small letters, digits and hyphens, at most 40",
                "holdsFrom: 2025-03-01 | holdsFrom: 2025-02-30 | holdsFrom | \"2025-02-30\" | a day such as 2025-03-01",
                "holdsFrom: 2025-03-01 | holdsFrom: demain | holdsFrom | \"demain\" | a day such as 2025-03-01",
                "zone: Europe/Paris | zone: Europe/Lutece | zone | \"Europe/Lutece\" | a time zone such as Europe/Paris",
                "symbol: € | symbol: 1€ | unit.symbol | \"1€\" | 1 to 8 letters or currency signs",
                "furtherPerson: 50 | furtherPerson: 50.005 | allocation.furtherPerson | \"50.005\" | amount from 0.00 to 21474836.47",
                "furtherPerson: 50 | furtherPerson: -1 | allocation.furtherPerson | \"-1\" | amount from 0.00 to 21474836.47",
                "firstPerson: 100 | firstPerson: 1600 | allocation.firstPerson | more than card.loadCap | at most what a card may hold",
                "{ field: card.loadCap, | { field: card.color, | hypotheses[3].field | card.color is not in this file | 'a field of this file, as contribution.brackets'",
                "kind: grid | kind: grille | contribution.kind | \"grille\" | one of none free fixed incomeShare grid",
                "least: 40 | least: 300 | contribution.least | more than most | at most contribution.most",
                "coverage: 0 } | coverage: 101 } | convention.families[12].coverage | \"101\" | whole number from 0 to 100",
                "pointsOfSale: enrolled | pointsOfSale: tous | convention.pointsOfSale | \"tous\" | 'enrolled, a list of numbers, or a mapping with register'",
                "pointsOfSale: enrolled | pointsOfSale: [3, 3] | convention.pointsOfSale | \"3\" | 'whole numbers from 1 to 4294967295, each once'",
                "spendingOrder: [allocation, bonus] | spendingOrder: [bonus, bonus] | card.spendingOrder | \"bonus\" | 'each once, of allocation bonus'",
                "spendingOrder: [allocation, bonus] | spendingOrder: [] | card.spendingOrder | a list of 0 | a list of 1 to 2",
            })
    void a_wrong_value_is_named_with_what_may_stand_there(
            String text, String instead, String field, String found, String allowed) {
        String once = text.startsWith("coverage") ? "family: alcool, " + text : text;
        String changed = text.startsWith("coverage") ? "family: alcool, " + instead : instead;
        assertFault(once, changed, field, found, allowed);
    }

    @Test
    void a_missing_field_is_looked_for_where_it_should_be() {
        List<Fault> faults = faults(Schemes.changed("zone: Europe/Paris\n", ""));
        assertEquals(1, faults.size());
        assertEquals("zone", faults.getFirst().field());
        assertEquals("missing", faults.getFirst().found());
    }

    @Test
    void a_missing_section_is_one_fault() {
        List<Fault> faults = faults(Schemes.changed("unit:\n  code: EUR\n  symbol: €\n  decimals: 2\n", ""));
        assertEquals(List.of("unit"), faults.stream().map(Fault::field).toList());
    }

    @Test
    void an_unknown_field_is_refused_because_nothing_would_read_it() {
        assertFault(
                "furtherPerson: 50\n",
                "furtherPerson: 50\n  colour: blue\n",
                "allocation.colour",
                "unknown field",
                "one of kind firstPerson furtherPerson personsMost most supplements months",
                "colour");
    }

    private static void assertFault(
            String text, String instead, String field, String found, String allowed, String lineHolds) {
        String yaml = Schemes.changed(text, instead);
        List<Fault> faults = faults(yaml);
        assertEquals(
                List.of(new Fault(Schemes.FILE, lineOf(yaml, lineHolds), field, found, allowed).toString()),
                faults.stream().map(Fault::toString).toList());
    }

    @Test
    void a_field_written_twice_is_refused_because_one_of_them_would_be_ignored() {
        assertFault(
                "furtherPerson: 50\n",
                "furtherPerson: 50\n  firstPerson: 999\n",
                "allocation.firstPerson",
                "the field a second time",
                "each field once",
                "firstPerson: 999");
    }

    @Test
    void brackets_rise_from_zero() {
        String allowed = "incomeFrom 0 in the first, then rising";
        String found = "bracket 2 out of order";
        assertFault("incomeFrom: 6000,", "incomeFrom: 0,", "contribution.brackets", found, allowed, "brackets:");
        found = "bracket 1 out of order";
        assertFault("incomeFrom: 0,", "incomeFrom: 1,", "contribution.brackets", found, allowed, "brackets:");
    }

    @Test
    void families_and_modulators_are_named_once() {
        assertFault(
                "family: fruits,",
                "family: legumes,",
                "convention.families",
                "a family twice",
                "each family once",
                "families:");
        assertFault(
                "id: handicap,",
                "id: parent-isole,",
                "contribution.modulators",
                "an id twice",
                "each id once",
                "modulators:");
    }

    @Test
    void all_faults_are_told_at_once_in_the_order_of_the_file() {
        String yaml = Schemes.changed("fund: 1", "fund: x")
                .replace("version: 1", "version: y")
                .replace("loadCap: 1500", "loadCap: z");
        assertEquals(
                List.of("fund", "version", "card.loadCap"),
                faults(yaml).stream().map(Fault::field).toList());
    }
}
