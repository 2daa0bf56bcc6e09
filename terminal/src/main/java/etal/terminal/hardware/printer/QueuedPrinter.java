package etal.terminal.hardware.printer;

import etal.port.Loop;
import etal.port.printer.Printer;
import etal.port.printer.PrinterFailed;
import etal.terminal.hardware.line.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A printer behind a line. It prints on a thread of its own: whoever prints hands over and goes on, and what did not come
 * out whole is told later, on the loop. A printer that stops in the middle, with its line or without, keeps nobody waiting
 * but this thread, and that one only for a bounded time. Safe for use by any thread.
 */
public final class QueuedPrinter implements Printer, AutoCloseable {
    /** More than a few waiting receipts are of customers who have gone. */
    static final int WAITING_MAX = 4;

    private static final Logger LOG = LoggerFactory.getLogger(QueuedPrinter.class);
    private static final long ENDED_WITHIN_MILLIS = 3_000;

    private final Line.Opening opening;
    private final Loop loop;
    private final Pace pace;
    private final int columns;
    private final boolean answers;
    private final BlockingQueue<Job> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread thread;
    private volatile State state = State.READY;
    private volatile Consumer<Lost> listener = lost -> {};
    private volatile boolean closed;
    /** Only the thread's. */
    private @Nullable Line line;

    private record Job(String name, byte[] bytes) {}

    private QueuedPrinter(Line.Opening opening, Loop loop, int columns, boolean answers, Pace pace) {
        this.opening = opening;
        this.loop = loop;
        this.columns = columns;
        this.answers = answers;
        this.pace = pace;
        this.thread = Thread.ofPlatform().daemon().name("printer").unstarted(this::work);
    }

    /**
     * Starts it; a printer that is not there is looked for again and again.
     *
     * @param loop where it is told what did not come out
     * @param answers whether the printer says how it is when asked; else it counts as ready as long as its line stands
     */
    public static QueuedPrinter start(Line.Opening opening, Loop loop, int columns, boolean answers) {
        return start(opening, loop, columns, answers, Pace.usual());
    }

    static QueuedPrinter start(Line.Opening opening, Loop loop, int columns, boolean answers, Pace pace) {
        QueuedPrinter printer = new QueuedPrinter(opening, loop, columns, answers, pace);
        printer.thread.start();
        return printer;
    }

    /** As it was when it was last looked at. */
    @Override
    public State state() {
        return state;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void listen(Consumer<Lost> onLoop) {
        listener = onLoop;
    }

    @Override
    public void print(String name, byte[] escpos) throws PrinterFailed {
        State now = state;
        if (!now.prints()) {
            throw new PrinterFailed("the printer cannot print " + name + ": " + now);
        }
        if (!waiting.offer(new Job(name, escpos.clone()))) {
            throw new PrinterFailed("the printer has not printed yet what waits before " + name);
        }
    }

    private void work() {
        try {
            look();
            while (!closed) {
                Job job = waiting.poll(pace.lookEvery().toMillis(), TimeUnit.MILLISECONDS);
                if (job == null) {
                    look();
                } else {
                    print(job);
                }
            }
        } catch (InterruptedException ended) {
            // Told to end by close(): what waited was counted as handed over, so that its reprint is a duplicate.
            Thread.currentThread().interrupt();
        } finally {
            drop();
        }
    }

    private void look() {
        try {
            found(asked(open()));
        } catch (IOException gone) {
            gone(gone);
        }
    }

    private void print(Job job) {
        boolean begun = false;
        try {
            Line open = open();
            State before = asked(open);
            found(before);
            if (!before.prints()) {
                lose(job, false);
                return;
            }
            begun = true;
            open.write(job.bytes(), Line.nanosNow() + pace.takenWithin().toNanos());
            State after = answers ? watched(open) : State.READY;
            found(after);
            if (!after.prints()) {
                lose(job, true);
            }
        } catch (IOException gone) {
            gone(gone);
            lose(job, begun);
        }
    }

    /** How the printer is once it has printed out of its memory; as soon as it cannot go on, if it cannot. */
    private State watched(Line open) throws IOException {
        long until = Line.nanosNow() + pace.watched().toNanos();
        State last = State.OFFLINE;
        do {
            // Some say nothing while they print: silence counts at the end only.
            Optional<State> said = Status.ask(open, pace.answerWithin());
            last = said.orElse(State.OFFLINE);
            if (said.isPresent() && !last.prints()) {
                return last;
            }
            // Waits for the next look; what comes unasked is nothing to us.
            var unused = open.read(
                    Math.min(until, Line.nanosNow() + pace.answerWithin().toNanos()));
        } while (until - Line.nanosNow() > 0 && !closed);
        return last;
    }

    private State asked(Line open) throws IOException {
        if (!answers) {
            return State.READY;
        }
        Optional<State> said = Status.ask(open, pace.answerWithin());
        if (said.isEmpty() && open.silenceMayMeanGone()) {
            throw new IOException("no answer");
        }
        return said.orElse(State.OFFLINE);
    }

    private Line open() throws IOException {
        Line open = line;
        if (open == null) {
            open = opening.open();
            line = open;
        }
        return open;
    }

    private void found(State now) {
        if (now != state) {
            LOG.info("printer: {}", now);
            state = now;
        }
    }

    private void gone(IOException why) {
        if (state != State.OFFLINE && !closed) {
            LOG.warn("printer: {}", why.toString());
        }
        state = State.OFFLINE;
        drop();
    }

    private void drop() {
        Line open = line;
        line = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException gone) {
                LOG.debug("printer: {}", gone.toString());
            }
        }
    }

    /** What waits behind it is lost with it: nobody wants it an hour later, when there is paper again. */
    private void lose(Job job, boolean begun) {
        List<Job> behind = new ArrayList<>();
        waiting.drainTo(behind);
        tell(new Lost(job.name(), begun));
        behind.forEach(each -> tell(new Lost(each.name(), false)));
    }

    private void tell(Lost lost) {
        if (!closed) {
            loop.post(() -> listener.accept(lost));
        }
    }

    /** Stops it, in the middle of a receipt if there is one. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(ENDED_WITHIN_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
