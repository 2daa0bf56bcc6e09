package etal.provisioning.tool;

import etal.port.PeerUnreachable;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A till's own screen, asked on the technician's machine: it listens on the loopback only. For one thread. */
final class StallScreen {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final int ANSWER_CHARS_MAX = 4_096;
    private static final Pattern LEDGER = Pattern.compile("\"ledger\"\\s*:\\s*\"([^\"]{1,32})\"");
    private static final Pattern ENTRY = Pattern.compile("\"entry\"\\s*:\\s*([0-9]{1,10})\\b");
    private static final Pattern WAITING = Pattern.compile("\"unacknowledged\"\\s*:\\s*([0-9]{1,10})\\b");
    private static final Pattern SENTENCE = Pattern.compile("\"sentence\"\\s*:\\s*\"([^\"]{1,500})\"");

    private final URI screen;

    private StallScreen(URI screen) {
        this.screen = screen;
    }

    /** How a ledger ended: its last entry, and how many entries the fund has not signed for. */
    record End(LedgerId ledger, long entry, long unacknowledged) {}

    static StallScreen at(URI screen) throws BadInput {
        boolean loopback = "127.0.0.1".equals(screen.getHost()) && screen.getPort() > 0;
        if (!"http".equals(screen.getScheme()) || !loopback) {
            throw new BadInput("not-a-stall", screen);
        }
        return new StallScreen(screen);
    }

    /** Has the till write its end, once; asked again it says how far that has come. */
    End retire(boolean swapped) throws PeerUnreachable, BadInput {
        String body = "{\"reason\":\"" + (swapped ? "swapped" : "out-of-service") + "\"}";
        HttpRequest request = HttpRequest.newBuilder(screen.resolve("/api/retire"))
                .timeout(WITHIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(WITHIN).build()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            String text = answer.body();
            if (text.length() > ANSWER_CHARS_MAX) {
                throw new BadInput("not-a-stall", screen);
            }
            if (answer.statusCode() != 200) {
                throw new BadInput("stall-refuses", found(SENTENCE, text));
            }
            return new End(
                    LedgerId.parse(found(LEDGER, text)),
                    Long.parseLong(found(ENTRY, text)),
                    Long.parseLong(found(WAITING, text)));
        } catch (IOException unreachable) {
            throw new PeerUnreachable(Words.say("stall-away", screen), unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PeerUnreachable(Words.say("stall-away", screen), stopped);
        } catch (Malformed noLedger) {
            throw new BadInput("not-a-stall", screen);
        }
    }

    private String found(Pattern pattern, String text) throws BadInput {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new BadInput("not-a-stall", screen);
        }
        return matcher.group(1);
    }
}
