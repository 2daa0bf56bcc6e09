package etal.fleet.table.paper;

/**
 * How many parameters the commands have that leave no trace here: bit images, bar codes, macros, drawers, status. A command
 * that is not known has none. One thread.
 */
final class SkippedCommands {
    private final ByteCursor bytes;

    SkippedCommands(ByteCursor bytes) {
        this.bytes = bytes;
    }

    /** DLE EOT, DLE ENQ, DLE DC4: status and drawer. */
    void realTime() {
        switch (bytes.next()) {
            case 0x04 -> {
                int what = bytes.next();
                bytes.skip(what == 7 || what == 8 ? 1 : 0);
            }
            case 0x05 -> bytes.skip(1);
            case 0x14 -> bytes.skip(bytes.next() == 8 ? 7 : 2);
            default -> {
                // Nothing follows.
            }
        }
    }

    /** ESC and this byte. */
    void escape(int command) {
        switch (command) {
            case ' ', '%', '=', '?', 'K', 'R', 'T', 'U', 'V', 'e', 'r', 'u', '{' -> bytes.skip(1);
            case '$', '\\', 'c' -> bytes.skip(2);
            case 'p' -> bytes.skip(3);
            case 'W' -> bytes.skip(8);
            case 'D' -> bytes.skipPastZero();
            case '*' -> {
                boolean threeRows = bytes.next() >= 32;
                bytes.skip((long) bytes.nextTwo() * (threeRows ? 3 : 1));
            }
            case '&' -> userLetters();
            case '(' -> withLength();
            default -> {
                // Nothing follows.
            }
        }
    }

    /** FS and this byte: Kanji and stored images. */
    void fileSeparator(int command) {
        switch (command) {
            case '!', '-', 'C', 'W', '?' -> bytes.skip(1);
            case 'S', 'p' -> bytes.skip(2);
            case '2' -> bytes.skip(74);
            case '(' -> withLength();
            case 'q' -> {
                for (int images = bytes.next(); images > 0 && bytes.hasMore(); images--) {
                    long width = bytes.nextTwo();
                    bytes.skip(width * bytes.nextTwo() * 8);
                }
            }
            default -> {
                // Nothing follows.
            }
        }
    }

    /** GS and this byte. */
    void group(int command) {
        switch (command) {
            case '/', 'E', 'H', 'I', 'T', 'a', 'b', 'f', 'h', 'j', 'r', 'w' -> bytes.skip(1);
            case '$', 'L', 'P', 'W', '\\' -> bytes.skip(2);
            case '^', 'z' -> bytes.skip(3);
            case 'g' -> bytes.skip(4);
            case '8' -> {
                bytes.skip(1);
                bytes.skip(bytes.nextFour());
            }
            case '*' -> {
                long width = bytes.next();
                bytes.skip(width * bytes.next() * 8);
            }
            case 'Q', 'v' -> {
                bytes.skip(2);
                long widthBytes = bytes.nextTwo();
                bytes.skip(widthBytes * bytes.nextTwo());
            }
            case 'k' -> barCode();
            default -> {
                // Nothing follows.
            }
        }
    }

    /** GS V with a way of cutting that prints nothing here; some carry a feed. */
    void unknownCut(int how) {
        bytes.skip(how == 97 || how == 98 || how == 103 || how == 104 ? 1 : 0);
    }

    /** Old forms end with a zero, new ones begin with their length. */
    private void barCode() {
        int kind = bytes.next();
        if (kind >= 'A') {
            bytes.skip(bytes.next());
        } else {
            bytes.skipPastZero();
        }
    }

    /** ESC & y c1 c2, then for each letter its width and its columns. */
    private void userLetters() {
        int rows = bytes.next();
        int first = bytes.next();
        int last = bytes.next();
        for (int letter = first; letter <= last && bytes.hasMore(); letter++) {
            bytes.skip((long) rows * bytes.next());
        }
    }

    private void withLength() {
        bytes.skip(1);
        bytes.skip(bytes.nextTwo());
    }
}
