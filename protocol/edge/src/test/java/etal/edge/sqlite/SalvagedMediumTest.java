package etal.edge.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.port.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stick of a terminal that is no more: read as far as it is whole, never written to. */
class SalvagedMediumTest {
    @TempDir
    Path directory;

    @Test
    void any_flipped_bit_leaves_what_lies_before_it_and_the_file_as_it_is() throws StorageFailed, IOException {
        Path file = written();
        byte[] whole = Files.readAllBytes(file);
        int frame = whole.length / 3;
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);

            List<byte[]> read = new SalvagedMedium(file).read().toList();

            assertEquals(bit / 8 / frame, read.size(), "bit " + bit);
            assertArrayEquals(damaged, Files.readAllBytes(file));
        }
    }

    @Test
    void it_is_not_written_to() throws StorageFailed {
        SalvagedMedium medium = new SalvagedMedium(written());

        assertThrows(StorageFailed.class, () -> medium.append(new byte[] {9}));
    }

    @Test
    void a_stick_that_is_not_there_is_said_to_be_unreadable() {
        SalvagedMedium medium = new SalvagedMedium(directory.resolve("nothing"));

        assertThrows(StorageFailed.class, medium::read);
    }

    private Path written() throws StorageFailed {
        Path file = directory.resolve("t3-e1.entries");
        try (FileMedium medium = new FileMedium(file, false)) {
            for (byte entry = 1; entry <= 3; entry++) {
                medium.append(new byte[] {entry, entry, entry});
            }
        }
        return file;
    }
}
