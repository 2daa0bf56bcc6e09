package etal.protocol.scheme.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import etal.protocol.reading.Fault;
import etal.protocol.reading.Phrase;
import etal.protocol.scheme.Schemes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The slips of people who write French: the fault says what to write instead. */
class SlipsTest {
    private static String hint(String yaml) {
        List<Fault> faults = assertInstanceOf(SchemeReading.Faulty.class, SchemeFile.read(yaml, Schemes.FILE))
                .faults();
        return faults.getFirst().hint().map(Phrase::english).orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "firstPerson: 100 | firstPerson: 12,50 | write 12.50, with a point for the decimals",
                "firstPerson: 100 | firstPerson: 100 € | write 100, the number alone",
                "firstPerson: 100 | firstPerson: 1 000 | write 1000, the number alone",
                "firstPerson: 100 | firstPerson: 12,50 € | write 12.50, with a point for the decimals",
                "firstPerson: 100 | firstPerson: \"100\" | write 100, without quotation marks",
                "otherFamilies: 100 | otherFamilies: 100 % | write 100, the number alone",
                "firstPerson: 100 | premierePersonne: 100 | none",
                "holdsFrom: 2025-03-01 | holdsFrom: 01/03/2025 | write 2025-03-01",
                "holdsFrom: 2025-03-01 | holdsFrom: 1er mars 2025 | 'write the year, the month and the day, in this order, with hyphens'",
                "kind: grid | kind: grille | write grid",
                "kind: household | kind: foyer | write household",
                "kind: household | kind: houshold | write household",
                "id: dieulefit | id: Dieulefit | write dieulefit",
                "id: dieulefit | id: Saint-Étienne | write saint-etienne",
                "id: dieulefit | id: 2025 | none",
                "name: Caisse alimentaire de Dieulefit | name: 2025 | 'write it within quotation marks: \"2025\"'",
            })
    void a_usual_slip_is_told_with_its_remedy(String text, String instead, String hint) {
        assertEquals(hint, hint(Schemes.changed(text, instead)));
    }

    @ParameterizedTest
    @CsvSource({"enfant, child", "chlid, child", "Adulte, adult", "montant, none"})
    void an_unknown_field_is_answered_with_the_known_one_that_was_meant(String typed, String meant) {
        String allocation = "kind: adultChild\n  adult: 100\n  child: 50\n  childUnder: 18\n  " + typed + ": 10";
        String yaml = Schemes.changed("kind: household\n  firstPerson: 100\n  furtherPerson: 50", allocation);
        assertEquals(meant.equals("none") ? "none" : "write " + meant, hint(yaml));
    }

    @ParameterizedTest
    @CsvSource({"oui, true", "Non, false", "vrai, true"})
    void yes_and_no_are_told_as_true_and_false(String typed, String meant) {
        assertEquals(
                "write " + meant,
                hint(Schemes.changed("  least: 40", "  overContribution: " + typed + "\n  least: 40")));
    }

    @Test
    void a_list_where_there_can_be_one_and_a_word_where_there_are_fields_are_told() {
        assertEquals(
                "write its fields without a hyphen: there is only one",
                hint(Schemes.changed("card:\n", "bonus:\n  - { percent: 50 }\n  - { percent: 20 }\ncard:\n")));
        assertEquals(
                "write its fields on the lines below, two spaces further in",
                hint(Schemes.changed("unit:\n  code: EUR\n  symbol: €\n  decimals: 2\n", "unit: EUR\n")));
    }

    @Test
    void a_quotient_in_a_grid_of_incomes_is_told() {
        String yaml = Schemes.changed("{ incomeFrom: 0, amount: 40 }", "{ quotientFrom: 0, amount: 40 }");
        SchemeReading reading = SchemeFile.read(yaml, Schemes.FILE);
        Fault fault =
                assertInstanceOf(SchemeReading.Faulty.class, reading).faults().getFirst();
        assertEquals("contribution.brackets[1].quotientFrom", fault.field());
        assertEquals("incomeFrom, or another contribution.measure", fault.allowed());
    }

    @Test
    void tabs_and_colons_are_told() {
        assertEquals("write spaces instead of tabs", hint(Schemes.changed("  firstPerson: 100", "\tfirstPerson: 100")));
        assertEquals(
                "put a text that holds a colon within quotation marks",
                hint(Schemes.changed("name: Caisse alimentaire de Dieulefit", "name: Caisse: Dieulefit")));
    }
}
