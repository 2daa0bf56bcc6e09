package etal.hub.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.world.TestCard;
import etal.hub.world.TestTerminal;
import etal.protocol.ledger.LedgerId;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.sync.Topics;
import etal.protocol.sync.bundle.Bundle;
import etal.protocol.sync.bundle.Bundle.Message;
import etal.protocol.sync.bundle.Way;
import etal.testkit.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code etal hub bundle}: a stick is handed in at the running hub, and the answer lies beside it. */
class BundleCommandTest {
    private final Path config;
    private final Path stick;
    private final Path file;
    private final Path answer;
    private final TestTerminal three;
    private String said = "";

    BundleCommandTest(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority(7);
        List<TestCard> cards = HubDirectory.cards(authority);
        config = new HubDirectory(directory, authority, cards).hubYaml("ssl://127.0.0.1:1", "", "");
        stick = Files.createDirectory(directory.resolve("stick"));
        file = stick.resolve("etal-1-t3-e1-aller.bundle");
        answer = stick.resolve("etal-1-t3-e1-retour.bundle");
        if (!(SchemeFile.read(SchemeFile.dieulefit(), "scheme.yaml") instanceof SchemeReading.Read(Scheme scheme))) {
            throw new AssertionError("the shipped scheme does not read");
        }
        three = new TestTerminal(authority, 3, scheme, Instant.parse("2025-04-01T06:00:00Z"));
    }

    @Test
    void nothing_is_taken_without_a_file_a_bundle_or_a_hub() throws Exception {
        assertEquals(2, run(file), said);
        assertTrue(said.contains("il n'y a pas de fichier"), said);
        Files.writeString(file, "liste de courses");
        copy();
        assertEquals(2, run(file), said);
        assertTrue(said.contains("ne tourne pas"), said);
        assertEquals(2, run(file, file, "--out", "x"), said);
        assertTrue(said.contains("un seul fichier"), said);
        assertFalse(Files.exists(answer));
    }

    @Test
    void the_running_hub_takes_it_and_the_answer_lies_beside_it() throws Exception {
        copy();
        HubProcess.Running hub = running();
        try (HubProcess running = hub.process()) {
            assertEquals(0, run(file), said);
            assertTrue(said.contains("t3-e1 : remonté jusqu'à l'écriture 301. Réponse à rapporter à l'étal : "), said);
            Bundle read = Bundle.decode(Files.readAllBytes(answer));
            assertEquals(new LedgerId(3, 1), read.ledger());
            assertEquals(Topics.ack(1, 3), read.messages().getFirst().topic());
            assertEquals(4, read.messages().size(), "acknowledgement, scheme, catalogue, month");

            assertEquals(0, run(file), said);
            Path elsewhere = stick.resolve("ici.bundle");
            assertEquals(0, run(file, "--out", elsewhere.toString()), said);
            assertTrue(Files.exists(elsewhere));
            assertEquals(3, run(file, "--out", stick.resolve("none/ici.bundle").toString()), said);
            assertTrue(said.contains("rien n'est compté deux fois"), said);

            assertEquals(2, run(answer), said);
            assertTrue(said.contains("est une réponse"), said);
            Files.writeString(file, "liste de courses");
            assertEquals(2, run(file), said);
            assertTrue(said.contains("est abîmé"), said);
        }
    }

    @Test
    void a_link_on_the_stick_is_neither_read_nor_written_through() throws Exception {
        copy();
        Path secret = Files.writeString(stick.resolveSibling("secret"), "secret");
        Files.createSymbolicLink(answer, secret);
        Path link = Files.createSymbolicLink(stick.resolve("lien.bundle"), secret);
        HubProcess.Running hub = running();
        try (HubProcess running = hub.process()) {
            assertEquals(0, run(file), said);
            assertEquals(2, run(link), said);
            assertTrue(said.contains("est abîmé"), said);
        }
        assertEquals("secret", Files.readString(secret));
        assertFalse(Files.isSymbolicLink(answer));
    }

    private HubProcess.Running running() throws Exception {
        HubProcess.Running hub = HubProcess.start(HubFile.read(config), crash -> {
            throw new AssertionError(crash);
        });
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest clock = HttpRequest.newBuilder(URI.create(hub.uri() + "/api/clock"))
                    .PUT(HttpRequest.BodyPublishers.ofString("{\"now\": \"2025-04-02T06:00:00Z\"}"))
                    .build();
            assertEquals(
                    200,
                    client.send(clock, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
        return hub;
    }

    /** More than a request is usually allowed to have. */
    private void copy() throws Exception {
        if (three.head() == 1) {
            for (int day = 0; day < 300; day++) {
                three.close("2025-04-01");
            }
        }
        List<Message> messages = new ArrayList<>();
        for (int times = 0; times < 6; times++) {
            messages.add(new Message(Topics.up(1, 3), three.batch()));
        }
        byte[] bytes = new Bundle(Way.UP, 1, new LedgerId(3, 1), messages).encode();
        assertTrue(bytes.length > 300 * 1024, bytes.length + " bytes");
        Files.write(file, bytes);
    }

    private int run(Path first, Object... more) {
        List<String> arguments = new ArrayList<>(List.of("bundle", first.toString(), "--config", config.toString()));
        for (Object each : more) {
            arguments.add(each.toString());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Hub.run(Sentences.in("fr"), out, out, arguments.toArray(String[]::new));
        said = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }
}
