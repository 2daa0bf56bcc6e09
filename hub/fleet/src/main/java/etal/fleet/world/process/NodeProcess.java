package etal.fleet.world.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One running process of the day. Its standard input is a pipe from us: when we end, in whatever way, it ends too. Safe for
 * use by any thread.
 */
public final class NodeProcess implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Set<Integer> REFUSALS = Set.of(1, 2);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private NodeProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /** Starts a process; its standard error goes to {@code log}. */
    public static NodeProcess start(String name, List<String> command, Path log) throws IOException {
        var builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        var node = new NodeProcess(name, builder.start());
        Thread.ofVirtual().name(name + "-output").start(node::readOutput);
        return node;
    }

    private void readOutput() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = out.readLine()) != null) {
                if (line.startsWith("ready ")) {
                    ready.complete(line);
                }
            }
            ready.completeExceptionally(new IOException(name + " ended before it was ready; see its log"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /** Waits for the line {@code ready KIND ADDRESS} and returns the address. */
    public String address() throws IOException, InterruptedException {
        try {
            String line = ready.get(READY.toSeconds(), TimeUnit.SECONDS);
            return line.substring(line.lastIndexOf(' ') + 1);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? name + " failed" : e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException(name + " was not ready after " + READY.toSeconds() + " seconds; see its log", e);
        }
    }

    /**
     * Whether it ended by itself before it was ready, with the code for damage or bad configuration: what it found will be
     * there again. A process that lacked somebody else ({@code 3}) or was killed may do better next time.
     */
    boolean refusedToStart() {
        return ready.isCompletedExceptionally() && !process.isAlive() && REFUSALS.contains(process.exitValue());
    }

    /** The last thing a process said in its log, without the places in the program that may follow it. */
    static String lastWords(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "it said nothing";
        }
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .reduce((first, second) -> second)
                    .orElse("it said nothing");
        }
    }

    /** Calls {@code then} once the process has said that it is ready, if it ever does. */
    void onReady(Runnable then) {
        ready.thenRun(then);
    }

    /** Whether it has said that it is ready. */
    boolean ready() {
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    /** Calls {@code then} once the process has ended, in whatever way. */
    void onExit(Runnable then) {
        process.onExit().thenRun(then);
    }

    /** Whether it runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Its process number. */
    public long pid() {
        return process.pid();
    }

    /** Pulls its plug (SIGKILL) and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Asks it to stop by ending its standard input, without waiting. */
    void leave() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).close();
        } catch (IOException e) {
            // The pipe is already gone because the process is.
            process.destroy();
        }
    }

    /** Asks it to stop, and insists after a while. */
    public int stop() throws InterruptedException {
        leave();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
