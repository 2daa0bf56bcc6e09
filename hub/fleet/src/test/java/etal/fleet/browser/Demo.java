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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The demo as its user starts it, {@code ./etal demo}, and ends it, with Ctrl-C. When it ends it is insisted that it says 0 and
 * leaves neither a process nor a file.
 */
final class Demo implements AutoCloseable {
    /** Long enough for a machine that builds beside it. */
    private static final int START_SECONDS = 300;

    private static final int END_SECONDS = 60;
    private static final long LOOK_NANOS = 20_000_000;
    private static final int CTRL_C = 3;
    private static final String NOTHING_MORE = "";

    private final Path temporary;
    private final Process process;
    private final Path log;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<URI> addresses = new ArrayList<>();
    private boolean ended;

    private Demo(Path temporary, Process process, Path log) {
        this.temporary = temporary;
        this.process = process;
        this.log = log;
    }

    /** Starts it on free ports and waits until it has said both addresses. */
    static Demo start() throws IOException, InterruptedException {
        Demo demo = launch(false);
        demo.awaitOpen();
        return demo;
    }

    /** The same in a terminal of its own, as somebody does who sits before it. */
    static Demo startInTerminal() throws IOException, InterruptedException {
        Demo demo = launch(true);
        demo.awaitOpen();
        return demo;
    }

    /** Starts it without waiting, in a terminal of its own or without one. */
    static Demo launch(boolean terminal) throws IOException {
        Path top = top();
        int port = freePorts();
        Path log = Files.createDirectories(Path.of("target").toAbsolutePath()).resolve("demo-" + port + ".log");
        String etal = top.resolve("etal").toString();
        // Tests that were themselves started with nohup would hand on to the demo that a closed terminal is to be
        // ignored.
        Path temporary = log.resolveSibling("demo-" + port + ".tmp");
        String typed = "exec env --default-signal=HUP '" + etal + "' demo --port " + port + " 2>'" + log + "'";
        ProcessBuilder builder = terminal
                ? new ProcessBuilder("script", "-qefc", typed, "/dev/null")
                : new ProcessBuilder(etal, "demo", "--port", "" + port).redirectError(log.toFile());
        builder.environment().put("ETAL_TMP", temporary.toString());
        Demo demo = new Demo(temporary, builder.start(), log);
        Thread.ofVirtual().start(demo::read);
        return demo;
    }

    private void awaitOpen() throws IOException, InterruptedException {
        addresses.add(address("stall "));
        addresses.add(address("hub "));
    }

    /** Waits until it has said this on its standard error. */
    void awaitSaid(String words) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.exists(log) || !said().contains(words)) {
            assertTrue(System.nanoTime() < end && process.isAlive(), "it never said: " + words);
            LockSupport.parkNanos(LOOK_NANOS);
        }
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

    /** How somebody ends it. */
    @FunctionalInterface
    private interface Deed {
        void happen() throws IOException, InterruptedException;
    }

    /** Sends that signal to the demo alone and insists on a clean end with 0. */
    void signal(String name) throws IOException, InterruptedException {
        end(() -> assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, "" + process.pid())
                        .start()
                        .waitFor()));
        assertEquals(0, process.exitValue(), said());
        assertEquals(NOTHING_MORE, lines.poll(END_SECONDS, TimeUnit.SECONDS), "more than two lines");
    }

    /** Presses Ctrl-C in its terminal, which reaches all of its processes at once; insists on a clean end with 0. */
    void pressCtrlC() throws IOException, InterruptedException {
        end(() -> {
            process.getOutputStream().write(CTRL_C);
            process.getOutputStream().flush();
        });
        assertEquals(0, process.exitValue(), said());
    }

    /** Closes its terminal and insists on a clean end. */
    void closeTerminal() throws IOException, InterruptedException {
        end(process::destroyForcibly);
    }

    private void end(Deed deed) throws IOException, InterruptedException {
        ended = true;
        List<ProcessHandle> all = process.descendants().toList();
        List<Path> files = all.stream().flatMap(Demo::files).distinct().toList();
        assertFalse(files.isEmpty(), "broker, hub and tills have their files: " + all);
        deed.happen();
        assertTrue(process.waitFor(END_SECONDS, TimeUnit.SECONDS), "it goes on: " + said());
        for (ProcessHandle one : all) {
            assertTrue(gone(one), "left behind: " + one.info() + ": " + said());
        }
        assertEquals(List.of(), files.stream().filter(Files::exists).toList(), "files left behind");
        assertEquals(List.of(), left(), "temporary files left behind");
        assertFalse(said().contains("Exception"), said());
    }

    /** Whether it ends, if need be a little after a terminal that was closed and waits for nobody. */
    private static boolean gone(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
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

    private List<String> left() throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!ended) {
            signal("INT");
        }
    }
}
