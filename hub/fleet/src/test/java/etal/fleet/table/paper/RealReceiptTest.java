package etal.fleet.table.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.world.sim.PrintedReceipts;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What the till's own code prints comes out whole. */
class RealReceiptTest {
    private static final List<byte[]> RECEIPTS = new ArrayList<>();

    @BeforeAll
    static void let_the_till_print() throws Exception {
        RECEIPTS.addAll(PrintedReceipts.ofAnAfternoon());
    }

    @Test
    void every_line_of_a_receipt_is_on_the_paper() {
        String text = String.join("\n", paper(0).lines()).replace('\u00A0', ' ');

        assertTrue(text.startsWith("""
                           Le potager des Rives
                             SIREN 900000019
                Ticket n° 1              2 avr. 2025 16:00
                ------------------------------------------
                2 x Carottes bottes                 5,00 €
                OEufs de plein air, les six         2,15 €
                Cidre fermier 75 cl                 4,80 €
                ------------------------------------------
                TOTAL                              11,95 €
                Autre règlement                    11,95 €
                ------------------------------------------
                TVA             HT         TVA         TTC
                5,5 %       6,78 €      0,37 €      7,15 €
                20 %        4,00 €      0,80 €      4,80 €
                ------------------------------------------
                """), text);
        assertTrue(text.substring(text.lastIndexOf('\n')).strip().matches("(\\w{4}-){3}\\w{4}"), text);
    }

    @Test
    void the_duplicate_says_that_it_is_one() {
        assertEquals(3, RECEIPTS.size());
        assertFalse(String.join("\n", paper(1).lines()).contains("DUPLICATA"));
        assertTrue(String.join("\n", paper(2).lines()).contains("*** DUPLICATA 1 ***"));
    }

    @Test
    void the_picture_shows_every_word_at_its_column() throws Exception {
        Document document = xml(PaperPicture.svg(paper(0), "Ticket"));
        List<String> words = new ArrayList<>();
        var texts = document.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            words.add(text.getTextContent());
            int end = Integer.parseInt(text.getAttribute("x")) + Integer.parseInt(text.getAttribute("textLength"));
            assertTrue(end <= Roll.WIDE.printDots(), text.getTextContent() + " ends at " + end);
        }
        assertEquals(List.of(String.join(" ", paper(0).lines()).strip().split(" +")), words);
    }

    @Test
    void the_code_in_the_picture_can_be_read_and_is_the_receipts() throws Exception {
        for (byte[] receipt : RECEIPTS) {
            Paper paper = Paper.printed(receipt, Roll.WIDE);
            String code = paper.codes().getFirst();
            assertTrue(code.matches("ETAL1:t\\d+-e1:\\d+:[0-9a-f]{64}"), code);
            assertEquals(code, DrawnCode.read(PaperPicture.svg(paper, "Ticket"), Roll.WIDE));
        }
    }

    @Test
    void on_a_narrow_roll_long_lines_go_on_in_the_next_and_nothing_is_lost() {
        String wide = String.join("", paper(0).lines()).replace(" ", "");
        Paper narrow = Paper.printed(RECEIPTS.getFirst(), Roll.NARROW);
        assertEquals(wide, String.join("", narrow.lines()).replace(" ", ""));
        narrow.lines().forEach(line -> assertTrue(line.length() <= 30, line));
    }

    private static Paper paper(int number) {
        return Paper.printed(RECEIPTS.get(number), Roll.WIDE);
    }

    private static Document xml(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
