package etal.provisioning.ca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.port.StorageFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("journal.log");
    }

    private static List<String> lines(Journal journal) throws StorageFailed {
        return journal.step(known -> List.copyOf(known.lines()));
    }

    private static void append(Journal journal, String line) throws StorageFailed {
        int size = journal.step(known -> {
            known.append(line);
            return known.lines().size();
        });
        assertEquals(size, lines(journal).size());
    }

    @Test
    void a_line_torn_at_any_byte_is_as_if_it_had_never_been_written() throws Exception {
        Journal journal = Journal.open(file());
        append(journal, "first");
        int keep = (int) Files.size(file());
        append(journal, "second, with an é");
        byte[] whole = Files.readAllBytes(file());
        for (int cut = keep; cut < whole.length; cut++) {
            Files.write(file(), Arrays.copyOf(whole, cut));
            Journal torn = Journal.open(file());
            assertEquals(List.of("first"), lines(torn), "cut at " + cut);
            append(torn, "third");
            assertEquals(List.of("first", "third"), lines(Journal.open(file())), "cut at " + cut);
        }
    }

    @Test
    void any_byte_changed_before_the_last_line_stops() throws Exception {
        Journal journal = Journal.open(file());
        append(journal, "first");
        append(journal, "second");
        byte[] whole = Files.readAllBytes(file());
        int firstLine = whole.length / 2;
        for (int at = 0; at < firstLine; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(file(), damaged);
            assertThrows(StorageFailed.class, () -> Journal.open(file()), "byte " + at);
        }
    }

    @Test
    void what_another_process_has_added_is_seen_before_the_next_step() throws Exception {
        Journal ours = Journal.open(file());
        Journal theirs = Journal.open(file());
        append(ours, "ours");
        append(theirs, "theirs");
        append(ours, "ours again");
        assertEquals(List.of("ours", "theirs", "ours again"), lines(theirs));
    }
}
