package etal.terminal.hardware.pn532.wire;

import etal.edge.config.SystemClock;
import etal.port.ReaderBroken;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The way of bytes to the chip and back, in order. It has the clock by which its reader waits, so that a test can let
 * hours pass. For one thread.
 */
public interface Wire extends AutoCloseable {
    /** The most bytes that one {@link #read} gives. */
    int READ_BYTES_MAX = 512;

    /**
     * Hands bytes on; they may still be on their way when this returns.
     *
     * @throws ReaderBroken when the wire is gone
     */
    void write(byte[] bytes) throws ReaderBroken;

    /**
     * Waits for bytes.
     *
     * @param untilNanos by {@link #nanos}; what has come already is given even when that time is over
     * @return at most {@link #READ_BYTES_MAX}; none when none came in time
     * @throws ReaderBroken when the wire is gone
     */
    byte[] read(long untilNanos) throws ReaderBroken;

    /** A count of nanoseconds that has no meaning but its differences: the machine's, whatever time the till is told it is. */
    default long nanos() {
        return new SystemClock().monotonicNanos();
    }

    /** Lets time pass, whatever arrives; ends early in a thread that is told to end. */
    default void pause(Duration duration) {
        long until = nanos() + duration.toNanos();
        for (long left = duration.toNanos();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = until - nanos()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** How long so many bytes are on their way. */
    Duration timeFor(int bytes);

    /** Lets it go. */
    @Override
    void close();

    /** A wire without a clock line, on which both ends must agree how fast a bit is. */
    interface Uart extends Wire {
        /**
         * Waits until what was written is out, then goes on at another rate.
         *
         * @throws ReaderBroken when the port cannot be set to it
         */
        void baud(int baud) throws ReaderBroken;
    }
}
