package etal.fleet.real.storage;

import etal.testkit.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** strace on one thread of a running process, with what it is to watch or to make fail. For one thread. */
final class Strace implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ChildProcess process;
    private final Path log;

    private Strace(ChildProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Attaches; what it sees is written to {@code log}. */
    static Strace attach(long thread, Path log, List<String> options) throws InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("strace", "-y", "-p", Long.toString(thread), "-o", log.toString()));
        command.addAll(options);
        ChildProcess process = ChildProcess.start(Path.of("").toAbsolutePath(), command);
        process.await(line -> line.contains("attached"), SOON);
        return new Strace(process, log);
    }

    /** Lets the thread go; what was seen. */
    List<String> detach() throws IOException, InterruptedException {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
        process.awaitExit(SOON);
        return Files.readAllLines(log);
    }

    @Override
    public void close() {
        process.close();
    }
}
