package etal.hub.settle.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.settle.statement.AccountStatement.Unclear;
import etal.hub.settle.statement.AccountStatement.Why;
import etal.port.CentralFund.Statement;
import etal.protocol.cbor.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bank's file says of payouts, and what it can be that is no such file. */
class AccountStatementTest {
    private static final String IBAN = "FR7630001007940000000009945";
    private static final String STALL = "FR7630001007940000000000148";
    private static final Instant BOOKED = Instant.parse("2025-04-03T22:00:00Z");
    private static final AccountStatement.Payer PAYER =
            new AccountStatement.Payer("EUR", ZoneId.of("Europe/Paris"), Map.of(3L, STALL));

    @Test
    void a_payout_that_left_and_one_that_came_back_are_lines_and_everything_else_is_counted() throws Malformed {
        AccountStatement read = read(
                Camt.debit("20.50", "R1-3"),
                Camt.returned("7.00", "R1-5"),
                Camt.entry("CRDT", "150.00", "COTISATION AVRIL", ""),
                Camt.entry("DBIT", "820.00", "NOTPROVIDED", ""),
                Camt.debit("20.50", "R2-3").replace("BOOK", "PDNG"),
                "<Ntry><Amt Ccy=\"EUR\">9.90</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts></Ntry>");
        assertEquals(Set.of(IBAN), read.accounts());
        assertEquals(
                List.of(new Statement("R1-3", false, 2_050, BOOKED), new Statement("R1-5", true, 700, BOOKED)),
                read.lines());
        assertEquals(4, read.others());
        assertEquals(List.of(), read.unclear());
    }

    @Test
    void a_members_own_payment_is_no_payout_that_came_back_whatever_they_write_into_it() throws Malformed {
        assertEquals(List.of(), read(Camt.entry("CRDT", "20.50", "R1-3", "")).lines());
    }

    @Test
    void a_reversal_and_the_banks_code_for_returns_say_so_too() throws Malformed {
        String reversal = Camt.entry("CRDT", "20.50", "R1-3", "").replace("<Sts>", "<RvslInd>true</RvslInd><Sts>");
        String code =
                "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>";
        List<Statement> back = List.of(new Statement("R1-3", true, 2_050, BOOKED));
        assertEquals(back, read(reversal).lines());
        assertEquals(back, read(Camt.entry("CRDT", "20.50", "R1-3", code)).lines());
        assertEquals(
                List.of(),
                read(Camt.debit("20.50", "R1-3").replace("<Sts>", "<RvslInd>true</RvslInd><Sts>"))
                        .lines(),
                "a credit that was taken back");
    }

    @Test
    void amounts_statuses_and_moments_are_read_as_the_newer_versions_write_them() throws Malformed {
        String entry = """
                <Ntry><Amt Ccy="EUR">27.5</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
                 <BookgDt><DtTm>2025-04-04T10:00:00+02:00</DtTm></BookgDt><NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>
                 <TxDtls><Refs><EndToEndId>R1-3</EndToEndId></Refs><Amt Ccy="EUR">20.50</Amt></TxDtls>
                 <TxDtls><Refs><EndToEndId>R1-5</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">7</Amt></TxAmt></AmtDtls>
                 </TxDtls></NtryDtls></Ntry>""";
        Instant at = Instant.parse("2025-04-04T08:00:00Z");
        assertEquals(
                List.of(new Statement("R1-3", false, 2_050, at), new Statement("R1-5", false, 700, at)),
                AccountStatement.read(Camt.of("13", IBAN, entry), PAYER).lines());
        assertEquals(
                Instant.parse("2025-04-04T08:00:00Z"),
                read(entry.replace("+02:00", "")).lines().getFirst().bookedAt(),
                "the fund's own time");
    }

    @Test
    void what_lacks_something_is_named_with_its_line_and_not_taken() throws Malformed {
        String to = "<RltdPties><CdtrAcct><Id><IBAN>%s</IBAN></Id></CdtrAcct></RltdPties>";
        String two = Camt.debit("20.50", "R1-3").replace("</TxDtls>", "</TxDtls><TxDtls/>");
        assertEquals(List.of(new Unclear(7, "R1-3", Why.AMOUNT)), read(two).unclear());
        assertEquals(
                List.of(new Unclear(7, "R1-3", Why.CURRENCY)),
                read(Camt.debit("20.50", "R1-3").replace("EUR", "CHF")).unclear());
        assertEquals(
                List.of(new Unclear(7, "R1-3", Why.DAY)),
                read(Camt.debit("20.50", "R1-3").replace("BookgDt", "ValDt")).unclear());
        assertEquals(
                List.of(new Unclear(7, "R1-3", Why.ACCOUNT)),
                read(Camt.entry("DBIT", "20.50", "R1-3", to.formatted(IBAN))).unclear());
        assertEquals(
                1,
                read(Camt.entry("DBIT", "20.50", "R1-3", to.formatted(STALL)))
                        .lines()
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12,50", "-1.00", "1e3", "", "0.001", "99999999999999", "١٢"})
    void an_amount_that_is_none_refuses_the_file_and_names_the_line(String amount) {
        String said = refusal(new String(Camt.of("02", IBAN, Camt.debit(amount, "R1-3")), StandardCharsets.UTF_8));
        assertTrue(said.startsWith("line 5: Amt: "), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-02-30", "04/04/2025", "", "9999-12-31", "2025-04-04T00:00:00"})
    void a_day_that_is_none_refuses_the_file_and_names_the_line(String day) {
        String file = new String(Camt.of("02", IBAN, Camt.debit("1.00", "R1-3")), StandardCharsets.UTF_8);
        String said = refusal(file.replace("2025-04-04", day));
        assertEquals("line 6: BookgDt: no day", said);
    }

    @Test
    void a_file_that_reaches_for_others_or_grows_without_end_is_refused() {
        String file = new String(Camt.of("02", IBAN, Camt.debit("&x;", "R1-3")), StandardCharsets.UTF_8);
        for (String type : List.of(
                "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE Document [<!ENTITY y \"yyyyyyyy\"><!ENTITY x \"&y;&y;&y;&y;&y;&y;&y;&y;\">]>",
                "<!DOCTYPE Document SYSTEM \"http://127.0.0.1:1/x.dtd\">",
                "")) {
            String said = refusal(file.replace("<Document", type + "<Document"));
            assertTrue(said.startsWith("line "), said);
        }
        assertTrue(refusal("<a>".repeat(50)).contains("too deep"));
        assertTrue(refusal("<a>" + "x".repeat(10_001) + "</a>").contains("10000 characters"));
        assertTrue(refusal("<a>" + "<b/>".repeat(500_000) + "</a>").contains("too long"));
        assertTrue(refusal("x".repeat(AccountStatement.BYTES_MAX + 1)).contains("bytes"));
    }

    @Test
    void a_file_is_read_in_the_encoding_that_it_names_and_bytes_that_are_none_refuse_it() throws Malformed {
        String file = new String(Camt.of("02", IBAN, Camt.debit("20.50", "R1-3")), StandardCharsets.UTF_8)
                .replace("M1", "Société");
        byte[] latin = file.replace("UTF-8", "iso-8859-1").getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(1, AccountStatement.read(latin, PAYER).lines().size());
        assertEquals(
                1,
                AccountStatement.read(("\uFEFF" + file).getBytes(StandardCharsets.UTF_8), PAYER)
                        .lines()
                        .size());
        byte[] wrong = file.getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(Malformed.class, () -> AccountStatement.read(wrong, PAYER));
        assertTrue(refusal(file.replace("UTF-8", "UTF-7")).contains("another encoding"));
    }

    @Test
    void what_is_no_statement_is_refused() {
        assertTrue(refusal("<Document/>").contains("no account statement camt.053"));
        assertTrue(
                refusal(new String(Camt.of("2", IBAN), StandardCharsets.UTF_8)).contains("camt.053"));
        assertTrue(refusal("R1-3;20,50").contains("not well-formed XML"));
        assertTrue(refusal("").contains("not well-formed XML"));
    }

    private static AccountStatement read(String... entries) throws Malformed {
        return AccountStatement.read(Camt.of("02", IBAN, entries), PAYER);
    }

    private static String refusal(String file) {
        return String.valueOf(assertThrows(
                        Malformed.class, () -> AccountStatement.read(file.getBytes(StandardCharsets.UTF_8), PAYER))
                .getMessage());
    }
}
