package etal.fleet.world.open;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PapersTest {
    @TempDir
    Path receipts = Path.of("");

    /** As the printer lays them: whole, by a move. */
    private void print(String name, int content) throws IOException {
        Path part = receipts.resolve("." + name + ".part");
        Files.write(part, new byte[] {(byte) content});
        Files.move(part, receipts.resolve(name + ".escpos"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void what_is_there_already_is_numbered_by_name_and_others_paper_is_not_ours() throws Exception {
        print("t1-e1-000002", 2);
        print("t1-e1-000001", 1);
        print("t12-e1-000001", 9);
        try (Papers papers = Papers.watch(receipts, "t1-", () -> {})) {
            assertEquals(List.of(1, 2), papers.numbers());
            assertArrayEquals(new byte[] {1}, papers.bytes(1).orElseThrow());
            assertArrayEquals(new byte[] {2}, papers.bytes(2).orElseThrow());
            assertEquals(Optional.empty(), papers.bytes(0));
            assertEquals(Optional.empty(), papers.bytes(3));
        }
    }

    @Test
    void what_comes_is_told_and_keeps_its_number() throws Exception {
        var told = new CountDownLatch(1);
        try (Papers papers = Papers.watch(receipts, "t1-", told::countDown)) {
            print("t1-e1-000005", 5);
            assertTrue(told.await(20, TimeUnit.SECONDS), "nobody was told");
            print("t1-e1-000005-d1", 6);
            Await.until("the duplicate", Duration.ofSeconds(20), papers::numbers, List.of(1, 2)::equals);
            assertArrayEquals(new byte[] {6}, papers.bytes(2).orElseThrow());
        }
    }
}
