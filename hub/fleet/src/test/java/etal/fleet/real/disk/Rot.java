package etal.fleet.real.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A moment of a recording, and one thing on the disk that is not what was written.
 *
 * @param paid how many baskets were shown as paid by then
 */
public record Rot(Disk disk, Map<String, byte[]> left, int paid, String what) {
    private static final int PAGE_BYTES = 4096;
    private static final int FRAME_BYTES = 24 + PAGE_BYTES;
    private static final int LOG_HEAD_BYTES = 32;

    /** What can be wrong with bytes on a disk. */
    private enum Kind {
        TORN,
        ZEROED,
        FLIPPED,
        OLD,
        CUT
    }

    /** Draws one: the moment, the file, the place, the kind. */
    public static Rot of(List<Op> ops, SplittableRandom random) {
        int moment = 1 + random.nextInt(ops.size());
        int before = random.nextInt(moment);
        Disk disk = new Disk();
        Disk older = new Disk();
        int paid = 0;
        for (int at = 0; at < moment; at++) {
            disk.apply(ops.get(at));
            if (at < before) {
                older.apply(ops.get(at));
            }
            paid += ops.get(at) instanceof Op.Said(String line) && line.startsWith("paid ") ? 1 : 0;
        }
        Map<String, byte[]> left = disk.after(Disk.Plug.KILLED, random);
        List<String> files = new ArrayList<>();
        left.forEach((path, bytes) -> {
            if (bytes.length > 0 && !path.startsWith("receipts/") && !path.startsWith("keys/")) {
                files.add(path);
            }
        });
        if (files.isEmpty()) {
            return new Rot(disk, left, paid, "nothing written yet");
        }
        String file = files.get(random.nextInt(files.size()));
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        byte[] now = left.getOrDefault(file, new byte[0]);
        byte[] then = older.after(Disk.Plug.KILLED, random).getOrDefault(file, new byte[0]);
        boolean page = random.nextBoolean();
        int size = page ? PAGE_BYTES : Disk.SECTOR_BYTES;
        int from = random.nextInt((now.length + size - 1) / size) * size;
        left.put(file, harmed(kind, now, then, from, Math.min(now.length, from + size), random));
        return new Rot(
                disk,
                left,
                paid,
                kind + " " + file + " from " + from + ", " + size + " bytes, moment " + moment + ", older " + before);
    }

    private static byte[] harmed(Kind kind, byte[] now, byte[] then, int from, int until, SplittableRandom random) {
        byte[] harmed = now.clone();
        switch (kind) {
            case TORN -> {
                byte[] old = Arrays.copyOf(then, now.length);
                System.arraycopy(old, (from + until) / 2, harmed, (from + until) / 2, until - (from + until) / 2);
            }
            case ZEROED -> Arrays.fill(harmed, from, until, (byte) 0);
            case FLIPPED -> harmed[from + random.nextInt(until - from)] ^= (byte) (1 << random.nextInt(8));
            case OLD -> System.arraycopy(Arrays.copyOf(then, now.length), from, harmed, from, until - from);
            case CUT -> {
                int frames = (now.length - LOG_HEAD_BYTES) / FRAME_BYTES;
                return Arrays.copyOf(now, frames > 0 ? LOG_HEAD_BYTES + random.nextInt(frames) * FRAME_BYTES : from);
            }
        }
        return harmed;
    }

    @Override
    public String toString() {
        return what;
    }
}
