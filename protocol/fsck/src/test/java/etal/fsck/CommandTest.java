package etal.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
    private final TestFund fund = new TestFund("test");
    private final TestLedger ledger = TestLedger.smallDay(fund);

    @TempDir
    private Path dir;

    @Test
    void without_a_path_or_with_a_wrong_word_it_says_how_it_is_used() {
        assertEquals(2, Checked.run().exit());
        assertTrue(Checked.run(dir, "--force").err().startsWith("usage: etal fsck PATH..."));
        assertTrue(Checked.run(dir, "--trust").err().startsWith("--trust needs a value\nusage: "));
        assertEquals(
                "there is no " + dir + "/nowhere\n",
                Checked.run(dir + "/nowhere").err());
        assertTrue(Checked.run(dir, "--receipt", "ETAL1:t3-e1:0:ff").err().startsWith("not a receipt's code"));
    }

    @Test
    void without_a_trust_file_it_names_what_is_missing() throws Exception {
        Path file = Files.write(dir.resolve("t3-e1.etal"), ledger.bytes());
        Checked checked = Checked.run(file);
        assertEquals(3, checked.exit());
        assertEquals(
                "no trust.pem beside " + file + " or above it: name the trust file with --trust F\n", checked.err());
    }

    @Test
    void a_trust_file_that_cannot_be_used_is_bad_input() throws Exception {
        Path file = Files.write(dir.resolve("t3-e1.etal"), ledger.bytes());
        Path trust = dir.resolve("other.pem");
        Files.writeString(trust, "nothing");
        assertEquals(
                "the trust file " + trust + " cannot be used: no certificate in it\n",
                Checked.run(file, "--trust", trust).err());
        fund.writeTrust(trust);
        assertEquals(0, Checked.run(file, "--trust", trust).exit());
        String good = Files.readString(trust);
        new TestFund("stranger").writeTrust(trust);
        String foreign = Files.readString(trust);
        Files.writeString(
                trust, good.substring(0, good.indexOf("-----END")) + foreign.substring(foreign.indexOf("-----END")));
        assertEquals(2, Checked.run(file, "--trust", trust).exit());
    }

    @Test
    void where_nothing_lies_there_is_nothing_to_say() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        assertEquals(2, Checked.run(dir).exit());
    }

    @Test
    void a_receipts_code_is_found_in_what_the_printer_got() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        Path receipts = Files.createDirectories(dir.resolve("receipts"));
        Files.write(receipts.resolve("t3-e1-000008.escpos"), escpos(ledger.receipt(8)));
        Files.write(receipts.resolve("closing.escpos"), new byte[] {0x1b, 0x40, 0x0a});
        Files.write(receipts.resolve("smudged.escpos"), escpos("ETAL1:t3-e1:8:zz"));
        ledger.entries.subList(7, 9).clear();
        Files.write(dir.resolve("t3-e1.etal"), ledger.bytes());
        Checked checked = Checked.run(dir);
        assertEquals(
                "t3-e1 damaged: entry 8, missing: " + receipts.resolve("t3-e1-000008.escpos")
                        + " names it, the ledger ends at entry 7",
                checked.first());
        assertTrue(
                checked.out().endsWith("  " + receipts.resolve("smudged.escpos") + ": a code that cannot be read\n"));
        assertEquals(1, checked.exit());
    }

    @Test
    void ledgers_come_in_the_order_of_their_numbers() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        for (long terminal : new long[] {10, 2, 1}) {
            TestLedger each = new TestLedger(fund, terminal, 1);
            each.genesis();
            Files.write(dir.resolve("t" + terminal + "-e1.etal"), each.bytes());
        }
        String ids = String.join(
                " ",
                Checked.run(dir)
                        .out()
                        .lines()
                        .filter(line -> !line.startsWith("  "))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
        assertEquals("t1-e1 t2-e1 t10-e1", ids);
    }

    /** GS ( k, function 80: the store command of a QR code, between other printing. */
    private static byte[] escpos(String code) {
        byte[] data = code.getBytes(StandardCharsets.US_ASCII);
        int length = data.length + 3;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1b, 0x40, 'M', 'e', 'r', 'c', 'i', 0x0a});
        out.writeBytes(new byte[] {0x1d, '(', 'k', (byte) length, (byte) (length >> 8), 49, 80, 48});
        out.writeBytes(data);
        out.writeBytes(new byte[] {0x1d, '(', 'k', 3, 0, 49, 81, 48, 0x1d, 'V', 0});
        return out.toByteArray();
    }
}
