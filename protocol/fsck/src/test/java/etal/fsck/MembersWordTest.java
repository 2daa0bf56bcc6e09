package etal.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.ledger.Body;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sale may say what its card was to pay at most. */
class MembersWordTest {
    @Test
    void the_members_word_is_no_damage(@TempDir Path dir) throws Exception {
        TestFund fund = new TestFund("test");
        TestLedger ledger = TestLedger.smallDay(fund);
        fund.writeTrust(dir.resolve("trust.pem"));
        ledger.add(
                new Body.Sale(4, TestLedger.SELLER, TestLedger.SCHEME, List.of(), new byte[32], null, null, null, 1L));

        Checked checked = Checked.run(Files.write(dir.resolve("t3-e1.etal"), ledger.bytes()));

        assertEquals(0, checked.exit(), checked.first());
    }
}
