package etal.hub.settle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.members.Fund.Debtor;
import etal.port.CentralFund.Payout;
import etal.port.CentralFund.PayoutRun;
import etal.protocol.money.Unit;
import etal.protocol.scheme.Scheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.iban4j.IbanFormatException;
import org.iban4j.InvalidCheckDigitException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayoutFileTest {
    private static final Settlement EURO = new Settlement(Unit.EURO, new Scheme.Parity("EUR", Scheme.Parity.PAR));
    private static final Debtor DEBTOR =
            new Debtor("Caisse de Dieulefit — l'été", "FR14 2004 1010 0505 0001 3M02 606", "PSSTFRPPMON");

    @Test
    void the_file_is_valid_under_the_banks_schema() throws Exception {
        Path xsd = data().resolve("iso20022/pain.001.001.09.xsd");
        Assumptions.assumeTrue(Files.exists(xsd), "the ISO 20022 schema is not there: " + xsd);
        assertEquals(List.of(), PayoutFile.validate(PayoutFile.write(run(), DEBTOR, EURO), xsd));
        String other = text().replace("<ChrgBr>SLEV</ChrgBr>", "<ChrgBr>X</ChrgBr>");
        assertFalse(
                PayoutFile.validate(other.getBytes(StandardCharsets.UTF_8), xsd).isEmpty());
    }

    @Test
    void sums_and_amounts_are_written_with_the_decimals_of_the_unit() {
        String xml = text();
        assertEquals(2, xml.split("<CtrlSum>1234567.90</CtrlSum>", -1).length - 1, "header and payment agree");
        assertTrue(xml.contains("<NbOfTxs>2</NbOfTxs>"));
        assertTrue(xml.contains("<InstdAmt Ccy=\"EUR\">0.05</InstdAmt>"));
        assertTrue(xml.contains("<InstdAmt Ccy=\"EUR\">1234567.85</InstdAmt>"));
        assertTrue(xml.contains("<CreDtTm>2025-04-02T19:00:05Z</CreDtTm>"));
        assertTrue(xml.contains("<Dt>2025-04-03</Dt>"));
        assertTrue(xml.contains("<Nm>Caisse de Dieulefit - l'ete</Nm>"), xml);
    }

    @Test
    void the_same_run_gives_the_same_bytes() {
        assertArrayEquals(PayoutFile.write(run(), DEBTOR, EURO), PayoutFile.write(run(), DEBTOR, EURO));
    }

    @Test
    void a_wrong_iban_or_an_empty_run_gives_no_file() {
        PayoutRun digit = run(new Payout("R1-3", "A", "FR7630006000011234567890188", 5, "x"));
        assertThrows(InvalidCheckDigitException.class, () -> PayoutFile.write(digit, DEBTOR, EURO));
        PayoutRun word = run(new Payout("R1-3", "A", "nothing", 5, "x"));
        assertThrows(IbanFormatException.class, () -> PayoutFile.write(word, DEBTOR, EURO));
        assertThrows(IllegalArgumentException.class, () -> PayoutFile.write(run(new Payout[0]), DEBTOR, EURO));
    }

    @Test
    void francs_are_paid_without_what_only_sepa_knows_and_the_file_is_still_valid() throws Exception {
        Settlement francs = new Settlement(new Unit("Radis", "R", 0), new Scheme.Parity("CHF", Scheme.Parity.PAR));
        byte[] file = PayoutFile.write(run(), DEBTOR, francs);
        String xml = new String(file, StandardCharsets.UTF_8);
        assertTrue(xml.contains("<InstdAmt Ccy=\"CHF\">5.00</InstdAmt>"), xml);
        assertFalse(xml.contains("SEPA") || xml.contains("SLEV"), xml);
        Path xsd = data().resolve("iso20022/pain.001.001.09.xsd");
        Assumptions.assumeTrue(Files.exists(xsd), "the ISO 20022 schema is not there: " + xsd);
        assertEquals(List.of(), PayoutFile.validate(file, xsd));
    }

    @Test
    void the_control_sum_is_the_sum_of_what_is_paid() {
        Settlement rounded = new Settlement(Unit.EURO, new Scheme.Parity("EUR", 500_000));
        PayoutRun three = run(
                new Payout("R1-1", "A", "FR7630006000011234567890189", 3, "x"),
                new Payout("R1-2", "B", "FR7630006000011234567890189", 3, "x"),
                new Payout("R1-3", "C", "FR7630006000011234567890189", 3, "x"));
        String xml = new String(PayoutFile.write(three, DEBTOR, rounded), StandardCharsets.UTF_8);
        // Half of 0.03 is 0.015, paid as 0.02: three of them are 0.06, though half of 0.09 would be 0.04.
        assertTrue(xml.contains("<CtrlSum>0.06</CtrlSum>"), xml);
    }

    @Test
    void a_currency_that_no_bank_knows_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Settlement(Unit.EURO, new Scheme.Parity("XYZ", Scheme.Parity.PAR)));
    }

    @ParameterizedTest
    @CsvSource({
        "Chèvrerie du Haut-Bois, Chevrerie du Haut-Bois",
        "Œufs & Cie, OEufs + Cie",
        "L’Étal, L'Etal",
        "a//b, a/b",
        "名, .",
        "/x/, x"
    })
    void names_are_written_in_the_banks_characters(String name, String written) {
        assertEquals(written, SepaText.of(name, 70));
        assertEquals(written.substring(0, 1), SepaText.of(name, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-04-02, 2025-04-03",
        "2025-04-17, 2025-04-22",
        "2025-04-30, 2025-05-02",
        "2025-12-24, 2025-12-29",
        "2025-12-31, 2026-01-02",
        "2024-03-28, 2024-04-02"
    })
    void payouts_are_due_on_the_next_day_on_which_euro_payments_settle(LocalDate day, LocalDate next) {
        assertEquals(next, TargetCalendar.nextAfter(day));
    }

    private static String text() {
        return new String(PayoutFile.write(run(), DEBTOR, EURO), StandardCharsets.UTF_8);
    }

    private static PayoutRun run() {
        return run(
                new Payout("R1-3", "Chèvrerie <& fils>", "FR7630006000011234567890189", 5, "Reversement 2025-04-02"),
                new Payout("R1-5", "Fournil", "DE89370400440532013000", 123_456_785, "Reversement"));
    }

    private static PayoutRun run(Payout... payouts) {
        return new PayoutRun("R1", Instant.parse("2025-04-02T19:00:05.123Z"), "2025-04-03", List.of(payouts));
    }

    /** Public data files lie beside the project, or where ETAL_DATA says. */
    private static Path data() {
        String set = System.getenv("ETAL_DATA");
        return set != null ? Path.of(set) : Path.of("../../shared/data");
    }
}
