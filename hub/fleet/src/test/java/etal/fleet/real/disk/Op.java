package etal.fleet.real.disk;

/** One thing that a till did to its files, or told the producer in between; paths are those of the recording. */
public sealed interface Op {
    /** Bytes were written; at the end if {@code at} is negative. */
    record Write(String path, long at, byte[] bytes) implements Op {
        @Override
        public String toString() {
            return "write of " + bytes.length + " bytes to " + path + " at " + at;
        }
    }

    /** A file was cut or grew. */
    record Truncate(String path, long bytes) implements Op {}

    /** A file is there from now on. */
    record Create(String path) implements Op {}

    /** A directory is there from now on. */
    record Directory(String path) implements Op {}

    /** A file is gone. */
    record Remove(String path) implements Op {}

    /** A file has another name. */
    record Rename(String from, String to) implements Op {}

    /** What was written to a file is on the disk. */
    record Sync(String path) implements Op {}

    /** The producer was told something. */
    record Said(String line) implements Op {}
}
