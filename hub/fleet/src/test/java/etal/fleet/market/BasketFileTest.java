package etal.fleet.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.catalogue.Catalogue;
import etal.protocol.reading.Fault;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Basket files: every text gives receipts, or faults that name line, found and allowed. */
class BasketFileTest {
    private static final Catalogue CATALOGUE = OwnMarket.catalogue();

    private static List<Receipt> receipts(String text) {
        var read = assertInstanceOf(BasketFile.Reading.Read.class, BasketFile.read(text, "b.csv", CATALOGUE, "c.csv"));
        return read.receipts();
    }

    private static List<String> faults(String text) {
        var faulty =
                assertInstanceOf(BasketFile.Reading.Faulty.class, BasketFile.read(text, "b.csv", CATALOGUE, "c.csv"));
        return faulty.faults().stream().map(Fault::toString).toList();
    }

    @Test
    void each_line_is_one_receipt() {
        assertEquals(
                List.of(new Receipt(1, List.of("salade", "pommes")), new Receipt(2, List.of("picodon"))),
                receipts("salade,pommes\npicodon\n"));
    }

    @Test
    void the_last_line_end_may_be_missing_and_line_ends_may_be_those_of_windows() {
        assertEquals(2, receipts("salade\r\npommes").size());
    }

    @Test
    void an_item_in_quotes_is_the_same_item() {
        assertEquals(
                List.of("pain d'epices", "salade"),
                receipts("\"pain d'epices\",salade").getFirst().items());
    }

    @Test
    void an_unknown_item_is_named_with_its_line() {
        assertEquals(List.of("b.csv:2: item: \"lait d'ânesse\", an item of c.csv"), faults("salade\nlait d'ânesse\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "salade,,pommes",
                ",salade",
                "salade,",
                "\"salade",
                "sal\"ade",
                "\"salade\"x,pommes",
                "a\u0001b",
                "\uFFFD"
            })
    void a_broken_line_is_refused_and_named(String line) {
        assertTrue(
                faults("salade\n" + line + "\n").getFirst().startsWith("b.csv:2: "),
                faults(line).toString());
    }

    @ParameterizedTest
    @CsvSource({"''", "'\n'", "'\uFEFF'"})
    void a_file_with_nothing_in_it_is_refused(String text) {
        assertEquals(1, faults(text).size());
    }

    @Test
    void one_fault_spoils_the_whole_file_so_that_nothing_is_sold_by_halves() {
        assertEquals(
                1,
                faults("salade\n".repeat(500) + "inconnu\n" + "salade\n".repeat(500))
                        .size());
    }

    @Test
    void any_text_at_all_gives_receipts_or_faults() {
        long seed = 20250402;
        var random = new SplittableRandom(seed);
        String alphabet = "salade,pommes\"\n\r\t \uFEFF\u0000é\uD800";
        for (int round = 0; round < 5_000; round++) {
            var text = new StringBuilder();
            int length = random.nextInt(60);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            switch (BasketFile.read(text.toString(), "b.csv", CATALOGUE, "c.csv")) {
                case BasketFile.Reading.Read(List<Receipt> receipts) ->
                    assertTrue(!receipts.isEmpty(), "seed " + seed + ", round " + round);
                case BasketFile.Reading.Faulty(List<Fault> faults) ->
                    assertTrue(!faults.isEmpty(), "seed " + seed + ", round " + round);
            }
        }
    }
}
