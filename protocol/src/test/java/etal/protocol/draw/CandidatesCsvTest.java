package etal.protocol.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.reading.Fault;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Schemes;
import etal.protocol.scheme.file.ShippedSchemes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list of candidates gives the candidates, or each fault with its line; never an income. */
class CandidatesCsvTest {
    private static final String HEADER = "household,adults,children,contribution,group\n";
    private static final Scheme DIEULEFIT = ShippedSchemes.scheme("dieulefit");

    @Test
    void a_list_is_read_in_the_order_of_its_lines() {
        assertEquals(
                List.of(
                        new Candidate("F01", 2, List.of(4, 9), 11_000, "", List.of()),
                        new Candidate("foyer 7 bis", 1, List.of(), 6_250, "etudiant", List.of())),
                read(HEADER + "F01,2,4 9,110,\nfoyer 7 bis,1,,62.50,etudiant\n", DIEULEFIT));
    }

    @Test
    void an_income_gives_the_contribution_of_its_bracket_and_stays_nowhere() {
        // 2 adults and 1 child: 2 parts of 100 + 50 + 50 %; 32 000 / 2 = 16 000 a part: bracket of 100 EUR a month.
        // Alone with a child, 1.5 parts, 21 000 / 1.5 = 14 000: 90, less 10 for raising a child alone.
        List<Candidate> candidates = read(
                "household,adults,children,income,traits\nF01,2,4,32000,\nF02,1,13,21000,parent-isole\n", DIEULEFIT);
        assertEquals(
                List.of(10_000L, 8_000L),
                candidates.stream().map(Candidate::contributionCents).toList());
        assertFalse(candidates.toString().contains("32000"));
        assertFalse(candidates.toString().contains("3200000"));
    }

    @Test
    void an_income_that_cannot_be_read_is_not_repeated() {
        List<Fault> faults = faults("household,adults,children,income\nF01,2,4,32 mille\n", DIEULEFIT);
        assertEquals(
                "c.csv:2: income: no amount, amount from 0.00 to 10000000000.00",
                faults.getFirst().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "F01;1;;39.99;           | 2: contribution: \"39.99\", amount from 40.00 to 200.00",
                "F01;1;;1e2;             | 2: contribution: \"1e2\", amount from 40.00 to 200.00",
                "F01;1;;;                | 2: contribution: nothing, either a contribution or an income",
                "F01;0;;50;              | 2: adults: \"0\", whole number from 1 to 50",
                "F01;1;4/9;50;           | 2: children: \"4/9\", whole number from 0 to 30",
                "F01;1;2014-05;50;       | 2: children: \"2014-05\", whole number from 0 to 30",
                "F01;50;3;50;            | 2: children: 51 persons, at most 50 in a household",
                "F01;1;;50               | 2: line: 4 fields, 5 fields",
                "#1;1;;50;               | 2: household: \"#1\", 1 to 40 letters, digits, spaces, dots, hyphens and underscores",
            })
    void a_wrong_line_is_named_with_what_is_allowed(String line, String fault) {
        assertEquals(
                "c.csv:" + fault,
                faults(HEADER + line.strip().replace(';', ',') + "\n", DIEULEFIT)
                        .getFirst()
                        .toString());
    }

    @Test
    void each_household_stands_in_the_list_once() {
        assertEquals(
                "c.csv:4: household: \"F01\", each once, already in line 2",
                faults(HEADER + "F01,1,,50,\nF02,1,,50,\nF01,1,,50,\n", DIEULEFIT)
                        .getFirst()
                        .toString());
    }

    @Test
    void two_spellings_that_look_the_same_are_one_id() {
        String composed = "\u00C9lise";
        String decomposed = "E\u0301lise";
        assertEquals(
                3,
                faults(HEADER + composed + ",1,,50,\n" + decomposed + ",1,,50,\n", DIEULEFIT)
                        .getFirst()
                        .line());
    }

    @Test
    void a_group_without_places_is_refused_where_places_are_kept_for_groups() {
        Scheme quotas = Schemes.dieulefitWith(
                "  drawMost: 10\n", "  drawMost: 10\n  quotas: [ { group: etudiant, percent: 30 } ]\n");
        assertEquals(
                "c.csv:2: group: \"etudiants\", nothing or one of etudiant",
                faults(HEADER + "F01,1,,50,etudiants\n", quotas).getFirst().toString());
    }

    @Test
    void where_the_amount_is_free_no_income_is_asked_and_more_may_be_given_if_the_fund_wants_it() {
        Scheme joigny = ShippedSchemes.scheme("joigny");
        assertEquals(4_000, read(HEADER + "F01,1,,40,\n", joigny).getFirst().contributionCents());
        assertEquals(
                "c.csv:2: income: an income, nothing, this scheme asks for none",
                faults("household,adults,children,income\nF01,1,,9000\n", joigny)
                        .getFirst()
                        .toString());
    }

    @Test
    void a_file_that_is_no_such_list_is_refused() {
        for (String csv : List.of(
                "",
                "household,adults\n",
                HEADER,
                HEADER + "\"F01,1,,50,\n",
                HEADER + "F01,1,,50,\n".repeat(200_000),
                HEADER.replace("group", "groupe") + "F01,1,,50,\n")) {
            assertFalse(faults(csv, DIEULEFIT).isEmpty());
        }
    }

    private static List<Candidate> read(String csv, Scheme scheme) {
        return switch (CandidatesCsv.read(csv, "c.csv", scheme)) {
            case CandidatesReading.Read read -> read.candidates();
            case CandidatesReading.Faulty faulty -> throw new AssertionError(faulty.faults());
        };
    }

    private static List<Fault> faults(String csv, Scheme scheme) {
        return switch (CandidatesCsv.read(csv, "c.csv", scheme)) {
            case CandidatesReading.Read read -> throw new AssertionError(read.candidates());
            case CandidatesReading.Faulty faulty -> faulty.faults();
        };
    }

    @Test
    void any_text_at_all_gives_candidates_or_faults() {
        long seed = 20250402;
        Random random = new Random(seed);
        String alphabet = "household,adults,children,contribution,group\n\r\"0123456789.-;\uFEFF\u0000é \uD800F";
        for (int attempt = 0; attempt < 2_000; attempt++) {
            StringBuilder csv = new StringBuilder(random.nextBoolean() ? HEADER : "");
            for (int length = random.nextInt(60); length > 0; length--) {
                csv.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            boolean some = switch (CandidatesCsv.read(csv.toString(), "c.csv", DIEULEFIT)) {
                case CandidatesReading.Read read -> !read.candidates().isEmpty();
                case CandidatesReading.Faulty faulty -> !faulty.faults().isEmpty();
            };
            assertTrue(some, "seed " + seed + ", attempt " + attempt);
        }
    }
}
