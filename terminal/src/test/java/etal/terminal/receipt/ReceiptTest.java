package etal.terminal.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.StorageFailed;
import etal.port.printer.Printer;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.ReceiptCode;
import etal.protocol.money.Unit;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import etal.protocol.split.PointOfSale;
import etal.protocol.split.TariffSide;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Details;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.sale.Seller;
import etal.terminal.speech.TillSpeech;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stands on the paper, and what does not. */
class ReceiptTest {
    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    @Test
    void a_receipt_in_french_shows_lines_tender_vat_and_fingerprint() {
        List<String> lines =
                ReceiptText.of(receipt(Seller.VatRegime.NORMAL, 0), TillSpeech.in(Locale.FRENCH, Unit.EURO), 42);

        String paper = String.join("\n", lines).replace('\u00A0', ' ');
        assertEquals("""
                           Chèvrerie du Lavoir
                             SIREN 123456789
                Ticket n° 17             2 avr. 2025 18:05
                ------------------------------------------
                2 x Picodon                         9,00 €
                Clairette de Die                   12,00 €
                ------------------------------------------
                TOTAL                              21,00 €
                Carte de l'alimentation             9,00 €
                Autre règlement                    12,00 €
                ------------------------------------------
                TVA             HT         TVA         TTC
                5,5 %       8,53 €      0,47 €      9,00 €
                20 %       10,00 €      2,00 €     12,00 €
                ------------------------------------------
                                t3-e1 / 40
                           0000-0000-0000-0000""", paper);
        lines.forEach(line -> assertTrue(line.length() <= 42, line));
    }

    @Test
    void on_paper_of_58_mm_everything_is_there_and_nothing_is_wider() {
        List<String> lines =
                ReceiptText.of(receipt(Seller.VatRegime.NORMAL, 1), TillSpeech.in(Locale.FRENCH, Unit.EURO), 32);

        assertEquals("""
                      Chèvrerie du Lavoir
                        SIREN 123456789
                      *** DUPLICATA 1 ***
                Ticket n° 17   2 avr. 2025 18:05
                --------------------------------
                2 x Picodon               9,00 €
                Clairette de Die         12,00 €
                --------------------------------
                TOTAL                    21,00 €
                Carte de l'alimentation   9,00 €
                Autre règlement          12,00 €
                --------------------------------
                TVA 5,5 %                 0,47 €
                  HT                      8,53 €
                  TTC                     9,00 €
                TVA 20 %                  2,00 €
                  HT                     10,00 €
                  TTC                    12,00 €
                --------------------------------
                           t3-e1 / 40
                      0000-0000-0000-0000""", String.join("\n", lines).replace('\u00A0', ' '));
    }

    @Test
    void a_name_too_long_for_the_line_goes_on_on_the_next_and_its_amount_stands_on_the_right() {
        PaperLines lines = new PaperLines(16);
        lines.pair("Fromage de chèvre affiné", "1 234,56 €");
        lines.pair("Pain", "2,00 €");
        lines.centred("Un nom plus long que le papier");
        lines.line("Sanslamoindreespace");
        assertEquals(
                List.of(
                        "Fromage de",
                        "chèvre affiné",
                        "      1 234,56 €",
                        "Pain      2,00 €",
                        "Un nom plus long",
                        " que le papier",
                        "Sanslamoindreesp",
                        "ace"),
                lines.lines());
    }

    @Test
    void a_letter_that_the_printer_writes_as_two_pushes_no_amount_off_the_line() {
        Basket eggs = new Basket(List.of(new BasketLine("eggs", "Œufs, bœuf…", "oeufs", 1, 215, 55, 100)));
        Receipt receipt = new Receipt(
                new Seller(new PointOfSale(3, "123456789"), "Aux œufs", Seller.VatRegime.NORMAL),
                17,
                Instant.parse("2025-04-02T16:05:00Z").atZone(ZoneId.of("Europe/Paris")),
                new Details(eggs, 215, 0),
                new ReceiptCode(new LedgerId(3, 1), 40, new byte[32]),
                0,
                false,
                false,
                0);
        List<String> lines = ReceiptText.of(receipt, TillSpeech.in(Locale.FRENCH, Unit.EURO), 42);
        assertEquals("OEufs, boeuf...                     2,15\u00A0€", lines.get(4));
        assertEquals("Aux oeufs", lines.getFirst().strip());
    }

    @Test
    void a_seller_without_vat_shows_none_and_says_why() {
        String franchise = text(Seller.VatRegime.FRANCHISE);
        assertTrue(franchise.contains("TVA non applicable, art. 293 B du CGI"), franchise);
        assertFalse(franchise.contains("HT"), franchise);
        assertTrue(text(Seller.VatRegime.FORFAIT).contains("Remboursement forfaitaire agricole"));
    }

    /** Cheese at 9.00 and wine at 12.00, asked otherwise; the card pays the cheese and earns. */
    private static String paper(TariffSide side, long cheeseCents, long wineCents, long discountCents) {
        Basket basket = new Basket(
                List.of(
                        new BasketLine(
                                "cheese", "Picodon", "laitier", 2, cheeseCents, 55, 100, List.of(), 900, discountCents),
                        new BasketLine("wine", "Clairette", "alcool", 1, wineCents, 200, 0, List.of(), 1_200, 0)),
                Optional.of(side));
        Receipt receipt = new Receipt(
                new Seller(new PointOfSale(3, "123456789"), "Chèvrerie", Seller.VatRegime.NORMAL),
                17,
                Instant.parse("2025-04-02T16:05:00Z").atZone(ZoneId.of("Europe/Paris")),
                new Details(basket, cheeseCents, wineCents),
                new ReceiptCode(new LedgerId(3, 1), 40, new byte[32]),
                270,
                false,
                false,
                0);
        return String.join("\n", ReceiptText.of(receipt, TillSpeech.in(Locale.FRENCH, Unit.EURO), 42))
                .replace('\u00A0', ' ')
                .replaceAll(" +", " ");
    }

    @Test
    void a_price_chosen_is_one_line_and_vat_falls_on_what_the_producer_earns() {
        String paper = paper(new TariffSide("accessible", 2_100, 1_260, 840), 540, 720, 0);
        assertTrue(paper.contains("2 x Picodon 9,00 €\nClairette 12,00 €"), paper);
        assertTrue(paper.contains("Prix choisi -8,40 €"), paper);
        assertTrue(paper.contains("TOTAL 12,60 €"), paper);
        assertTrue(paper.contains("Bonus gagné 2,70 €"), paper);
        assertTrue(paper.contains("5,5 % 8,53 € 0,47 € 9,00 €"), paper);
        assertTrue(paper.contains("20 % 10,00 € 2,00 € 12,00 €"), paper);
        assertFalse(paper.contains("accessible"), "the paper names no choice");
    }

    @Test
    void what_is_taken_for_the_fund_is_a_line_of_its_own_without_vat() {
        String paper = paper(new TariffSide("solidaire", 2_100, 2_520, -420), 980, 1_440, 100);
        assertTrue(paper.contains("Perçu pour la caisse (sans TVA) 4,20 €"), paper);
        assertTrue(paper.contains("Remise -1,00 €"), paper);
        assertTrue(paper.contains("TOTAL 24,20 €"), paper);
        assertTrue(paper.contains("5,5 % 7,58 € 0,42 € 8,00 €"), paper);
    }

    @Test
    void paper_comes_only_when_the_member_asks() {
        market.ringUp("b1", new Wanted("milk", 1));
        market.stall().cash("b1");
        assertEquals(List.of(), market.printer.printed());

        market.stall().ringUp("b2", List.of(new Wanted("milk", 1)), true);
        market.stall().cash("b2");
        assertEquals("t3-e1-000002", market.printer.printed().getFirst().name());
    }

    @Test
    void the_code_stands_in_clear_in_the_bytes_and_the_balance_nowhere() throws StorageFailed {
        market.stall().ringUp("b1", List.of(new Wanted("cheese", 1)), true);
        market.stall().awaitCard("b1");
        market.tap(new TestCard(fund.card(1)));

        byte[] escpos = market.printer.printed().getFirst().escpos();
        long entry = market.look("b1").entry();
        ReceiptCode code = new ReceiptCode(
                new LedgerId(3, 1), entry, market.till().ledger().hashOf(entry).orElseThrow());
        assertTrue(new String(escpos, StandardCharsets.ISO_8859_1).contains(code.text()));
        String paper = new String(escpos, Charset.forName("IBM00858"));
        assertTrue(paper.contains("4,50\u00A0€"), "the euro of code page 858");
        assertFalse(paper.contains("145,50"), "what the card still holds is the member's");
    }

    @Test
    void a_reprint_is_marked_and_counted() throws StorageFailed {
        market.stall().ringUp("b1", List.of(new Wanted("milk", 1)), true);
        market.stall().cash("b1");

        assertEquals(new ReceiptDesk.Printed.Done(1), market.till().receipts().print(market.look("b1")));
        assertEquals(new ReceiptDesk.Printed.Done(2), market.till().receipts().print(market.look("b1")));

        String paper = new String(market.printer.printed().getLast().escpos(), StandardCharsets.ISO_8859_1);
        assertTrue(paper.contains("DUPLICATA 2"));
        assertEquals("t3-e1-000001-d2", market.printer.printed().getLast().name());
    }

    @Test
    void a_printer_without_paper_costs_no_sale_and_prints_the_original_later() throws StorageFailed {
        market.printer.state(Printer.State.NO_PAPER);
        market.stall().ringUp("b1", List.of(new Wanted("milk", 1)), true);
        market.stall().cash("b1");
        assertEquals(BasketState.PAID, market.look("b1").state());
        assertEquals(
                Body.TechnicalEvent.PRINTER_LOST,
                market.bodies(Body.TechnicalEvent.class).getLast().code());

        market.printer.state(Printer.State.READY);
        assertInstanceOf(
                ReceiptDesk.Printed.Done.class, market.till().receipts().print(market.look("b1")));
        assertEquals("t3-e1-000001", market.printer.printed().getFirst().name());
    }

    private static String text(Seller.VatRegime regime) {
        return String.join("\n", ReceiptText.of(receipt(regime, 0), TillSpeech.in(Locale.FRENCH, Unit.EURO), 42));
    }

    private static Receipt receipt(Seller.VatRegime regime, int duplicate) {
        Basket basket = new Basket(List.of(
                new BasketLine("cheese", "Picodon", "laitier", 2, 900, 55, 100),
                new BasketLine("wine", "Clairette de Die", "alcool", 1, 1_200, 200, 0)));
        return new Receipt(
                new Seller(new PointOfSale(3, "123456789"), "Chèvrerie du Lavoir", regime),
                17,
                Instant.parse("2025-04-02T16:05:00Z").atZone(ZoneId.of("Europe/Paris")),
                new Details(basket, 900, 1_200),
                new ReceiptCode(new LedgerId(3, 1), 40, new byte[32]),
                0,
                false,
                false,
                duplicate);
    }
}
