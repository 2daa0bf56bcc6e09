package etal.fleet.real.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a recording, as the kernel holds them and as the disk holds them: what was not synced yet may get lost, as a whole
 * or by sectors. SQLite's index in shared memory is left out, for it is never read after a crash. For one thread.
 */
public final class Disk {
    /** What a disk writes whole or not at all. */
    public static final int SECTOR_BYTES = 512;

    /** A file as the kernel has it, and what has happened to it since its last sync. */
    private static final class Content {
        private byte[] now = {};
        private byte[] synced = {};
        private final List<Op> pending = new ArrayList<>();
    }

    private final Map<String, Content> files = new TreeMap<>();
    private final List<String> directories = new ArrayList<>();

    /** Does what was done. */
    public void apply(Op op) {
        switch (op) {
            case Op.Write write -> pend(write.path(), write);
            case Op.Truncate truncate -> pend(truncate.path(), truncate);
            case Op.Create create -> file(create.path());
            case Op.Directory directory -> directories.add(directory.path());
            case Op.Remove remove -> files.remove(remove.path());
            case Op.Rename rename -> {
                Content content = files.remove(rename.from());
                if (content != null) {
                    files.put(rename.to(), content);
                }
            }
            case Op.Sync sync -> sync(files.get(sync.path()));
            case Op.Said said -> {}
        }
    }

    private Content file(String path) {
        return files.computeIfAbsent(path, none -> new Content());
    }

    private void pend(String path, Op op) {
        Content content = file(path);
        content.now = applied(content.now, op);
        content.pending.add(op);
    }

    private static void sync(@Nullable Content content) {
        if (content != null) {
            content.synced = content.now;
            content.pending.clear();
        }
    }

    private static byte[] applied(byte[] before, Op op) {
        return switch (op) {
            case Op.Write(String path, long at, byte[] bytes) -> {
                int from = at < 0 ? before.length : Math.toIntExact(at);
                byte[] after = Arrays.copyOf(before, Math.max(before.length, from + bytes.length));
                System.arraycopy(bytes, 0, after, from, bytes.length);
                yield after;
            }
            case Op.Truncate truncate -> Arrays.copyOf(before, Math.toIntExact(truncate.bytes()));
            default -> throw new IllegalStateException("not of one file's content: " + op);
        };
    }

    /** How the plug is pulled. */
    public enum Plug {
        /** The process dies; the kernel writes what it has. */
        KILLED {
            @Override
            byte[] left(byte[] now, byte[] synced, List<Op> pending, SplittableRandom random) {
                return now;
            }
        },
        /** Nothing that was not synced is there. */
        UNSYNCED_LOST {
            @Override
            byte[] left(byte[] now, byte[] synced, List<Op> pending, SplittableRandom random) {
                return synced;
            }
        },
        /** The last write of each file is torn at a sector. */
        LAST_TORN {
            @Override
            byte[] left(byte[] now, byte[] synced, List<Op> pending, SplittableRandom random) {
                byte[] left = synced;
                for (int each = 0; each < pending.size(); each++) {
                    Op op = pending.get(each);
                    boolean last = each == pending.size() - 1;
                    left = applied(left, last && op instanceof Op.Write write ? torn(write, random) : op);
                }
                return left;
            }
        },
        /** Of what was not synced some sectors are there and others are not. */
        SOME_SECTORS {
            @Override
            byte[] left(byte[] now, byte[] synced, List<Op> pending, SplittableRandom random) {
                byte[] left = Arrays.copyOf(synced, now.length);
                for (int at = 0; at < now.length; at += SECTOR_BYTES) {
                    if (random.nextBoolean()) {
                        System.arraycopy(now, at, left, at, Math.min(SECTOR_BYTES, now.length - at));
                    }
                }
                return left;
            }
        };

        abstract byte[] left(byte[] now, byte[] synced, List<Op> pending, SplittableRandom random);

        private static Op.Write torn(Op.Write write, SplittableRandom random) {
            int sectors = (write.bytes().length + SECTOR_BYTES - 1) / SECTOR_BYTES;
            int kept = random.nextInt(sectors) * SECTOR_BYTES;
            return new Op.Write(write.path(), write.at(), Arrays.copyOf(write.bytes(), kept));
        }
    }

    /** The files after that plug was pulled now. */
    public Map<String, byte[]> after(Plug plug, SplittableRandom random) {
        var left = new TreeMap<String, byte[]>();
        files.forEach((path, content) -> {
            if (!path.endsWith("-shm")) {
                left.put(path, plug.left(content.now, content.synced, content.pending, random));
            }
        });
        return left;
    }

    /** Lays files out in an empty directory, with the directories there were. */
    public void layOut(Map<String, byte[]> left, Path directory) throws IOException {
        Files.createDirectories(directory.resolve("stick"));
        for (String below : directories) {
            Files.createDirectories(directory.resolve(below));
        }
        for (Map.Entry<String, byte[]> file : left.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
    }
}
