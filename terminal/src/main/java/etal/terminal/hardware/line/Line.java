package etal.terminal.hardware.line;

import etal.edge.config.SystemClock;
import java.io.IOException;

/** An open line to a device. Every wait on it ends at the time given. For one thread. */
public interface Line extends AutoCloseable {
    /** The most bytes that one {@link #read} gives. */
    int READ_BYTES_MAX = 512;

    /**
     * Hands all bytes on; they may still be on their way when this returns.
     *
     * @param untilNanos by {@link #nanosNow}
     * @throws IOException when the device is gone, or has not taken all of them in time: some may have gone
     */
    void write(byte[] bytes, long untilNanos) throws IOException;

    /**
     * Waits for bytes.
     *
     * @param untilNanos by {@link #nanosNow}; what has come already is given even when that time is over
     * @return at most {@link #READ_BYTES_MAX}; none when none came in time
     * @throws IOException when the device is gone
     */
    byte[] read(long untilNanos) throws IOException;

    /** Whether a device that is silent may have gone without the line's knowing, so that the line must be opened anew. */
    boolean silenceMayMeanGone();

    /** Lets it go. */
    @Override
    void close() throws IOException;

    /** A count of nanoseconds that has no meaning but its differences: the machine's, whatever time the till is told it is. */
    static long nanosNow() {
        return new SystemClock().monotonicNanos();
    }

    /** Opens the line, again and again as the device comes and goes. */
    @FunctionalInterface
    interface Opening {
        /**
         * A new line.
         *
         * @throws IOException when the device is not there
         */
        Line open() throws IOException;
    }
}
