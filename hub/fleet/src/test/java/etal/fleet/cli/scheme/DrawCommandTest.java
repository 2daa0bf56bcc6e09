package etal.fleet.cli.scheme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.cose.Hash;
import etal.protocol.draw.DrawOrder;
import etal.protocol.scheme.file.ShippedSchemes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The draw and the projection as a volunteer runs them. */
class DrawCommandTest {
    private static final String HEADER = "household,adults,children,contribution,group\n";

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void a_scheme_file() throws Exception {
        Files.writeString(file("s.yaml"), ShippedSchemes.yaml("dieulefit"));
    }

    @Test
    void those_admitted_stand_in_order_on_the_output_and_the_reasons_beside_it() throws Exception {
        String csv = HEADER
                + IntStream.rangeClosed(1, 12)
                        .mapToObj("F%02d,1,,105,\n"::formatted)
                        .reduce("", String::concat);
        Files.writeString(file("c.csv"), csv);
        assertEquals(0, run("draw", path("s.yaml"), "--candidates", path("c.csv"), "--seed", "7 12 23"));
        List<String> ids =
                IntStream.rangeClosed(1, 12).mapToObj("F%02d"::formatted).toList();
        List<DrawOrder.Drawn> order = DrawOrder.of("7 12 23", ids);
        assertEquals(
                order.subList(0, 10).stream().map(DrawOrder.Drawn::id).toList(),
                out.toString().lines().toList());
        String said = err.toString();
        assertTrue(said.contains(Hash.hex(Hash.sha256(csv.getBytes(StandardCharsets.UTF_8)))), said);
        assertTrue(said.contains(order.getFirst().hash().substring(0, 16)), said);
        assertTrue(said.contains("Arrêt : un tirage fait entrer au plus 10 foyers."), said);
        assertTrue(said.contains("Source de la graine, annoncée d'avance : Les numéros du tirage du Loto"), said);
    }

    @Test
    void the_same_files_and_seed_give_the_same_bytes() throws Exception {
        Files.writeString(file("c.csv"), HEADER + "F1,2,4 9,40,\nF2,1,,200,\nF3,3,,60,\n");
        run("draw", path("s.yaml"), "--candidates", path("c.csv"), "--seed", "s", "--lang", "en");
        String first = out.toString() + err;
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        run("draw", path("s.yaml"), "--candidates", path("c.csv"), "--seed", "s", "--lang", "en");
        assertEquals(first, out.toString() + err);
    }

    @Test
    void the_draw_stops_at_the_household_for_which_the_reserve_is_short() throws Exception {
        // Each household of 4 is granted 250, spends 90 %: 225, of which funders bear 15 %: 33.75; it pays 40. So it
        // costs 151.25 a month, 1,815 in 12 months; from 12,000 down to the floor of 5,000 there is room for 3.
        Files.writeString(
                file("c.csv"),
                HEADER
                        + IntStream.rangeClosed(1, 6)
                                .mapToObj("F%d,2,4 9,40,\n"::formatted)
                                .reduce("", String::concat));
        assertEquals(0, run("draw", path("s.yaml"), "--candidates", path("c.csv"), "--seed", "s"));
        assertEquals(3, out.toString().lines().count());
        // 12,000 - 4 x 151.25 x 12 = 4,740 in February 2026.
        assertTrue(err.toString().contains("tomberait à 4\u00A0740,00\u00A0€ fin février 2026"), err.toString());
    }

    @Test
    void households_that_are_in_already_weigh_on_the_reserve_and_take_places() throws Exception {
        // 40 alone at 100: 4,000 in, 3,600 of 4,000 spent, 540 from funders: 940 more each month, so there is room for
        // all 6.
        Files.writeString(
                file("c.csv"),
                HEADER
                        + IntStream.rangeClosed(1, 6)
                                .mapToObj("F%d,2,4 9,40,\n"::formatted)
                                .reduce("", String::concat));
        String[] draw = {"draw", path("s.yaml"), "--candidates", path("c.csv"), "--seed", "s", "--households", "40@100"
        };
        assertEquals(0, run(draw));
        assertEquals(6, out.toString().lines().count());
        out.getBuffer().setLength(0);
        // 80 of 3 persons at 40: 3,200 in, 14,400 spent, 2,160 back: the reserve is short without anybody.
        draw[draw.length - 1] = "80x3@40";
        assertEquals(0, run(draw));
        assertEquals("", out.toString());
        assertTrue(err.toString().contains("est déjà sous le plancher"), err.toString());
        draw[draw.length - 1] = "80x3@";
        assertEquals(2, run(draw));
    }

    @Test
    void an_income_is_printed_nowhere() throws Exception {
        Files.writeString(file("c.csv"), "household,adults,children,income\nF1,2,4,31247\nF2,1,,12 thousand 345\n");
        assertEquals(2, run("draw", path("s.yaml"), "--candidates", path("c.csv"), "--seed", "s"));
        assertTrue(err.toString().contains("c.csv:3: income: ce n'est pas un montant, "), err.toString());
        // The folder's name holds digits of its own.
        assertFalse(err.toString().replace(path("c.csv"), "").contains("345"), err.toString());
        Files.writeString(file("c.csv"), "household,adults,children,income\nF1,2,4,31247\n");
        assertEquals(0, run("draw", path("s.yaml"), "--candidates", path("c.csv"), "--seed", "s"));
        assertFalse((out.toString() + err).replace(path("c.csv"), "").contains("31247"));
    }

    @Test
    void what_is_wrong_is_named_and_nothing_drawn() throws Exception {
        Files.writeString(file("c.csv"), HEADER + "F1,1,,39,\nF1,1,,50,\n");
        assertEquals(2, run("draw", path("s.yaml"), "--candidates", path("c.csv"), "--seed", "s", "--lang", "en"));
        assertEquals(
                List.of(
                        path("c.csv") + ":2: contribution: \"39\", amount from 40.00 to 200.00",
                        path("c.csv") + ":3: household: \"F1\", each once, already in line 2"),
                err.toString().lines().toList());
        assertEquals("", out.toString());
        assertEquals(2, run("draw", path("none.yaml"), "--candidates", path("c.csv"), "--seed", "s"));
        assertEquals(2, run("draw", path("s.yaml"), "--candidates", path("none.csv"), "--seed", "s"));
        assertEquals(2, run("draw", path("s.yaml"), "--candidates", path("c.csv"), "--seed", " "));
        assertEquals(2, run("draw", path("s.yaml"), "--candidates", path("c.csv")));
        Files.writeString(file("open.yaml"), ShippedSchemes.yaml("brest"));
        assertEquals(2, run("draw", path("open.yaml"), "--candidates", path("c.csv"), "--seed", "s"));
        assertTrue(err.toString().contains("n'a pas de tirage au sort"), err.toString());
    }

    @Test
    void the_projection_is_a_table_a_chart_and_a_picture() throws Exception {
        // 30 alone at 105 and 20 of 3 persons at 90: 3,150 + 1,800 = 4,950 in; 30 x 100 + 20 x 200 = 7,000 granted,
        // 6,300 spent, of which 945 come from funders: 12,000 + 4,950 + 945 - 6,300 = 11,595, then 405 less each month.
        int code = run(
                "project",
                path("s.yaml"),
                "--households",
                "30@105,20x2+1@90",
                "--months",
                "2",
                "--chart",
                "--svg",
                path("r.svg"));
        assertEquals(0, code, err.toString());
        List<String> lines = out.toString().lines().toList();
        assertEquals(
                List.of(
                        "month,contributions,other_income,allocations,spent,other_costs,reserve",
                        "2025-03,4950.00,945.00,7000.00,6300.00,0.00,11595.00",
                        "2025-04,4950.00,945.00,7000.00,6300.00,0.00,11190.00",
                        ""),
                lines.subList(0, 4));
        assertEquals(6, lines.size());
        assertTrue(err.toString().contains("La réserve tient : 11\u00A0190,00\u00A0€ fin avril 2025."), err.toString());
        // 9,900 of 12,600.
        assertTrue(err.toString().contains("Les cotisations couvrent 78 % des dépenses."), err.toString());
        assertTrue(Files.readString(file("r.svg")).contains("<title id=\"title\">Réserve projetée : "));
    }

    @Test
    void a_projection_with_candidates_counts_those_the_draw_admits() throws Exception {
        Files.writeString(
                file("c.csv"),
                HEADER
                        + IntStream.rangeClosed(1, 6)
                                .mapToObj("F%d,2,4 9,40,\n"::formatted)
                                .reduce("", String::concat));
        run("project", path("s.yaml"), "--candidates", path("c.csv"), "--seed", "s", "--months", "12");
        assertTrue(out.toString().lines().toList().get(1).startsWith("2025-03,120.00,"), out.toString());
        out.getBuffer().setLength(0);
        run("project", path("s.yaml"), "--candidates", path("c.csv"));
        assertTrue(out.toString().lines().toList().get(1).startsWith("2025-03,240.00,"), out.toString());
    }

    @Test
    void a_projection_that_cannot_be_made_says_what_is_expected() {
        for (String[] wrong : new String[][] {
            {"--households", "x3"},
            {"--households", "3x60"},
            {"--months", "0"},
            {"--spent", "101"},
            {"--available", "1.005"},
            {"--seed", "s"},
            {"--lang", "de"},
            {"--from", "mars"},
        }) {
            assertEquals(2, run("project", path("s.yaml"), wrong[0], wrong[1]), wrong[0]);
        }
        assertEquals("", out.toString());
    }

    @Test
    void both_languages_say_the_same_things() {
        TreeSet<String> french = keys("fr");
        assertEquals(french, keys("en"));
        assertFalse(french.isEmpty());
    }

    private static TreeSet<String> keys(String language) {
        return new TreeSet<>(ResourceBundle.getBundle(
                        "etal.fleet.cli.scheme.draw",
                        Locale.of(language),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .keySet());
    }

    private int run(String... args) {
        return new CommandLine(new SchemeCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private String path(String name) {
        return file(name).toString();
    }
}
