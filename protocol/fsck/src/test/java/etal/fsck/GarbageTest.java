package etal.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.testkit.Seeds;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies there, the checker ends with a verdict and never with an exception. */
class GarbageTest {
    private final TestFund fund = new TestFund("test");
    private final byte[] whole = TestLedger.smallDay(fund).bytes();

    @TempDir
    private Path dir;

    @Test
    void random_bytes_are_damage() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        Seeds.forEach(150, seed -> {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            requireDamage(bytes);
        });
    }

    @Test
    void a_ledger_with_pieces_moved_doubled_or_overwritten_is_damage() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        Seeds.forEach(150, seed -> {
            Random random = new Random(seed);
            byte[] bytes = whole.clone();
            int length = 1 + random.nextInt(300);
            int from = random.nextInt(bytes.length - length);
            int to = random.nextInt(bytes.length - length);
            System.arraycopy(whole, from, bytes, to, length);
            if (!java.util.Arrays.equals(bytes, whole)) {
                requireDamage(bytes);
            }
        });
    }

    @Test
    void lengths_that_promise_more_than_there_is_cost_nothing() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        for (int head : new int[] {0x5b, 0x7b, 0x9b, 0xbb, 0xdb}) {
            byte[] bytes = {(byte) head, 0x7f, -1, -1, -1, -1, -1, -1, -1, 0, 0};
            requireDamage(bytes);
            bytes[1] = -1;
            requireDamage(bytes);
        }
        byte[] nested = new byte[100_000];
        java.util.Arrays.fill(nested, (byte) 0x81);
        requireDamage(nested);
    }

    @Test
    @Timeout(60)
    void a_file_of_a_hundred_megabytes_ends_soon() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        Path file = dir.resolve("t3-e1.etal");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(whole);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                out.write(zeros);
            }
        }
        assertEquals(
                "t3-e1 damaged: entry 10, not a signed message",
                Checked.run(file).first());
    }

    @Test
    void a_name_with_a_line_break_stays_on_one_line() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        Path file = Files.write(dir.resolve("t9-e9 ok\nt8.etal"), new byte[1]);
        assertEquals(
                "t9-e9 ok?t8 damaged: entry 1, not a signed message",
                Checked.run(file).first());
    }

    private void requireDamage(byte[] bytes) throws Exception {
        Checked checked = Checked.run(Files.write(dir.resolve("t3-e1.etal"), bytes));
        assertEquals(1, checked.exit());
        assertTrue(checked.first().startsWith("t3-e1 damaged: entry "), checked.first());
    }
}
