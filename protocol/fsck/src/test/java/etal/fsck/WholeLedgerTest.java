package etal.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.cose.Hash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeLedgerTest {
    private final TestFund fund = new TestFund("test");
    private final TestLedger ledger = TestLedger.smallDay(fund);
    private final String head = Hash.hex(Hash.sha256(ledger.entries.getLast()));

    @TempDir
    private Path dir;

    @BeforeEach
    void a_day_lies_in_a_directory() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        Files.createDirectories(dir.resolve("ledgers"));
        Files.createDirectories(dir.resolve("receipts"));
        Files.write(dir.resolve("ledgers/t3-e1.etal"), ledger.bytes());
    }

    @Test
    void a_whole_ledger_is_ok_and_says_what_it_could_not_see() {
        Checked checked = Checked.run(dir);
        assertEquals(
                List.of(
                        "t3-e1 ok: 9 entries, head " + head + ", checked to checkpoint 6",
                        "  a tail cut after entry 9 could not be seen here: no receipt given"),
                checked.out().lines().toList());
        assertEquals(0, checked.exit());
    }

    @Test
    void receipts_that_agree_are_counted() throws Exception {
        Files.writeString(dir.resolve("receipts/t3-e1-000004.txt"), "Merci !\n" + ledger.receipt(4) + "\n");
        Checked checked = Checked.run(dir, "--receipt", ledger.receipt(9));
        assertEquals(
                List.of(
                        "t3-e1 ok: 9 entries, head " + head + ", checked to checkpoint 6",
                        "  2 receipts agree, the newest names entry 9"),
                checked.out().lines().toList());
    }
}
