package etal.fsck;

import etal.fsck.place.ReceiptCode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param trust the trust file, if one was named
 */
record Arguments(List<Path> paths, Optional<Path> trust, List<ReceiptCode> receipts) {
    static final String USAGE = "usage: etal fsck PATH... [--trust F] [--receipt TEXT]...";

    /** A command line that asks for nothing that can be done. */
    static final class BadUsage extends Exception {
        private static final long serialVersionUID = 1;

        BadUsage(String sentence) {
            super(sentence);
        }
    }

    static Arguments parse(List<String> words) throws BadUsage {
        List<Path> paths = new ArrayList<>();
        Optional<Path> trust = Optional.empty();
        List<ReceiptCode> receipts = new ArrayList<>();
        for (Iterator<String> left = words.iterator(); left.hasNext(); ) {
            String word = left.next();
            if (!word.startsWith("--")) {
                paths.add(path(word));
                continue;
            }
            boolean known = word.equals("--trust") || word.equals("--receipt");
            if (!known || !left.hasNext()) {
                throw new BadUsage(known ? word + " needs a value\n" + USAGE : USAGE);
            }
            String value = left.next();
            if (word.equals("--trust")) {
                trust = Optional.of(path(value));
            } else {
                receipts.add(receipt(value));
            }
        }
        if (paths.isEmpty()) {
            throw new BadUsage(USAGE);
        }
        return new Arguments(List.copyOf(paths), trust, List.copyOf(receipts));
    }

    private static ReceiptCode receipt(String text) throws BadUsage {
        return ReceiptCode.parse(text.strip(), "the receipt given")
                .orElseThrow(() -> new BadUsage("not a receipt's code, ETAL1:ID:NUMBER:HASH: " + text));
    }

    private static Path path(String word) throws BadUsage {
        try {
            Path path = Path.of(word);
            if (Files.exists(path)) {
                return path;
            }
        } catch (InvalidPathException invalid) {
            throw new BadUsage("not a path: " + word);
        }
        throw new BadUsage("there is no " + word);
    }
}
