package etal.edge.service;

import etal.port.Loop;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service tells systemd about itself (sd_notify(3)): that it is ready, that it stops, and, where a watchdog is set, that
 * it is alive. Without systemd all of this does nothing. A word that cannot be said costs nothing but that word. Safe for
 * use by any thread.
 */
public final class ServiceNotice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceNotice.class);
    private static final String ALIVE = "WATCHDOG=1";
    private static final int DIGITS_MAX = 18;

    private final @Nullable DatagramSocket socket;
    private final Optional<Duration> beat;
    private boolean failed;
    private volatile boolean closed;

    private ServiceNotice(@Nullable DatagramSocket socket, Optional<Duration> beat) {
        this.socket = socket;
        this.beat = beat;
    }

    /**
     * As the environment says it.
     *
     * @param environment with {@code NOTIFY_SOCKET} and {@code WATCHDOG_USEC} where systemd runs the service
     * @param pid this process's, which {@code WATCHDOG_PID} must name if it stands there
     */
    public static ServiceNotice of(Map<String, String> environment, long pid) {
        String address = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (address.isEmpty()) {
            return new ServiceNotice(null, Optional.empty());
        }
        return new ServiceNotice(DatagramSocket.to(address), beat(environment, pid));
    }

    /** Twice as often as the watchdog asks for it, as its manual advises. */
    private static Optional<Duration> beat(Map<String, String> environment, long pid) {
        String whose = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        if (!whose.equals(Long.toString(pid)) || !micros.matches("[1-9]\\d{0," + (DIGITS_MAX - 1) + "}")) {
            return Optional.empty();
        }
        return Optional.of(
                Duration.of(Long.parseLong(micros), ChronoUnit.MICROS).dividedBy(2));
    }

    /** How often the service says that it is alive; empty where nobody asks. */
    public Optional<Duration> beat() {
        return beat;
    }

    /** The service serves; {@code status} is what {@code systemctl status} shows. */
    public void ready(String status) {
        say("READY=1\nSTATUS=" + status.replace('\n', ' '));
    }

    /**
     * From now on it says that it is alive, from the loop: a loop that hangs is silent, and the service is started again.
     * Does nothing where no watchdog is set.
     */
    public void begin(Loop loop) {
        beat.ifPresent(each -> loop.post(() -> alive(loop, each)));
    }

    private void alive(Loop loop, Duration each) {
        if (!closed) {
            say(ALIVE);
            loop.after(each, () -> alive(loop, each));
        }
    }

    /** It stops. */
    @Override
    public void close() {
        closed = true;
        say("STOPPING=1");
        if (socket != null) {
            socket.close();
        }
    }

    private synchronized void say(String words) {
        if (socket == null || socket.send(words)) {
            failed = false;
        } else if (!failed) {
            failed = true;
            LOG.warn("systemd does not hear: {}", words);
        }
    }
}
