package etal.hub.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.sqlite.SqliteDatabase;
import etal.hub.books.Sql;
import etal.hub.world.TestCard;
import etal.testkit.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the hub's store is not what the hub wrote: it says so in a sentence and ends. */
class DamagedStoreTest {
    private final Path directory;
    private final Path config;

    DamagedStoreTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        TestAuthority authority = new TestAuthority(7);
        List<TestCard> cards = HubDirectory.cards(authority);
        config = new HubDirectory(directory, authority, cards).hubYaml("ssl://127.0.0.1:1", "", "");
        HubProcess.start(HubFile.read(config), crash -> {
                    throw new AssertionError(crash);
                })
                .process()
                .close();
    }

    @Test
    void published_rules_that_do_not_read_are_named() throws Exception {
        assertTrue(saidAfter("UPDATE document SET bytes = x'd2' WHERE kind = 'scheme'")
                .contains("a document does not read"));
    }

    @Test
    void published_rules_that_say_something_else_are_not_laid_on_the_file() throws Exception {
        String said = saidAfter("UPDATE document SET bytes = CAST(substr(bytes, 1, 700) || x'33' || substr(bytes, 702)"
                + " AS BLOB) WHERE kind = 'scheme'");
        assertTrue(said.contains("the signature of the document scheme 1 does not hold"), said);
    }

    /** What the hub says on its way out. */
    private String saidAfter(String damage) throws Exception {
        try (SqliteDatabase store = SqliteDatabase.open(directory.resolve("hub.db"))) {
            store.inTransaction(connection -> Sql.update(connection, damage));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Hub.run(Sentences.in("en"), print, print, "run", "--config", config.toString());
        String said = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(3, code, said);
        assertFalse(said.contains("Exception"), said);
        return said;
    }
}
