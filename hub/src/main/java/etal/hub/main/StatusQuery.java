package etal.hub.main;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import etal.hub.core.HubCore;
import etal.hub.core.Status;
import etal.hub.main.store.Told;
import etal.port.CentralFund.Statement;
import etal.port.StorageFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How a hub stands: asked of the running one, which keeps its store to itself, or else read from the store. */
final class StatusQuery {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private StatusQuery() {}

    static Status ask(Path directory, Store store) throws StorageFailed {
        Optional<Status> running = running(HubProcess.address(directory));
        if (running.isPresent()) {
            return running.get();
        }
        if (store instanceof Store.Sqlite(Path file) && !Files.exists(file)) {
            throw new StorageFailed(file + ": there is no hub here");
        }
        try (Opened opened = new Opened()) {
            return HubCore.status(store.open(opened));
        }
    }

    /** Says something to the running hub; what it answers. */
    static Told say(Path directory, String path, Map<String, Object> word) throws StorageFailed {
        return post(directory, path, word)
                .map(answer ->
                        answer.statusCode() == 200 ? Told.done("restored.said") : Told.refused("restored.notawaited"))
                .orElse(Told.refused("restored.notrunning"));
    }

    /**
     * Enters lines of the bank's statement at the running hub, one after the other.
     *
     * @return how many were new to the books; empty when no hub runs
     */
    static OptionalInt enter(Path directory, List<Statement> lines) throws StorageFailed {
        int posted = 0;
        for (Statement line : lines) {
            Map<String, Object> word = Map.of(
                    "endToEndId", line.endToEndId(),
                    "rejected", line.rejected(),
                    "amountCents", line.amountCents(),
                    "bookedAt", line.bookedAt().toString());
            Optional<HttpResponse<byte[]>> answer = post(directory, "/api/statements", word);
            if (answer.isEmpty()) {
                return OptionalInt.empty();
            }
            posted += posted(line, answer.get());
        }
        return running(HubProcess.address(directory)).isEmpty() ? OptionalInt.empty() : OptionalInt.of(posted);
    }

    private static int posted(Statement line, HttpResponse<byte[]> answer) throws StorageFailed {
        try {
            if (answer.statusCode() == 200) {
                return new ObjectMapper().readTree(answer.body()).path("posted").asInt();
            }
        } catch (IOException e) {
            throw new StorageFailed("the hub's answer to " + line.endToEndId() + " does not read", e);
        }
        throw new StorageFailed(
                "the hub did not take " + line.endToEndId() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    }

    /** Empty when no hub runs. */
    private static Optional<HttpResponse<byte[]>> post(Path directory, String path, Map<String, Object> word)
            throws StorageFailed {
        try {
            return post(directory, path, "application/json", new ObjectMapper().writeValueAsBytes(word), PATIENCE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a word that cannot be written as JSON", e);
        }
    }

    /** Hands something in at the running hub; its answer, empty when no hub runs. */
    static Optional<HttpResponse<byte[]>> post(
            Path directory, String path, String contentType, byte[] body, Duration patience) throws StorageFailed {
        Path address = HubProcess.address(directory);
        if (!Files.exists(address)) {
            return Optional.empty();
        }
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            URI uri = URI.create(Files.readString(address, StandardCharsets.US_ASCII) + path);
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(patience)
                    .header("Content-Type", contentType)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            // Nobody answers there any more: the address is that of a hub that has ended.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailed("interrupted while telling the hub", e);
        }
    }

    private static Optional<Status> running(Path address) throws StorageFailed {
        if (!Files.exists(address)) {
            return Optional.empty();
        }
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            URI uri = URI.create(Files.readString(address, StandardCharsets.US_ASCII) + "/api/status");
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200
                    ? Optional.of(new ObjectMapper().readValue(answer.body(), Status.class))
                    : Optional.empty();
        } catch (IOException e) {
            // Nobody answers there any more: the address is that of a hub that has ended.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailed("interrupted while asking the hub", e);
        }
    }
}
