package etal.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A child process whose lines are waited for, with a bound, and which never outlives the test.
 *
 * <p>Standard output and error come together, in order. Safe for use by any thread.
 */
public final class ChildProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private int seen;
    private boolean ended;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread.ofPlatform().name("lines-of-" + name).daemon().start(this::collect);
    }

    /** Starts a command in {@code directory}. */
    public static ChildProcess start(Path directory, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            return new ChildProcess(command.getLast(), process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** Starts a main class on this test's own Java and class path, with little memory. */
    public static ChildProcess java(Path directory, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return start(directory, command);
    }

    /**
     * Waits for the next line that satisfies {@code wanted}, after those waited for before.
     *
     * @throws AssertionError with everything the child said, when it ends first or {@code atMost} has passed
     */
    public synchronized String await(Predicate<String> wanted, Duration atMost) throws InterruptedException {
        long endNanos = System.nanoTime() + atMost.toNanos();
        while (true) {
            while (seen < lines.size()) {
                String line = lines.get(seen++);
                if (wanted.test(line)) {
                    return line;
                }
            }
            long leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
            if (ended || leftMillis <= 0) {
                throw new AssertionError(name + (ended ? " ended" : " said nothing fitting within " + atMost)
                        + "; it said:\n" + String.join("\n", lines));
            }
            wait(leftMillis);
        }
    }

    /** Ends it as a pulled plug does (SIGKILL) and waits until it is gone. */
    public void kill() throws InterruptedException {
        // By its handle, because the process itself would close our end of its output before that is read.
        process.toHandle().destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    private synchronized void awaitSilence() throws InterruptedException {
        long endNanos = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        for (long leftMillis = 10_000;
                !ended && leftMillis > 0;
                leftMillis = (endNanos - System.nanoTime()) / 1_000_000) {
            wait(leftMillis);
        }
    }

    /** Writes a line to its standard input. */
    public void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Closes its standard input, which a child started with {@code --with-parent} takes as its end. */
    public void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for its end, and until all it has said is heard; its exit code. */
    public int awaitExit(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(
                    name + " does not end within " + atMost + "; it said:\n" + String.join("\n", lines()));
        }
        awaitSilence();
        return process.exitValue();
    }

    /** Everything it has said so far. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Its number, for signals. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void collect() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                heard(line);
            }
        } catch (IOException e) {
            heard("(its output cannot be read any more: " + e + ")");
        } finally {
            end();
        }
    }

    private synchronized void heard(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
