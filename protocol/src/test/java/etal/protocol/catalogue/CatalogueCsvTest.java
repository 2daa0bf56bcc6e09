package etal.protocol.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Seeds;
import etal.protocol.reading.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueCsvTest {
    private static final String HEADER = "item,name_fr,category,price_cents,vat_permille,conventioned\n";
    private static final String MILK = "whole milk,Lait entier 1 l,laitier,135,55,yes\n";

    private static Catalogue read(String csv) {
        return assertInstanceOf(CatalogueReading.Read.class, CatalogueCsv.read(csv, "liste.csv"))
                .catalogue();
    }

    private static List<Fault> faults(String csv) {
        return assertInstanceOf(CatalogueReading.Faulty.class, CatalogueCsv.read(csv, "liste.csv"))
                .faults();
    }

    @Test
    void only_yes_is_covered_and_debate_is_not_yet() {
        String csv = HEADER + MILK + "rice,Riz,epicerie,250,55,debate\nsoda,Soda,boissons,180,55,no\n";
        assertEquals(
                List.of(
                        new Product("whole milk", "Lait entier 1 l", "laitier", 135, 55, 100),
                        new Product("rice", "Riz", "epicerie", 250, 55, 0),
                        new Product("soda", "Soda", "boissons", 180, 55, 0)),
                read(csv).products());
    }

    @Test
    void a_product_may_be_covered_in_part() {
        String csv = HEADER + "a,A,f,100,55,75\nb,B,f,100,55,50 %\nc,C,f,100,55,0\n";
        assertEquals(
                List.of(75, 50, 0),
                read(csv).products().stream().map(Product::coveragePercent).toList());
    }

    @Test
    void what_is_weighed_has_the_price_of_a_kilogram_in_an_eighth_column() throws Exception {
        String csv = HEADER.strip()
                + ",labels,sold_by\na,A,f,320,55,yes,bio,kg\nb,B,f,100,55,yes,,piece\nc,C,f,100,55,no,,\n";
        Catalogue catalogue = read(csv);
        assertEquals(
                List.of(true, false, false),
                catalogue.products().stream().map(Product::byWeight).toList());
        assertEquals(catalogue, Catalogue.decode(catalogue.encode()));
        assertEquals(
                List.of(new Fault("liste.csv", 2, "sold_by", "\"pound\"", "piece, kg or nothing")),
                faults(HEADER.strip() + ",labels,sold_by\na,A,f,320,55,yes,bio,pound\n"));
    }

    @Test
    void labels_are_a_seventh_column() {
        String csv = HEADER.strip() + ",labels\na,A,f,100,55,yes,local bio\nb,B,f,100,55,yes,\n";
        Catalogue catalogue = read(csv);
        assertEquals(
                List.of(List.of("bio", "local"), List.of()),
                catalogue.products().stream().map(Product::labels).toList());
        assertEquals(
                List.of(new Fault(
                        "liste.csv", 2, "labels", "\"Bio\"", "at most 8 words of small letters, digits and hyphens")),
                faults(HEADER.strip() + ",labels\na,A,f,100,55,yes,Bio\n"));
        assertEquals(
                "7 fields",
                faults(HEADER.strip() + ",labels\na,A,f,100,55,yes\n")
                        .getFirst()
                        .allowed());
    }

    @Test
    void quotes_line_ends_and_a_byte_order_mark_are_read_as_spreadsheets_write_them() {
        String csv = "\uFEFF" + (HEADER + "eggs,\"Œufs, \"\"les six\"\"\",oeufs,250,55,yes").replace("\n", "\r\n");
        assertEquals("Œufs, \"les six\"", read(csv).products().getFirst().name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,A,f,0,55,yes | price_cents | \"0\" | whole number from 1 to 1000000",
                "a,A,f,-5,55,yes | price_cents | \"-5\" | whole number from 1 to 1000000",
                "a,A,f,1.50,55,yes | price_cents | \"1.50\" | whole number from 1 to 1000000",
                "a,A,f,99999999999999999999,55,yes | price_cents | \"99999999999999999999\" | whole number from 1 to 1000000",
                "a,A,f,100,1001,yes | vat_permille | \"1001\" | whole number from 0 to 1000",
                "a,A,f,100,55,oui | conventioned | \"oui\" | 'yes, no, debate or a percentage from 0 to 100'",
                "a,A,f,100,55,101 | conventioned | \"101\" | 'yes, no, debate or a percentage from 0 to 100'",
                "a,A,f,100,55,yes,more | line | 7 fields | 6 fields",
                "a,A,f,100,55 | line | 5 fields | 6 fields",
                ",A,f,100,55,yes | item | \"\" | 1 to 80 visible characters",
                "a,A,,100,55,yes | category | \"\" | 1 to 40 visible characters",
                "whole milk,A,f,100,55,yes | item | \"whole milk\" | 'each once, already in line 2'",
                "a,A\"B,f,100,55,yes | file | a quote within a field that is not quoted | 'comma-separated values, RFC 4180'",
            })
    void a_broken_line_is_named(String line, String field, String found, String allowed) {
        assertEquals(List.of(new Fault("liste.csv", 3, field, found, allowed)), faults(HEADER + MILK + line + "\n"));
    }

    @Test
    void an_empty_line_is_a_broken_line() {
        assertEquals(
                "liste.csv:3: line: 1 fields, 6 fields",
                faults(HEADER + MILK + "\n" + MILK.replace("whole", "half"))
                        .getFirst()
                        .toString());
    }

    @Test
    void lines_are_counted_through_quoted_line_ends() {
        List<Fault> faults = faults(HEADER + "a,\"A\nB\",f,100,55,yes\nb,B,f,x,55,yes\n");
        assertEquals(List.of(2, 4), faults.stream().map(Fault::line).toList());
    }

    @Test
    void nothing_in_it_is_a_fault() {
        assertEquals("header", faults("").getFirst().field());
        assertEquals(
                "header", faults("rice,Riz,epicerie,250,55,no\n").getFirst().field());
        assertEquals("no product", faults(HEADER).getFirst().found());
    }

    @Test
    void an_open_quote_and_a_huge_file_are_refused() {
        assertEquals(
                "a quote that is never closed",
                faults(HEADER + "a,\"A,f,100,55,yes\n").getFirst().found());
        assertEquals("file", faults("x".repeat(2_000_000)).getFirst().field());
        StringBuilder many = new StringBuilder(HEADER);
        for (int index = 0; index <= Catalogue.PRODUCTS_MAX; index++) {
            many.append("p" + index + ",P,f,100,55,yes\n");
        }
        assertEquals("a further product", faults(many.toString()).getFirst().found());
    }

    @Test
    void any_damage_gives_a_catalogue_or_faults() {
        String sound = HEADER + MILK + "eggs,\"Œufs, les six\",oeufs,250,55,yes\r\nrice,Riz,epicerie,250,55,debate\n";
        String inserted = ",\"\n\r;0x\uFEFF\uD800";
        Seeds.each(5_000, random -> {
            StringBuilder text = new StringBuilder(sound);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                if (random.nextBoolean()) {
                    text.deleteCharAt(at);
                } else {
                    text.insert(at, inserted.charAt(random.nextInt(inserted.length())));
                }
            }
            CatalogueReading reading = CatalogueCsv.read(text.toString(), "liste.csv");
            if (reading instanceof CatalogueReading.Read read) {
                assertEquals(read.catalogue(), Catalogue.decode(read.catalogue().encode()));
            } else if (reading instanceof CatalogueReading.Faulty faulty) {
                assertFalse(faulty.faults().isEmpty());
            }
        });
    }

    @Test
    void the_shared_catalogue_of_169_items_is_read() throws Exception {
        Path file = Path.of(Optional.ofNullable(System.getenv("ETAL_DATA")).orElse("../../shared/data"))
                .resolve("groceries-catalogue.csv");
        Assumptions.assumeTrue(Files.exists(file), "no groceries-catalogue.csv in ETAL_DATA or ../shared/data");
        Catalogue catalogue = read(Files.readString(file));
        assertEquals(169, catalogue.products().size());
        assertEquals(250, catalogue.find("domestic eggs").orElseThrow().unitPriceCents());
        assertTrue(catalogue.products().stream().anyMatch(product -> product.coveragePercent() == 0));
        assertEquals(catalogue, Catalogue.decode(catalogue.encode()));
    }
}
