package etal.hub.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.settle.statement.Camt;
import etal.hub.world.TestCard;
import etal.testkit.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code etal hub statement}: what the bank's file says is entered at the running hub, or a sentence says why not. */
class StatementCommandTest {
    private static final String IBAN = "FR14 2004 1010 0505 0001 3M02 606";

    private final Path config;
    private final Path file;
    private String said = "";

    StatementCommandTest(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority(7);
        List<TestCard> cards = HubDirectory.cards(authority);
        config = new HubDirectory(directory, authority, cards).hubYaml("ssl://127.0.0.1:1", "", "");
        file = directory.resolve("releve.xml");
    }

    @Test
    void nothing_is_entered_without_a_file_a_statement_the_funds_own_account_or_a_hub() throws Exception {
        assertEquals(2, run(), said);
        assertTrue(said.contains("il n'y a pas de fichier"), said);
        Files.writeString(file, "date;montant\n2025-04-04;20,50\n");
        assertEquals(2, run(), said);
        assertTrue(said.contains("not well-formed XML"), said);
        Files.write(file, Camt.of("02", "DE89370400440532013000", Camt.debit("20.50", "R1-3")));
        assertEquals(2, run(), said);
        assertTrue(said.contains("DE89370400440532013000"), said);
        Files.write(file, Camt.of("02", IBAN, Camt.debit("20.50", "R1-3")));
        assertEquals(2, run(), said);
        assertTrue(said.contains("ne tourne pas"), said);
    }

    @Test
    void the_running_hub_hears_every_line_and_what_is_unclear_is_said_and_the_exit_code_is_one() throws Exception {
        Files.write(
                file,
                Camt.of(
                        "02",
                        IBAN,
                        Camt.debit("20.50", "R1-3"),
                        Camt.debit("7.00", "R1-5").replace("EUR", "CHF")));
        HubProcess.Running hub = HubProcess.start(HubFile.read(config), crash -> {
            throw new AssertionError(crash);
        });
        try (HubProcess running = hub.process()) {
            assertEquals(1, run(), said);
            // No payout of that name was ever ordered here: the line is kept, and nothing is booked.
            assertTrue(said.contains("1 mouvements de reversements, dont 0 nouveaux dans les livres ; 0 autres"), said);
            assertTrue(said.contains("Ligne 10, R1-5 : dans une autre monnaie"), said);
        }
    }

    private int run() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Hub.run(Sentences.in("fr"), out, out, "statement", file.toString(), "--config", config.toString());
        said = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }
}
