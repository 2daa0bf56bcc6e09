package etal.fleet.world.open;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one stall's printer has laid into the market's directory, numbered from 1 as it comes. Safe for use by any thread. */
final class Papers implements Closeable {
    private final Path directory;
    private final String prefix;
    private final Runnable onPaper;
    private final WatchService watch;
    private final List<Path> papers = new ArrayList<>();

    private Papers(Path directory, String prefix, Runnable onPaper, WatchService watch) {
        this.directory = directory;
        this.prefix = prefix;
        this.onPaper = onPaper;
        this.watch = watch;
    }

    /** Watches {@code directory} for receipts whose names begin with {@code prefix}; {@code onPaper} hears of each. */
    static Papers watch(Path directory, String prefix, Runnable onPaper) throws IOException {
        WatchService watch = directory.getFileSystem().newWatchService();
        var papers = new Papers(directory, prefix, onPaper, watch);
        try {
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            papers.look();
        } catch (IOException e) {
            papers.close();
            throw e;
        }
        Thread.ofVirtual().name("papers").start(papers::run);
        return papers;
    }

    private void run() {
        try {
            WatchKey key;
            do {
                key = watch.take();
                key.pollEvents();
                look();
            } while (key.reset());
        } catch (ClosedWatchServiceException | IOException ended) {
            // The watch is closed, or the directory is gone: no more receipts come.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes in what is new; several at once in the order of their names, which hold the number of the sale. */
    private void look() throws IOException {
        List<Path> there;
        try (Stream<Path> files = Files.list(directory)) {
            there = files.filter(file -> isReceipt(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
        boolean any = false;
        synchronized (papers) {
            for (Path file : there) {
                if (!papers.contains(file)) {
                    papers.add(file);
                    any = true;
                }
            }
        }
        if (any) {
            onPaper.run();
        }
    }

    private boolean isReceipt(String name) {
        return name.startsWith(prefix) && name.endsWith(".escpos");
    }

    /** The numbers of all that came, the oldest first. */
    List<Integer> numbers() {
        synchronized (papers) {
            return IntStream.rangeClosed(1, papers.size()).boxed().toList();
        }
    }

    /** The bytes of one; empty for a number that has not come. */
    Optional<byte[]> bytes(int number) {
        Path file;
        synchronized (papers) {
            if (number < 1 || number > papers.size()) {
                return Optional.empty();
            }
            file = papers.get(number - 1);
        }
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException gone) {
            // Only the end of the demo takes receipts away.
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
