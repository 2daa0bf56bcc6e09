package etal.fleet.world.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process that is started again whenever it is found dead, as systemd would on the real machine; unless its plug is out.
 * Safe for use by any thread.
 */
public final class Supervised implements AutoCloseable {
    private static final int STARTS_MAX = 20;
    /** How often in a row it may refuse to start before it is believed. */
    private static final int REFUSALS_MAX = 2;
    /** How often in a row it may end unready before somebody in a hurry gives up. */
    private static final int FAILURES_MAX = 2;

    private final String name;
    private final Supplier<List<String>> command;
    private final Path log;
    private final Consumer<String> tell;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private @Nullable NodeProcess process;
    private long life;
    private int starts;
    private int refusals;
    private int failures;
    private boolean unplugged;
    private boolean closed;

    /** It will not run, whatever one waits for; the message says why. */
    public static final class Broken extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    /** How it stands. */
    public enum State {
        /** It does not run, and nobody is starting it. */
        OFF,
        /** It runs and has not yet said that it is ready. */
        STARTING,
        /** It has said that it is ready. */
        READY
    }

    /** Not yet started; {@code command} is asked anew at each start, {@code tell} hears of restarts. */
    public Supervised(String name, Supplier<List<String>> command, Path log, Consumer<String> tell) {
        this.name = name;
        this.command = command;
        this.log = log;
        this.tell = tell;
    }

    /** {@code watcher} runs after each change of {@link #state}, on whatever thread it happens. */
    public void onChange(Runnable watcher) {
        watchers.add(watcher);
    }

    private void changed() {
        watchers.forEach(Runnable::run);
    }

    /** Starts it now without waiting; {@link #address} waits. */
    public void start() throws IOException {
        if (begin()) {
            changed();
        }
    }

    private synchronized boolean begin() throws IOException {
        if (process != null && process.alive()) {
            return false;
        }
        if (closed) {
            throw new Broken(name + " is closed");
        }
        if (unplugged) {
            throw new IOException(name + " has no power");
        }
        failures = process != null && !process.ready() ? failures + 1 : 0;
        refusals = process != null && process.refusedToStart() ? refusals + 1 : 0;
        if (refusals >= REFUSALS_MAX || starts == STARTS_MAX) {
            throw new Broken(name + " does not run: " + NodeProcess.lastWords(log) + " (" + log + ")");
        }
        if (starts++ > 0) {
            tell.accept(name + " is started again");
        }
        NodeProcess running = NodeProcess.start(name, command.get(), log);
        process = running;
        life++;
        running.onReady(this::changed);
        running.onExit(this::raise);
        return true;
    }

    /** Raises a process that has died by itself; what stands in its way is told, and thrown to whoever needs it next. */
    private void raise() {
        changed();
        synchronized (this) {
            if (closed || unplugged) {
                return;
            }
        }
        try {
            start();
        } catch (IOException e) {
            tell.accept(e.getMessage());
        }
    }

    /** How it stands now. */
    public synchronized State state() {
        NodeProcess running = process;
        if (running == null || !running.alive()) {
            return State.OFF;
        }
        return running.ready() ? State.READY : State.STARTING;
    }

    /** The address it serves, started if need be. */
    public String address() throws IOException, InterruptedException {
        return running().address();
    }

    private NodeProcess running() throws IOException {
        start();
        synchronized (this) {
            return java.util.Objects.requireNonNull(process);
        }
    }

    /** For somebody who does not wait for better times: throws when it keeps ending before it is ready. */
    public synchronized void insist() throws IOException {
        if (failures >= FAILURES_MAX) {
            throw new Broken(name + " does not run: " + NodeProcess.lastWords(log));
        }
    }

    /** How often it has been started: what was learnt of an earlier life may no longer hold. */
    public synchronized long life() {
        return life;
    }

    /** Whether it runs now. */
    public synchronized boolean alive() {
        return process != null && process.alive();
    }

    /** Lets it die at once (SIGKILL); it is started again as after any death. */
    public void kill() throws InterruptedException {
        NodeProcess running;
        synchronized (this) {
            running = process;
        }
        if (running != null) {
            running.kill();
        }
    }

    /** The process's number; 0 while there is none. */
    public synchronized long pid() {
        return process == null ? 0 : process.pid();
    }

    /** Pulls its plug: it dies at once and stays off until {@link #plugIn}. */
    public void unplug() throws InterruptedException {
        synchronized (this) {
            unplugged = true;
        }
        kill();
    }

    /** Puts its plug in again and starts it, without waiting. What it did in earlier lives no longer counts against it. */
    public void plugIn() throws IOException {
        synchronized (this) {
            unplugged = false;
            starts = Math.min(starts, 1);
            failures = 0;
        }
        start();
    }

    /** Asks it to stop, without waiting; from now on nobody starts it again. */
    public void leave() {
        NodeProcess running;
        synchronized (this) {
            closed = true;
            running = process;
        }
        if (running != null) {
            running.leave();
        }
    }

    /** Stops it in order. */
    @Override
    public void close() {
        leave();
        NodeProcess running;
        synchronized (this) {
            running = process;
        }
        if (running != null) {
            running.close();
        }
    }
}
