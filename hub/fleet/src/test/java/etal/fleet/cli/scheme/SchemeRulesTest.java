package etal.fleet.cli.scheme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.scheme.file.ShippedSchemes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The scheme commands as an assembly's volunteer types them. */
class SchemeRulesTest {
    @TempDir
    private Path dir;

    private record Answer(int code, String out, String err) {}

    private static Answer etal(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new SchemeCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        int code = command.execute(List.of(words).stream().map(Object::toString).toArray(String[]::new));
        return new Answer(code, out.toString(), err.toString());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }

    private Path dieulefit() throws IOException {
        return file("dieulefit.yaml", ShippedSchemes.yaml("dieulefit"));
    }

    private Path next(String text, String instead) throws IOException {
        return file(
                "next.yaml",
                ShippedSchemes.yaml("dieulefit")
                        .replace("version: 1", "version: 2")
                        .replace("holdsFrom: 2025-03-01", "holdsFrom: 2025-06-01")
                        .replace(text, instead));
    }

    private Path baskets() throws IOException {
        file("catalogue.csv", """
                item,name_fr,category,price_cents,vat_permille,conventioned
                pommes,Pommes,fruits,300,55,yes
                agneau,Agneau,viande,2000,55,yes
                """);
        return file("baskets.csv", "pommes,agneau\npommes\n");
    }

    @Test
    void a_fault_is_told_in_french_unless_english_is_asked_for() throws IOException {
        Path wrong = file("f.yaml", ShippedSchemes.yaml("dieulefit").replace("firstPerson: 100", "firstPerson: 12,50"));
        Answer french = etal("check", wrong);
        assertEquals(2, french.code());
        assertTrue(french.out().contains("écrivez 12.50, avec un point pour les décimales"), french.out());
        assertTrue(etal("check", wrong, "--lang", "en").out().contains("write 12.50, with a point for the decimals"));
    }

    @Test
    void the_rules_are_told_in_sentences() throws IOException {
        Answer told = etal("explain", dieulefit());
        assertEquals(0, told.code());
        assertTrue(told.out().contains("elle vaut à partir du 1er mars 2025"), told.out());
    }

    @Test
    void the_published_schema_is_printed() {
        assertEquals(ShippedSchemes.jsonSchema(), etal("schema").out());
    }

    // One household of one adult: 100 € on the card; 3 + 20 and 3 are covered wholly.
    @Test
    void a_month_is_tried_on_receipts_with_the_list_beside_them() throws IOException {
        Answer tried = etal("try", dieulefit(), "--baskets", baskets());
        assertEquals(0, tried.code(), tried.err());
        assertTrue(
                tried.out().startsWith("figure,value,unit\nsales,2,count\nhouseholds,1,count\ntotal,26.00,EUR\n"),
                tried.out());
        assertTrue(tried.out().contains("paid_by_card,26.00,EUR\n"), tried.out());
        assertTrue(tried.err().contains("Supposé"), tried.err());
        Answer rows = etal("try", dieulefit(), "--baskets", baskets(), "--per", "household");
        assertEquals(2, rows.out().lines().count());
    }

    // Lamb at 50 %: the card pays 10 of its 20, the household 10 more than before.
    @Test
    void a_change_is_told_and_reckoned() throws IOException {
        Path next = next("family: viande, coverage: 100", "family: viande, coverage: 50");
        Answer preview = etal("preview", dieulefit(), next, "--baskets", baskets());
        assertEquals(0, preview.code(), preview.err());
        assertTrue(
                preview.out()
                        .contains("- Jusqu'ici : La famille « viande » peut être prise en charge en entier.\n"
                                + "  Désormais : De la famille « viande », la carte paie au plus 50 %.\n"),
                preview.out());
        assertTrue(preview.out().endsWith("1,26.00,16.00,0.00,10.00,10.00\n"), preview.out());
    }

    @Test
    void what_is_no_next_version_is_refused() throws IOException {
        Path old = dieulefit();
        Path other = file("other.yaml", ShippedSchemes.yaml("vitalim"));
        assertTrue(etal("preview", old, other, "--baskets", baskets()).err().contains("deux versions"));
        assertTrue(etal("preview", old, old, "--baskets", baskets()).err().contains("doit être plus grande"));
        Path early = file("early.yaml", ShippedSchemes.yaml("dieulefit").replace("version: 1", "version: 2"));
        Answer refused = etal("preview", old, early, "--baskets", baskets());
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("le jour doit être plus tard"), refused.err());
        Path radis = next("code: EUR", "code: Radis");
        assertTrue(etal("preview", old, radis, "--baskets", baskets()).err().contains("parité"));
    }

    @Test
    void what_is_no_hub_is_refused() throws IOException {
        Path next = next("furtherPerson: 50", "furtherPerson: 60");
        Answer refused = etal("preview", dieulefit(), next, "--hub", file("no.db", "not a store"));
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("ce n'est pas la base d'un hub"), refused.err());
        assertEquals(2, etal("preview", dieulefit(), next).code());
    }
}
