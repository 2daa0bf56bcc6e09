package etal.terminal.hardware.scale;

import etal.port.scale.Scale;
import etal.terminal.hardware.line.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scale on a line, asked a few times a second by a thread of its own; a scale that is off or unplugged is asked now and
 * then until it answers again. Safe for use by any thread.
 */
public final class SicsScale implements Scale, AutoCloseable {
    /** The weight that is shown now, whether it rests or not: the answer comes at once. */
    private static final byte[] ASK = "SI\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final Logger LOG = LoggerFactory.getLogger(SicsScale.class);
    private static final long ENDED_WITHIN_MILLIS = 3_000;

    private final Line.Opening opening;
    private final Pace pace;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile Heard heard = new Heard(OptionalLong.empty(), Line.nanosNow());
    /** Only the thread's. */
    private @Nullable Line line;

    private record Heard(OptionalLong grams, long atNanos) {}

    /**
     * How long things may take with a scale.
     *
     * @param answerWithin one answer
     * @param askEvery while it answers
     * @param lookEvery while it does not
     * @param goodFor how long a weight is offered after it was heard
     */
    record Pace(Duration answerWithin, Duration askEvery, Duration lookEvery, Duration goodFor) {
        static Pace usual() {
            return new Pace(
                    Duration.ofMillis(500), Duration.ofMillis(250), Duration.ofSeconds(3), Duration.ofSeconds(1));
        }
    }

    private SicsScale(Line.Opening opening, Pace pace) {
        this.opening = opening;
        this.pace = pace;
        this.thread = Thread.ofPlatform().daemon().name("scale").unstarted(this::work);
    }

    /** Starts asking; a scale that is not there is looked for again and again. */
    public static SicsScale start(Line.Opening opening) {
        return start(opening, Pace.usual());
    }

    static SicsScale start(Line.Opening opening, Pace pace) {
        SicsScale scale = new SicsScale(opening, pace);
        scale.thread.start();
        return scale;
    }

    @Override
    public OptionalLong grams() {
        Heard last = heard;
        boolean fresh = Line.nanosNow() - last.atNanos() <= pace.goodFor().toNanos();
        return fresh ? last.grams() : OptionalLong.empty();
    }

    private void work() {
        boolean answered = true;
        try {
            while (!ended.await((answered ? pace.askEvery() : pace.lookEvery()).toNanos(), TimeUnit.NANOSECONDS)) {
                answered = asked();
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        } finally {
            drop();
        }
    }

    private boolean asked() {
        try {
            Line open = line;
            if (open == null) {
                open = opening.open();
                line = open;
                LOG.info("scale: line open");
            }
            Optional<String> answer = answer(open);
            heard = new Heard(answer.map(SicsAnswers::gramsAtRest).orElse(OptionalLong.empty()), Line.nanosNow());
            if (answer.isEmpty() && open.silenceMayMeanGone()) {
                drop();
            }
            return answer.isPresent();
        } catch (IOException gone) {
            if (line != null) {
                LOG.warn("scale: {}", gone.toString());
            }
            heard = new Heard(OptionalLong.empty(), Line.nanosNow());
            drop();
            return false;
        }
    }

    private Optional<String> answer(Line open) throws IOException {
        SicsAnswers answers = new SicsAnswers();
        // An answer that came too late is one to an older question.
        var unused = open.read(Line.nanosNow());
        long until = Line.nanosNow() + pace.answerWithin().toNanos();
        open.write(ASK, until);
        while (true) {
            byte[] bytes = open.read(until);
            Optional<String> answer = answers.take(bytes);
            if (answer.isPresent() || bytes.length == 0 || until - Line.nanosNow() <= 0) {
                return answer;
            }
        }
    }

    private void drop() {
        Line open = line;
        line = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException gone) {
                LOG.debug("scale: {}", gone.toString());
            }
        }
    }

    @Override
    public void close() {
        ended.countDown();
        thread.interrupt();
        try {
            thread.join(ENDED_WITHIN_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
