package etal.edge.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.SeededEntropy;
import etal.port.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileMediumTest {
    @TempDir
    Path directory;

    private Path file = Path.of("");
    private final List<byte[]> written = new ArrayList<>();

    @BeforeEach
    void write_five_entries() throws StorageFailed {
        file = directory.resolve("t3-e1.frames");
        SeededEntropy entropy = new SeededEntropy(5);
        try (FileMedium medium = new FileMedium(file, true)) {
            for (int entry = 0; entry < 5; entry++) {
                written.add(entropy.bytes(20 + entry));
                medium.append(written.getLast());
            }
        }
    }

    @Test
    void entries_come_back_in_the_order_of_writing() throws StorageFailed {
        assertHolds(5);
    }

    @Test
    void an_empty_medium_has_no_entries() throws StorageFailed {
        assertEquals(0, new FileMedium(directory.resolve("other"), true).read().count());
    }

    @Test
    void a_tail_torn_anywhere_is_left_out_and_overwritten() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        int lastFrame = 12 + 24;
        for (int cut = 1; cut < lastFrame; cut++) {
            Files.write(file, Arrays.copyOf(whole, whole.length - cut));
            assertHolds(4);
            try (FileMedium medium = new FileMedium(file, false)) {
                medium.append(written.getLast());
            }
            assertHolds(5);
            assertArrayEquals(whole, Files.readAllBytes(file));
        }
    }

    @Test
    void a_tail_whose_bytes_never_reached_the_disk_is_left_out() throws Exception {
        byte[] longer = Arrays.copyOf(Files.readAllBytes(file), 4096);
        Files.write(file, longer);
        assertHolds(5);
    }

    @Test
    void every_flipped_bit_before_the_last_entry_is_named_as_damage() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        int lastFrame = 12 + 24;
        for (int bit = 0; bit < (whole.length - lastFrame) * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            StorageFailed damaged =
                    assertThrows(StorageFailed.class, () -> new FileMedium(file, true).read(), "bit " + bit);
            assertTrue(damaged.toString().contains("damaged at byte "), damaged.toString());
        }
    }

    @Test
    void a_flipped_bit_in_the_last_entry_never_passes_as_whole() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        for (int bit = (whole.length - 12 - 24) * 8; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            assertTrue(entriesOrDamage() <= 4, "bit " + bit);
        }
    }

    @Test
    void a_stick_that_is_away_fails_each_append_until_it_is_back() throws Exception {
        Path stick = Files.createDirectory(directory.resolve("stick"));
        FileMedium medium = new FileMedium(stick.resolve("t3-e1.frames"), true);
        Files.delete(stick);
        assertThrows(StorageFailed.class, () -> medium.append(new byte[] {1}));
        assertThrows(StorageFailed.class, () -> medium.append(new byte[] {1}));
        Files.createDirectory(stick);
        medium.append(new byte[] {1});
        assertEquals(1, medium.read().count());
        medium.close();
    }

    private long entriesOrDamage() throws IOException {
        try {
            return new FileMedium(file, true).read().count();
        } catch (StorageFailed damage) {
            return 0;
        }
    }

    private void assertHolds(int entries) throws StorageFailed {
        List<byte[]> read = new FileMedium(file, true).read().toList();
        assertEquals(entries, read.size());
        for (int entry = 0; entry < entries; entry++) {
            assertArrayEquals(written.get(entry), read.get(entry));
        }
    }
}
