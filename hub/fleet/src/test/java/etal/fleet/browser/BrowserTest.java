package etal.fleet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The browser of these tests sees what it is there to see: each of them could fail. */
class BrowserTest {
    private static final String HEAD = """
            <!DOCTYPE html><html lang="fr"><head><title>Page</title><link rel="icon" href="data:,"></head>
            """;

    @Test
    void a_sound_page_leaves_nothing_to_complain_of() throws IOException {
        try (Server server = Server.of(HEAD + "<body><main><h1>Bonjour</h1><button>Un clic</button></main>");
                Browser browser = Browser.open(390)) {
            browser.open(server.address());
            browser.touch(By.tagName("button"));
            assertEquals("Bonjour", browser.text(By.tagName("h1")));
            assertEquals(List.of(), Axe.read().violations(browser));
            assertEquals(1, browser.touches());
        }
    }

    @Test
    void an_error_in_the_console_is_complained_of() throws IOException {
        assertComplaint("Uncaught", "<body><main><h1>A</h1></main><script>none()</script>");
    }

    @Test
    void a_style_that_the_policy_refuses_is_complained_of() throws IOException {
        assertComplaint("Content Security Policy", """
                <meta http-equiv="Content-Security-Policy" content="style-src 'self'">
                <body><main><h1>A</h1><p style="color:red">B</p></main>""");
    }

    @Test
    void a_picture_from_elsewhere_is_complained_of() throws IOException {
        assertComplaint("another machine", "<body><main><h1>A</h1><img alt='' src='http://192.0.2.1/a.png'></main>");
    }

    private static void assertComplaint(String words, String body) throws IOException {
        try (Server server = Server.of(HEAD + body)) {
            AssertionError complaint = assertThrows(AssertionError.class, () -> {
                try (Browser browser = Browser.open(390)) {
                    browser.open(server.address());
                    browser.awaitShown(By.tagName("h1"));
                }
            });
            assertTrue(String.valueOf(complaint.getMessage()).contains(words), complaint.getMessage());
        }
    }

    @Test
    void a_button_without_a_name_is_found_on_the_page_and_in_a_frame() throws IOException {
        String nameless = HEAD + "<body><main><h1>A</h1><button></button></main>";
        try (Server framed = Server.of(nameless);
                Server server = Server.of(HEAD + "<body><main><h1>A</h1><iframe title='B' src='" + framed.address()
                        + "'></iframe></main>");
                Browser browser = Browser.open(390)) {
            browser.open(framed.address());
            assertTrue(Axe.read().violations(browser).getFirst().startsWith("button-name"));
            browser.open(server.address());
            browser.frame(By.tagName("iframe"));
            assertTrue(Axe.read().violations(browser).getFirst().startsWith("button-name"));
        }
    }

    @Test
    void a_page_that_must_be_pushed_sideways_is_seen() throws IOException {
        try (Server server = Server.of(HEAD + "<body><main><h1>A</h1><pre>" + "long ".repeat(80) + "</pre></main>");
                Browser browser = Browser.open(390)) {
            browser.open(server.address());
            browser.awaitShown(By.tagName("h1"));
            assertTrue(browser.overflow().toString().contains("<pre>"));
        }
    }

    /** One page on this machine. */
    private record Server(HttpServer http) implements AutoCloseable {
        static Server of(String page) throws IOException {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
            http.createContext("/", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, bytes.length);
                try (var body = exchange.getResponseBody()) {
                    body.write(bytes);
                }
            });
            http.start();
            return new Server(http);
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
