package etal.fleet.world.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process that is started again whenever it is found dead, as systemd would on the real machine. Safe for use by any
 * thread.
 */
public final class Supervised implements AutoCloseable {
    private static final int STARTS_MAX = 20;
    /** How often in a row it may refuse to start before it is believed. */
    private static final int REFUSALS_MAX = 2;

    private final String name;
    private final Supplier<List<String>> command;
    private final Path log;
    private final Consumer<String> tell;
    private @Nullable NodeProcess process;
    private int starts;
    private int refusals;
    private boolean closed;

    /** It will not run, whatever one waits for; the message says why. */
    public static final class Broken extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    /** Not yet started; {@code command} is asked anew at each start, {@code tell} hears of restarts. */
    public Supervised(String name, Supplier<List<String>> command, Path log, Consumer<String> tell) {
        this.name = name;
        this.command = command;
        this.log = log;
        this.tell = tell;
    }

    /** Starts it now without waiting; {@link #address} waits. */
    public synchronized void start() throws IOException {
        if (process != null && process.alive()) {
            return;
        }
        if (closed) {
            throw new Broken(name + " is closed");
        }
        refusals = process != null && process.refusedToStart() ? refusals + 1 : 0;
        if (refusals >= REFUSALS_MAX || starts == STARTS_MAX) {
            throw new Broken(name + " does not run: " + NodeProcess.lastWords(log) + " (" + log + ")");
        }
        if (starts++ > 0) {
            tell.accept(name + " is started again");
        }
        NodeProcess running = NodeProcess.start(name, command.get(), log);
        process = running;
        running.onExit(this::raise);
    }

    /** Raises a process that has died by itself; what stands in its way is told, and thrown to whoever needs it next. */
    private void raise() {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        try {
            start();
        } catch (IOException e) {
            tell.accept(e.getMessage());
        }
    }

    /** The address it serves, started if need be. */
    public String address() throws IOException, InterruptedException {
        NodeProcess running;
        synchronized (this) {
            start();
            running = java.util.Objects.requireNonNull(process);
        }
        return running.address();
    }

    /** Whether it runs now. */
    public synchronized boolean alive() {
        return process != null && process.alive();
    }

    /** Pulls the plug. */
    public void kill() throws InterruptedException {
        NodeProcess running;
        synchronized (this) {
            running = process;
        }
        if (running != null) {
            running.kill();
        }
    }

    /** Stops it in order. */
    @Override
    public void close() {
        NodeProcess running;
        synchronized (this) {
            closed = true;
            running = process;
        }
        if (running != null) {
            running.close();
        }
    }
}
