package etal.hub.settle.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.hub.settle.PayoutRuns;
import etal.port.CentralFund.Statement;
import etal.protocol.cbor.Malformed;
import java.time.ZoneId;
import java.util.Map;

/** The bank's statements: lines of payouts, or a refusal. */
final class StatementFuzzTest {
    private static final AccountStatement.Payer PAYER =
            new AccountStatement.Payer("EUR", ZoneId.of("Europe/Paris"), Map.of(3L, "FR7630001007940000000000148"));

    @FuzzTest(maxDuration = "5m")
    void an_account_statement(byte[] in) {
        try {
            AccountStatement read = AccountStatement.read(in, PAYER);
            assertFalse(read.accounts().isEmpty());
            for (Statement line : read.lines()) {
                assertTrue(line.amountCents() >= 0);
                assertTrue(PayoutRuns.isIdentification(line.endToEndId()));
            }
            assertEquals(read, AccountStatement.read(in, PAYER));
        } catch (Malformed refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank());
        }
    }
}
