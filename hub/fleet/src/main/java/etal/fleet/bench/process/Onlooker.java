package etal.fleet.bench.process;

import etal.fleet.world.process.JsonClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page of the till that stands open and asks for what is new, as a browser's script does. For one thread. */
final class Onlooker implements AutoCloseable {
    private static final Pattern VERSION = Pattern.compile("data-version=\"(-?\\d+)\"");

    private final JsonClient http = new JsonClient();
    private final String base;
    private @Nullable Thread thread;

    /** Of the till at that address; does not look yet. */
    Onlooker(String base) {
        this.base = base;
    }

    /** Reads the page, then waits for what is new until it is closed. */
    void look() throws IOException {
        long version = version(page("/"));
        thread = Thread.ofVirtual().name("onlooker").start(() -> lookOn(version));
    }

    private void lookOn(long first) {
        long version = first;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                String part = page("/till/live?after=" + version);
                version = part.isEmpty() ? version : version(part);
            }
        } catch (IOException closed) {
            // Whoever closes the page cuts what it asks.
            Thread.currentThread().interrupt();
        }
    }

    private String page(String path) throws IOException {
        try {
            return new String(http.bytes(base + path), StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("nobody looks any more", e);
        }
    }

    private static long version(String html) throws IOException {
        Matcher matcher = VERSION.matcher(html);
        if (!matcher.find()) {
            throw new IOException("the till's page has no version");
        }
        return Long.parseLong(matcher.group(1));
    }

    @Override
    public void close() {
        Thread looking = thread;
        if (looking != null) {
            looking.interrupt();
        }
    }
}
