package etal.hub.main;

import com.fasterxml.jackson.databind.ObjectMapper;
import etal.hub.core.HubCore;
import etal.hub.core.Status;
import etal.hub.main.store.Told;
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
import java.util.Map;
import java.util.Optional;

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
        Path address = HubProcess.address(directory);
        if (!Files.exists(address)) {
            return Told.refused("restored.notrunning");
        }
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            URI uri = URI.create(Files.readString(address, StandardCharsets.US_ASCII) + path);
            byte[] body = new ObjectMapper().writeValueAsBytes(word);
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            int code =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return code == 200 ? Told.done("restored.said") : Told.refused("restored.notawaited");
        } catch (IOException e) {
            // Nobody answers there any more: the address is that of a hub that has ended.
            return Told.refused("restored.notrunning");
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
