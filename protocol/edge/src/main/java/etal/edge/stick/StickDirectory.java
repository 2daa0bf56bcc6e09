package etal.edge.stick;

import etal.port.stick.Stick.Read;
import etal.port.stick.Stick.Trouble;
import etal.port.stick.Stick.Written;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A folder on a stick. Files are put there whole or not at all: written beside, synced, renamed. No symbolic link is
 * followed, neither the folder's nor a file's, and nothing is opened that is no plain file. The folder itself is never made:
 * without it there is no stick. It waits for the stick: call it where waiting does no harm. Safe for use by any thread.
 */
public final class StickDirectory {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,99}");

    private static final int PIECE_BYTES = 64 * 1024;

    private final Path directory;

    /** In that folder. */
    public StickDirectory(Path directory) {
        this.directory = directory;
    }

    /** Reads a whole file of at most {@code bytesMax} bytes. */
    public Read read(String name, int bytesMax) {
        Path file = directory.resolve(checked(name));
        if (absent()) {
            return new Read.Failed(Trouble.ABSENT);
        }
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile() || found.size() > bytesMax) {
                return new Read.Failed(Trouble.UNFIT);
            }
            byte[] bytes = new byte[(int) found.size()];
            try (InputStream open = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                boolean whole = open.readNBytes(bytes, 0, bytes.length) == bytes.length;
                // Neither longer nor shorter than it said: what changes while it is read is no file that we have
                // written.
                return whole && open.read() < 0 ? new Read.Content(bytes) : new Read.Failed(Trouble.UNFIT);
            }
        } catch (NoSuchFileException e) {
            return absent() ? new Read.Failed(Trouble.ABSENT) : new Read.Nothing();
        } catch (IOException e) {
            return new Read.Failed(absent() ? Trouble.ABSENT : Trouble.BROKEN);
        }
    }

    /** Puts a whole file in the place of what has that name. */
    public Written write(String name, byte[] content) {
        Path file = directory.resolve(checked(name));
        Path part = directory.resolve("." + name + ".part");
        if (absent()) {
            return new Written.Failed(Trouble.ABSENT);
        }
        try {
            // What a stick that was pulled out kept of the time before; a link is taken away, not what it points to.
            Files.deleteIfExists(part);
            if (full(content.length)) {
                return new Written.Failed(Trouble.FULL);
            }
            writeSynced(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
            return new Written.Done();
        } catch (IOException e) {
            return new Written.Failed(why(part, content.length));
        }
    }

    private Trouble why(Path part, int bytes) {
        if (absent()) {
            return Trouble.ABSENT;
        }
        try {
            // Asked while the part takes its room: the rest of it has none.
            boolean full = full(bytes);
            Files.deleteIfExists(part);
            return full ? Trouble.FULL : Trouble.BROKEN;
        } catch (IOException e) {
            return Trouble.BROKEN;
        }
    }

    private boolean full(int bytes) throws IOException {
        return Files.getFileStore(directory).getUsableSpace() < bytes;
    }

    private boolean absent() {
        return !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    }

    private static void writeSynced(Path part, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            // Piece by piece, because Java keeps as much memory again for the greatest piece that a thread ever wrote.
            for (int from = 0; from < content.length; from += PIECE_BYTES) {
                ByteBuffer piece = ByteBuffer.wrap(content, from, Math.min(PIECE_BYTES, content.length - from));
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
            channel.force(true);
        }
    }

    /** Whether a file may have that name here: plain letters, digits, spaces, full stops, hyphens; at most 100. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private static String checked(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(name + ": is no name of a file on a stick");
        }
        return name;
    }
}
