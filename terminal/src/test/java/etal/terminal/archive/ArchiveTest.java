package etal.terminal.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.StorageFailed;
import etal.protocol.ledger.LedgerFile;
import etal.protocol.money.Unit;
import etal.terminal.basket.Wanted;
import etal.terminal.closing.Term;
import etal.terminal.ledger.Sql;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.speech.TillSpeech;
import etal.testkit.ChildProcess;
import etal.testkit.TempDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An archive says all of a period, and an inspector can check it with openssl and sha256sum by what is written in it. */
class ArchiveTest {
    private static final LocalDate WEDNESDAY = LocalDate.of(2025, 4, 2);
    private static final LocalDate NEXT = WEDNESDAY.plusDays(7);
    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);
    private final TempDirectory directory = TempDirectory.make();

    @BeforeEach
    void two_market_days() throws StorageFailed {
        market.ringUp("b1", new Wanted("cheese", 2), new Wanted("wine", 1));
        market.stall().awaitCard("b1");
        market.tap(new TestCard(fund.card(1)));
        market.ringUp("b2", new Wanted("milk", 3));
        market.stall().cash("b2");
        market.till().closing().close(WEDNESDAY);
        market.clock.advance(Duration.ofDays(7));
        market.ringUp("b3", new Wanted("jam", 1));
        market.stall().cash("b3");
    }

    @AfterEach
    void cleared() {
        directory.close();
    }

    @Test
    void what_stands_in_the_description_shows_that_all_is_whole() throws Exception {
        market.till().closing().close(NEXT);
        Path folder = unpacked(archive(WEDNESDAY, NEXT));

        List<String> said = asDescribed(folder);

        for (String found : List.of(
                "1. fichiers entiers",
                "2. signature du terminal",
                "3a. numéros et chaîne",
                "3b. empreintes",
                "4. détails",
                "5. écriture")) {
            assertTrue(said.stream().anyMatch(line -> line.startsWith(found)), found + " is not in " + said);
        }
        assertTrue(said.stream().noneMatch(line -> line.contains(": ")), "" + said);
    }

    @Test
    void each_step_finds_what_it_is_there_for() throws Exception {
        Archive archive = archive(WEDNESDAY, NEXT);
        String detail = archive.files().keySet().stream()
                .filter(name -> name.startsWith("details/"))
                .findFirst()
                .orElseThrow();

        assertFalse(foundAfterTouching(archive, "lignes.csv").contains("1. fichiers entiers"));
        assertFalse(foundAfterTouching(archive, "SHA256SUMS").contains("2. signature du terminal"));
        assertFalse(foundAfterTouching(archive, "t3-e1.etal").contains("3b. empreintes"));
        assertFalse(foundAfterTouching(archive, "t3-e1.etal").stream().anyMatch(line -> line.startsWith("5. ")));
        assertFalse(foundAfterTouching(archive, detail).contains("4. détails"));
    }

    @Test
    void it_holds_the_ledger_from_its_first_entry_and_the_details_of_the_period_alone() throws Exception {
        Archive first = archive(WEDNESDAY, WEDNESDAY);
        Archive second = archive(NEXT, NEXT);

        assertEquals(2, first.sales());
        assertTrue(first.closed());
        assertEquals(3, details(first), "two sales and a closing");
        assertEquals(1, second.sales());
        assertFalse(second.closed());
        assertEquals(1, details(second));
        LedgerFile ledger = LedgerFile.decode(bytes(second, "t3-e1.etal"));
        assertEquals(second.lastNumber(), ledger.entries().size());
        assertEquals(
                market.till().ledgerFile().entries().size(), ledger.entries().size());
        assertEquals(first.lastNumber() + 1, second.firstNumber());
    }

    @Test
    void what_was_practised_is_listed_apart_and_is_no_sale() throws Exception {
        market.till().closing().close(NEXT);
        long sales = archive(WEDNESDAY, NEXT).sales();
        market.till().practice().begin();
        var desk = market.till().practice().desk();
        String key = desk.hand().keyForRinging();
        desk.ringOne(key, "cheese", true);
        desk.cash(key);
        market.till().practice().end();

        Archive archive = archive(WEDNESDAY, NEXT);

        assertEquals(sales, archive.sales());
        assertTrue(archive.closed(), "what was practised leaves no day open");
        assertEquals(0, archive.lost());
        List<String> practised = new String(bytes(archive, "ecole.csv"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(2, practised.size(), "its head and one line");
        assertTrue(practised.getLast().contains(",1,450,0,oui,"), practised.getLast());
        assertFalse(new String(bytes(archive, "lignes.csv"), StandardCharsets.UTF_8).contains("exercice"));
        String events = new String(bytes(archive, "evenements.csv"), StandardCharsets.UTF_8);
        assertTrue(events.contains("début du mode école") && events.contains("fin du mode école"), events);
        List<String> said = asDescribed(unpacked(archive));
        assertTrue(said.contains("4. détails") && said.contains("1. fichiers entiers"), "" + said);
    }

    @Test
    void a_day_that_was_closed_at_the_next_start_has_its_closing_with_it() throws Exception {
        market.clock.advance(Duration.ofDays(7));
        market.restart();

        Archive archive = archive(NEXT, NEXT);

        assertTrue(archive.closed());
        assertTrue(text(archive, "clotures.csv").contains(",jour,2025-04-09,vendu,1,0,900,380,0,380,380,"));
    }

    @Test
    void the_tables_say_lines_tenders_rates_and_perpetual_totals() throws Exception {
        market.till().closing().close(NEXT);
        market.till().closing().close(Term.MONTH, NEXT);
        market.till().closing().close(Term.YEAR, NEXT);
        Archive archive = archive(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31));

        String sales = text(archive, "ventes.csv");
        assertTrue(sales.contains(",vente,1,123456789,dieulefit 1,2100,900,1200,1200,0,0,0,0,0,2100,"), sales);
        String lines = text(archive, "lignes.csv");
        assertTrue(lines.contains(",vente,1,1,cheese,Picodon,laitier,2,piece,900,55,100,900,0,,900,"), lines);
        String closings = text(archive, "clotures.csv");
        assertTrue(closings.contains(",annee,2025,vendu,3,900,900,2885,900,1985,1985,0,0,0,0,0,2885,oui,"), closings);
        String rates = text(archive, "tva.csv");
        assertTrue(rates.contains(",mois,2025-04,vendu,55,1685\r\n"), rates);
        assertTrue(rates.contains(",mois,2025-04,vendu,200,1200\r\n"), rates);
        assertTrue(text(archive, "evenements.csv").contains(",Événement technique,1,démarrage: 0.1.0"));
    }

    @Test
    void details_that_were_lost_with_the_machine_are_named_as_lost() throws Exception {
        market.database.inTransaction(tables ->
                Sql.update(tables, "DELETE FROM details WHERE entry IN" + " (SELECT min(entry) FROM details)"));

        Archive archive = archive(WEDNESDAY, NEXT);

        assertEquals(1, archive.lost());
        assertTrue(text(archive, "ventes.csv").lines().toList().get(1).endsWith(",non,"));
        assertTrue(asDescribed(unpacked(archive)).contains("4. détails"));
    }

    @Test
    void a_store_that_does_not_fit_together_is_not_signed() throws StorageFailed {
        market.database.inTransaction(tables -> Sql.update(
                tables, "UPDATE details SET blob = x'a0' WHERE entry IN (SELECT max(entry)" + " FROM details)"));

        assertThrows(StorageFailed.class, () -> archive(WEDNESDAY, NEXT));
    }

    @Test
    void of_days_without_an_entry_there_is_none() throws StorageFailed {
        assertTrue(Archive.of(market.database, WEDNESDAY.plusDays(1), WEDNESDAY.plusDays(2), by())
                .isEmpty());
    }

    private Archive archive(LocalDate from, LocalDate to) throws StorageFailed {
        return Archive.of(market.database, from, to, by()).orElseThrow();
    }

    private Archive.By by() {
        return new Archive.By(
                market.setup().identity(),
                market.setup().seller(),
                market.setup().trust(),
                fund.authority.trustPem(),
                market.clock.now(),
                TillSpeech.in(Locale.FRENCH, Unit.EURO));
    }

    private static long details(Archive archive) {
        return archive.files().keySet().stream()
                .filter(name -> name.startsWith("details/"))
                .count();
    }

    private static byte[] bytes(Archive archive, String name) {
        return Objects.requireNonNull(archive.files().get(name));
    }

    private static String text(Archive archive, String name) {
        return new String(bytes(archive, name), StandardCharsets.UTF_8);
    }

    /** What the steps find once the last byte of one file is another. */
    private List<String> foundAfterTouching(Archive archive, String name) throws Exception {
        Path folder = unpacked(archive);
        byte[] bytes = bytes(archive, name).clone();
        bytes[bytes.length - 1] ^= 1;
        Files.write(folder.resolve(name), bytes);
        return asDescribed(folder);
    }

    private Path unpacked(Archive archive) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(ArchiveFile.zip(archive)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.path().resolve(entry.getName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, zip.readAllBytes());
            }
        }
        return directory.path().resolve(archive.folder());
    }

    /** Runs the indented lines of the description, as an inspector would copy them. */
    private List<String> asDescribed(Path folder) throws Exception {
        String commands = Files.readAllLines(folder.resolve("LISEZMOI.txt")).stream()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        Path script = directory.path().resolve("steps.sh");
        Files.writeString(script, "cd '" + folder + "'\n" + commands + "\n");
        try (ChildProcess child = ChildProcess.start(directory.path(), List.of("bash", script.toString()))) {
            child.awaitExit(SOON);
            return child.lines();
        }
    }
}
