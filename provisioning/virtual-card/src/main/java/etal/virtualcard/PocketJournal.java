package etal.virtualcard;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The file that keeps a pocket's cards: one line for each happening, written before it happens. A killed process loses
 * nothing; what a failing machine may lose is the end, which no longer matters to a card that is only simulated. The file
 * holds the cards' seeds and is readable by its owner only. Thread-safe.
 */
final class PocketJournal implements Closeable {
    private final Path file;
    private final FileChannel channel;

    private PocketJournal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens or creates the file and tells all that it holds, in order. A last line without an end was torn off: what it
     * announced has not happened, and it is removed.
     *
     * @throws IOException when the file is damaged (the line is named), in use already, or fails
     */
    static PocketJournal open(Path file, Consumer<Happening> told) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        PocketJournal journal = new PocketJournal(file, channel);
        try {
            lock(file, channel);
            long whole = journal.read(told);
            channel.truncate(whole);
            channel.position(whole);
            return journal;
        } catch (IOException | RuntimeException unusable) {
            channel.close();
            throw unusable;
        }
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        boolean ours;
        try {
            ours = channel.tryLock() != null;
        } catch (OverlappingFileLockException openHere) {
            ours = false;
        }
        if (!ours) {
            throw new IOException(file + " is in use");
        }
    }

    private long read(Consumer<Happening> told) throws IOException {
        // Not closed here: closing the stream would close the channel with its lock.
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long whole = 0;
        int number = 1;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                line.write(next);
                if (line.size() > Happening.LINE_MAX) {
                    throw damaged(number);
                }
                continue;
            }
            int at = number;
            told.accept(Happening.parse(line.toString(StandardCharsets.UTF_8)).orElseThrow(() -> damaged(at)));
            whole += line.size() + 1;
            number++;
            line.reset();
        }
        return whole;
    }

    private IOException damaged(int number) {
        return new IOException(file + ":" + number + ": damaged line");
    }

    /** Writes one line; when this returns, a killed process no longer loses it. */
    synchronized void append(Happening happening) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(happening.line().getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
