package etal.terminal.hardware;

import etal.port.printer.Printer;
import etal.port.printer.PrinterFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * A printer that lays each receipt as {@code NAME.escpos} into a directory: paper for a stall without a printer.
 *
 * <p>A receipt appears whole or not at all. Printing a name again replaces what was there. Safe for use by any thread, as
 * long as no two of them print the same name at once.
 */
public final class DirectoryPrinter implements Printer {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Path directory;
    private final int columns;

    /** Prints into {@code directory}, which is made when the first receipt comes. */
    public DirectoryPrinter(Path directory) {
        this(directory, COLUMNS);
    }

    /** Prints into {@code directory} on paper on which that many characters fit. */
    public DirectoryPrinter(Path directory, int columns) {
        this.directory = directory;
        this.columns = columns;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** Ready, or offline where a receipt could not be laid down. */
    @Override
    public State state() {
        return Files.notExists(directory) || Files.isWritable(directory) ? State.READY : State.OFFLINE;
    }

    @Override
    public void print(String name, byte[] escpos) throws PrinterFailed {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not fit for a file name: " + name);
        }
        Path whole = directory.resolve(name + ".escpos");
        Path part = directory.resolve("." + name + ".part");
        try {
            Files.createDirectories(directory);
            write(part, escpos);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new PrinterFailed("the receipt could not be laid down as " + whole, failure);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }
    }
}
