package etal.fleet.table;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Asks as a browser asks, with or without the pages' script. */
final class Browser implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI page;

    Browser(URI page) {
        this.page = page;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    /** A request that may wait for news. */
    CompletableFuture<HttpResponse<String>> getLater(String path) {
        return client.sendAsync(request(path).header("HX-Request", "true").build(), BodyHandlers.ofString());
    }

    /** A button of a form, pressed in a browser without script. */
    HttpResponse<String> press(String path, String form) throws IOException, InterruptedException {
        return client.send(form(path, form).build(), BodyHandlers.ofString());
    }

    /** The same button, pressed where the script runs. */
    HttpResponse<String> click(String path, String form) throws IOException, InterruptedException {
        return client.send(form(path, form).header("HX-Request", "true").build(), BodyHandlers.ofString());
    }

    /** The same button, on a page of somebody else. */
    HttpResponse<String> pressElsewhere(String path, String form) throws IOException, InterruptedException {
        return client.send(
                form(path, form).header("Origin", "http://example.org").build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder form(String path, String form) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(page.resolve(path));
    }

    @Override
    public void close() {
        client.close();
    }
}
