package etal.fleet.real.stall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fsck.Fsck;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a till has left in its directory, looked at by the independent checker. Stateless. */
public final class Remains {
    private Remains() {}

    /** fsck's exit code and words. */
    public record Checked(int code, String words) {}

    /** Has fsck look at everything in {@code directory}. */
    public static Checked check(Path directory, Path trust) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = Fsck.run(List.of(directory.toString(), "--trust", trust.toString()), stream, stream);
        return new Checked(code, out.toString(StandardCharsets.UTF_8));
    }

    /** They are whole. */
    public static void assertWhole(Path directory, Path trust, String what) {
        Checked checked = check(directory, trust);
        assertEquals(0, checked.code(), what + ": " + checked.words());
        assertTrue(checked.words().contains("t1-e1"), what + ": " + checked.words());
    }
}
