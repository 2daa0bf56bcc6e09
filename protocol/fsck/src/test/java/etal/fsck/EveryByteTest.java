package etal.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fsck.check.CheckedLedger;
import etal.fsck.check.LedgerCheck;
import etal.fsck.check.Verifications;
import etal.fsck.place.LedgerFile;
import etal.fsck.trust.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Not one bit of a ledger file can change, and not one byte be missing, without being seen. */
class EveryByteTest {
    /** Set to check all eight bits of each byte instead of two changes. */
    private static final boolean THOROUGH = Boolean.getBoolean("etal.thorough");

    private final TestFund fund = new TestFund("test");
    private final TestLedger ledger = TestLedger.smallDay(fund);
    private final byte[] whole = ledger.bytes();

    @TempDir
    private Path dir;

    private Verifications verifications;

    @BeforeEach
    void the_fund_is_trusted() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        verifications = new Verifications(Trust.read(dir.resolve("trust.pem")));
        assertNull(check(whole).fault());
    }

    @Test
    void a_changed_byte_is_seen_wherever_it_is() {
        List<String> unseen = IntStream.range(0, whole.length)
                .parallel()
                .boxed()
                .flatMap(at -> changes(at).mapToObj(bits -> unseen(at, bits)))
                .filter(each -> !each.isEmpty())
                .toList();
        assertEquals(List.of(), unseen);
    }

    @Test
    void an_inserted_or_a_removed_byte_is_seen_wherever_it_is() {
        List<Integer> unseen = IntStream.range(0, whole.length)
                .parallel()
                .filter(at ->
                        check(without(at)).fault() == null || check(doubled(at)).fault() == null)
                .boxed()
                .toList();
        assertEquals(List.of(), unseen);
    }

    @Test
    void a_file_cut_anywhere_is_damaged_but_at_an_entry_beyond_the_newest_acknowledgement() {
        List<Integer> whereOk = IntStream.range(0, whole.length)
                .parallel()
                .filter(length -> check(Arrays.copyOf(whole, length)).fault() == null)
                .boxed()
                .toList();
        int ninth = whole.length - ledger.entries.get(8).length;
        int eighth = ninth - ledger.entries.get(7).length;
        int seventh = eighth - ledger.entries.get(6).length;
        assertEquals(List.of(seventh, eighth, ninth), whereOk);
    }

    @Test
    void a_changed_byte_of_an_entry_is_named_with_that_entry() {
        int start = whole.length
                - ledger.entries.stream().mapToInt(each -> each.length).sum();
        for (int number = 1; number <= 9; number++) {
            int length = ledger.entries.get(number - 1).length;
            for (int at = start + 4; at < start + length; at += 7) {
                CheckedLedger checked = check(changed(at, 1));
                assertTrue(checked.fault() != null && checked.fault().entry() == number, "byte " + at + ": " + checked);
            }
            start += length;
        }
    }

    private IntStream changes(int at) {
        return THOROUGH ? IntStream.range(0, 8).map(bit -> 1 << bit) : IntStream.of(1 << at % 8, 0xff);
    }

    private String unseen(int at, int bits) {
        return check(changed(at, bits)).fault() == null ? "byte " + at + " changed by " + bits : "";
    }

    private byte[] changed(int at, int bits) {
        byte[] bytes = whole.clone();
        bytes[at] ^= (byte) bits;
        return bytes;
    }

    private byte[] without(int at) {
        byte[] bytes = new byte[whole.length - 1];
        System.arraycopy(whole, 0, bytes, 0, at);
        System.arraycopy(whole, at + 1, bytes, at, whole.length - at - 1);
        return bytes;
    }

    private byte[] doubled(int at) {
        byte[] bytes = new byte[whole.length + 1];
        System.arraycopy(whole, 0, bytes, 0, at + 1);
        System.arraycopy(whole, at, bytes, at + 1, whole.length - at);
        return bytes;
    }

    private CheckedLedger check(byte[] bytes) {
        try (LedgerFile file = LedgerFile.of(new ByteArrayInputStream(bytes))) {
            return LedgerCheck.check(file, verifications);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
