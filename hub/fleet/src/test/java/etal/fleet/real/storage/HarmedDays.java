package etal.fleet.real.storage;

import etal.fleet.real.RealDirectory;
import etal.fleet.real.stall.StallFund;
import etal.testkit.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** One {@link Victim} and the days it plays, each in a directory of its own. For one thread at a time. */
final class HarmedDays implements AutoCloseable {
    private static final Duration A_DAY = Duration.ofSeconds(60);
    private static final int WARM_UP = 2;

    private final Path directory;
    private final Path trust;
    private final ChildProcess victim;
    private final long thread;
    private int days;
    private int heard;

    /** A day as it was told. */
    record Day(Path directory, List<String> lines, List<String> log) {}

    private HarmedDays(Path directory, Path trust, ChildProcess victim, long thread) {
        this.directory = directory;
        this.trust = trust;
        this.victim = victim;
        this.thread = thread;
    }

    /** Starts a victim that works in {@code directory}. */
    static HarmedDays start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path trust = directory.resolve("trust.pem");
        Files.writeString(trust, StallFund.make().trustPem(), StandardCharsets.US_ASCII);
        ChildProcess victim = ChildProcess.java(directory, Victim.class);
        victim.await(line -> line.equals("ready"), A_DAY);
        return new HarmedDays(directory, trust, victim, threadOf(victim.pid()));
    }

    private static long threadOf(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.filter(thread -> name(thread).equals(Victim.THREAD))
                    .mapToLong(thread -> Long.parseLong(thread.getFileName().toString()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the victim has no thread " + Victim.THREAD));
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fund's trust file, for fsck. */
    Path trust() {
        return trust;
    }

    /** The storage calls of a day on which nothing fails, of these names; in the order in which they are made. */
    List<Call> watch(Collection<String> names) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            play(List.of("-e", "trace=none"));
        }
        Day day = play(List.of("-s", "0", "-e", "trace=" + String.join(",", names)));
        return Call.of(day.log(), day.directory());
    }

    /** A day on which nothing fails, with every byte that these calls write. */
    Day record(Collection<String> names) throws IOException, InterruptedException {
        return play(List.of("-xx", "-s", "1000000", "-e", "trace=" + String.join(",", names)));
    }

    /** A day on which the thread's n-th call of that name fails so. */
    Day play(String call, int occurrence, String error) throws IOException, InterruptedException {
        return play(List.of(
                "-s", "0", "-e", "trace=" + call, "-e", "inject=" + call + ":error=" + error + ":when=" + occurrence));
    }

    private Day play(List<String> options) throws IOException, InterruptedException {
        Path here = Files.createDirectory(directory.resolve("day" + ++days));
        Files.createDirectory(here.resolve("stick"));
        Path log = directory.resolve("strace" + days + ".log");
        try (Strace strace = Strace.attach(thread, log, options)) {
            victim.say("run " + here);
            victim.await(line -> line.equals(Victim.DONE), A_DAY);
            List<String> told = victim.lines();
            List<String> lines = told.subList(heard, told.size());
            heard = told.size();
            return new Day(here, lines, strace.detach());
        }
    }

    /** Forgets a day that went well. */
    void forget(Day day) throws IOException {
        RealDirectory.delete(day.directory());
    }

    @Override
    public void close() {
        victim.close();
    }
}
