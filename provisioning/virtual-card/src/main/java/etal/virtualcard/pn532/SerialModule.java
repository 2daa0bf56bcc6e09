package etal.virtualcard.pn532;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An emulated module on a serial port: plugged in, it is a device file; unplugged, the file is gone and whoever had it open
 * finds the line hung up. Safe for use by any thread.
 */
public final class SerialModule implements Closeable {
    private static final int IDLE_MILLIS = 100;
    private static final long MILLI = 1_000_000;

    private final EmulatedField field;
    private final ChipPace pace;
    private final LineFaults faults;
    private final Path device;
    private @Nullable Plugged plugged;

    private static final class Plugged {
        final Pty pty;
        final EmulatedChip chip;
        final Deque<Late> late = new ArrayDeque<>();
        final Thread thread;
        volatile boolean ended;
        private long lastDue;

        Plugged(Pty pty, EmulatedChip chip, LineFaults faults) {
            this.pty = pty;
            this.chip = chip;
            this.thread = Thread.ofPlatform().daemon().name("emulated PN532").unstarted(() -> serve(faults));
        }

        private record Late(byte[] bytes, long atNanos) {}

        private void serve(LineFaults faults) {
            try {
                while (!ended) {
                    byte[] heard = pty.read(waitMillis());
                    if (heard.length > 0) {
                        // What a driver writes at once arrives at once. The ACK by which the rate changes was sent at
                        // the old one, though the driver may have set the new one by now.
                        int rate = chip.awaitsItsNewRate() ? chip.baud() : pty.baud();
                        chip.hear(faults.pass(heard).bytes(), rate, System.nanoTime());
                    }
                    for (byte[] frame : chip.say(System.nanoTime())) {
                        LineFaults.Passed passed = faults.pass(frame);
                        // A line delays and never overtakes.
                        lastDue = Math.max(lastDue, System.nanoTime() + passed.delayNanos());
                        late.add(new Late(passed.bytes(), lastDue));
                    }
                    flush();
                }
            } catch (IOException hungUp) {
                ended = true;
            }
        }

        private void flush() throws IOException {
            while (!late.isEmpty() && late.peek().atNanos() - System.nanoTime() <= 0) {
                pty.write(late.remove().bytes());
            }
        }

        private int waitMillis() {
            OptionalLong next = chip.nextNanos();
            Optional<Long> delayed = Optional.ofNullable(late.peek()).map(Late::atNanos);
            long now = System.nanoTime();
            long left = Math.min(
                    next.isPresent() ? next.getAsLong() - now : IDLE_MILLIS * MILLI,
                    delayed.map(at -> at - now).orElse(IDLE_MILLIS * MILLI));
            if (left > 0 && left < MILLI) {
                LockSupport.parkNanos(left);
            }
            return (int) Math.clamp(left / MILLI, 0, IDLE_MILLIS);
        }
    }

    /**
     * A module that is not plugged in yet.
     *
     * @param device where its device file appears, such as in a directory of a test
     */
    public SerialModule(EmulatedField field, ChipPace pace, LineFaults faults, Path device) {
        this.field = field;
        this.pace = pace;
        this.faults = faults;
        this.device = device;
    }

    /** Plugs it in: the chip starts anew, at 115,200 baud and asleep. */
    public synchronized void plug() throws IOException {
        unplug();
        Pty pty = Pty.open();
        Plugged now = new Plugged(pty, new EmulatedChip(field, pace), faults);
        plugged = now;
        now.thread.start();
        Files.createSymbolicLink(device, pty.device());
    }

    /** Pulls it out. */
    public synchronized void unplug() throws IOException {
        Plugged before = plugged;
        plugged = null;
        if (before != null) {
            Files.deleteIfExists(device);
            before.ended = true;
            try {
                before.thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            before.pty.close();
            field.powerOff();
        }
    }

    /** The chip; as it was when this was asked, for it is another thread's. */
    public synchronized EmulatedChip chip() {
        if (plugged == null) {
            throw new IllegalStateException("the module is not plugged in");
        }
        return plugged.chip;
    }

    /** The device file. */
    public Path device() {
        return device;
    }

    @Override
    public void close() throws IOException {
        unplug();
    }
}
