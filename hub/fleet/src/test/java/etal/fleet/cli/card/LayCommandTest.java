package etal.fleet.cli.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.cli.Etal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class LayCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_new_card_lies_on_the_reader_until_that_lets_go_and_is_kept() throws Exception {
        try (ServerSocket reader = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String on = "127.0.0.1:" + reader.getLocalPort();
            CompletableFuture<Integer> code =
                    CompletableFuture.supplyAsync(() -> run("lay", "--pocket", pocket(), "--card", "blue", "--on", on));
            try (Socket card = reader.accept()) {
                card.getOutputStream().write(new byte[] {0, 1, 4});
                assertEquals(
                        5,
                        card.getInputStream().read() << 8
                                | card.getInputStream().read(),
                        "the ATR's length");
            }
            assertEquals(Etal.ENVIRONMENT, code.get(20, TimeUnit.SECONDS));
            assertEquals("ready card blue at " + on + "\n", out.toString());
        }
        out.getBuffer().setLength(0);
        assertEquals(0, run("pocket", "--pocket", pocket()));
        assertEquals("blue\n", out.toString());
    }

    @Test
    void a_card_is_torn_out_as_asked() throws Exception {
        try (ServerSocket reader = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String on = "127.0.0.1:" + reader.getLocalPort();
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                    () -> run("lay", "--pocket", pocket(), "--card", "blue", "--on", on, "--tear", "14:answer"));
            try (Socket card = reader.accept()) {
                card.getOutputStream().write(new byte[] {0, 5, (byte) 0x80, 0x14, 0, 0, 0});
                assertEquals(-1, card.getInputStream().read());
            }
            assertEquals(0, code.get(20, TimeUnit.SECONDS));
            assertEquals(1, err.toString().lines().count(), err.toString());
        }
    }

    @Test
    void without_a_reader_it_says_what_to_start() throws Exception {
        int free;
        try (ServerSocket once = new ServerSocket(0)) {
            free = once.getLocalPort();
        }
        assertEquals(Etal.ENVIRONMENT, run("lay", "--pocket", pocket(), "--card", "blue", "--on", "127.0.0.1:" + free));
        assertTrue(err.toString().contains("vsmartcard-vpcd"), err.toString());
    }

    @Test
    void bad_usage_is_one_sentence_and_makes_nothing() throws Exception {
        Files.writeString(folder.resolve("something"), "else");
        for (String[] wrong : new String[][] {
            {"lay"},
            {"lay", "--pocket", pocket()},
            {"lay", "--pocket", pocket(), "--card", "a", "--demo", pocket()},
            {"lay", "--pocket", pocket(), "--card", "a", "--on", "nowhere"},
            {"lay", "--pocket", pocket(), "--card", "a", "--tear", "14"},
            {"lay", "--pocket", pocket(), "--card", "a", "--tear", "14:0"},
            {"lay", "--demo", folder.toString()},
            {"pocket", "--pocket", pocket()},
        }) {
            err.getBuffer().setLength(0);
            assertEquals(Etal.BAD_INPUT, run(wrong), String.join(" ", wrong));
            assertEquals(1, err.toString().lines().count(), err.toString());
        }
        assertEquals("", out.toString());
        assertFalse(Files.exists(folder.resolve("pocket")));
    }

    @Test
    void both_languages_say_the_same_things() {
        TreeSet<String> french = keys("fr");
        assertEquals(french, keys("en"));
        assertFalse(french.isEmpty());
    }

    private static TreeSet<String> keys(String language) {
        return new TreeSet<>(ResourceBundle.getBundle(
                        "etal.fleet.cli.card.messages",
                        Locale.of(language),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .keySet());
    }

    private String pocket() {
        return folder.resolve("pocket").toString();
    }

    private int run(String... args) {
        return new CommandLine(new CardCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
