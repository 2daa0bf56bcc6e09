package etal.fleet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The demo as its user starts it, {@code ./etal demo}, and ends it, with Ctrl-C. When it ends it is insisted that it says 0 and
 * leaves neither a process nor a file.
 */
final class Demo implements AutoCloseable {
    /** Long enough for a machine that builds beside it. */
    private static final int START_SECONDS = 300;

    private static final int END_SECONDS = 60;
    private static final String NOTHING_MORE = "";

    private final Path top;
    private final Process process;
    private final Path log;
    private final List<String> before;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<URI> addresses = new ArrayList<>();
    private List<ProcessHandle> nodes = List.of();
    private boolean ended;

    private Demo(Path top, Process process, Path log, List<String> before) {
        this.top = top;
        this.process = process;
        this.log = log;
        this.before = before;
    }

    /** Starts it on free ports and waits until it has said both addresses. */
    static Demo start() throws IOException, InterruptedException {
        return start(freePorts());
    }

    /** Starts it on this port and the two after it. */
    static Demo start(int port) throws IOException, InterruptedException {
        Path top = top();
        Path log = Files.createDirectories(Path.of("target")).resolve("demo-" + port + ".log");
        List<String> before = temporary(top);
        ProcessBuilder builder = new ProcessBuilder(top.resolve("etal").toString(), "demo", "--port", "" + port);
        builder.redirectError(log.toFile());
        Demo demo = new Demo(top, builder.start(), log, before);
        Thread.ofVirtual().start(demo::read);
        demo.addresses.add(demo.address("stall "));
        demo.addresses.add(demo.address("hub "));
        demo.nodes = demo.process.descendants().toList();
        return demo;
    }

    private static Path top() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isRegularFile(at.resolve("etal"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException("the tests run outside the project");
        }
        return at;
    }

    /** Three ports in a row that nobody listens on. */
    static int freePorts() throws IOException {
        while (true) {
            int port;
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = first.getLocalPort();
            }
            if (isFree(port) && isFree(port + 1) && isFree(port + 2)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException gone) {
            lines.add(String.valueOf(gone.getMessage()));
        }
        lines.add(NOTHING_MORE);
    }

    private URI address(String name) throws IOException, InterruptedException {
        String line = lines.poll(START_SECONDS, TimeUnit.SECONDS);
        if (line == null || !line.startsWith(name)) {
            process.destroyForcibly();
            throw new IOException("the demo said \"" + line + "\" in place of \"" + name + "...\": " + said());
        }
        return URI.create(line.substring(name.length()));
    }

    /** What it said on its standard error. */
    String said() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    /** The stall's page. */
    URI stall() {
        return addresses.get(0);
    }

    /** The hub's page. */
    URI hub() {
        return addresses.get(1);
    }

    /** Presses Ctrl-C and insists on a clean end. */
    void end() throws IOException, InterruptedException {
        end("INT");
    }

    /** Sends that signal to the demo alone and insists on a clean end. */
    void end(String signal) throws IOException, InterruptedException {
        ended = true;
        List<ProcessHandle> all =
                Stream.concat(nodes.stream(), process.descendants()).distinct().toList();
        List<Path> files = all.stream().flatMap(Demo::files).distinct().toList();
        assertTrue(all.size() >= 4, "broker, hub and two tills at least, found " + all);
        assertFalse(files.isEmpty(), "each of them has its file");
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, "" + process.pid())
                        .start()
                        .waitFor());
        assertTrue(process.waitFor(END_SECONDS, TimeUnit.SECONDS), "it goes on after SIG" + signal + ": " + said());
        assertEquals(0, process.exitValue(), said());
        assertEquals(List.of(), all.stream().filter(ProcessHandle::isAlive).toList(), "processes left behind");
        assertEquals(List.of(), files.stream().filter(Files::exists).toList(), "files left behind");
        assertEquals(before, temporary(top), "temporary files left behind");
        assertEquals(NOTHING_MORE, lines.poll(END_SECONDS, TimeUnit.SECONDS), "more than two lines");
    }

    /** The configuration that a process was started with, and the directory it lies in. */
    private static Stream<Path> files(ProcessHandle node) {
        String[] arguments = node.info().arguments().orElse(new String[0]);
        int at = Arrays.asList(arguments).indexOf("--config");
        if (at < 0 || at + 1 == arguments.length) {
            return Stream.of();
        }
        Path file = Path.of(arguments[at + 1]);
        return Stream.of(file, file.resolveSibling(".").normalize());
    }

    private static List<String> temporary(Path top) throws IOException {
        Path directory = top.resolve("target").resolve("tmp");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!ended) {
            end();
        }
    }
}
