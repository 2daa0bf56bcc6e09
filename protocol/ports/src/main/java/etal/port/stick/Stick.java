package etal.port.stick;

import java.util.function.Consumer;

/**
 * A stick that is carried between a stall and the hub. It may be missing, slow, full, pulled out in the middle, or have been
 * in anybody's hands. Called from the loop, which never waits for it: what came of it is told there.
 */
public interface Stick {
    /** Reads a whole file of at most {@code bytesMax} bytes. */
    void read(String name, int bytesMax, Consumer<Read> onLoop);

    /** Puts a whole file in the place of what has that name. Once it is told as done it survives that the stick is pulled. */
    void write(String name, byte[] content, Consumer<Written> onLoop);

    /** Why nothing was read or written; what lay there before lies there still. */
    enum Trouble {
        /** There is no stick. */
        ABSENT,
        /** There is no room on it. */
        FULL,
        /** What has that name is no file, or a longer one than any that we write. */
        UNFIT,
        /** It cannot be read, or cannot be written: worn out, write-protected, pulled out in the middle. */
        BROKEN
    }

    /** What came of reading. Arrays are not copied: nobody may change them. */
    sealed interface Read {
        /** The file. */
        record Content(byte[] bytes) implements Read {}

        /** The stick is there, and nothing of that name. */
        record Nothing() implements Read {}

        /** It was not read. */
        record Failed(Trouble why) implements Read {}
    }

    /** What came of writing. */
    sealed interface Written {
        /** It is there. */
        record Done() implements Written {}

        /** It is not. */
        record Failed(Trouble why) implements Written {}
    }
}
